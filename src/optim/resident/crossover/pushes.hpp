// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <optional>
#include <vector>

#include "optim/model/basis_code.hpp"
#include "optim/resident/factor/basis_factor.hpp"
#include "optim/resident/problem.hpp"

namespace pinchpoint::optim::resident {

/// Pushes a point and its prices to a basis.
class Pushes {
 public:
  /// By variable. Complementary: a price other than zero only at the bound that it holds the variable at.
  struct Point {
    std::vector<double> value, price;
  };
  Pushes(const Problem& problem, Point point);
  /// Nothing where a basis on the way is singular to rounding, or `interrupt` becomes true.
  [[nodiscard]] std::optional<BasisCode> run(const std::atomic<bool>* interrupt);

 private:
  /// The first that stops a push, and how far it goes.
  struct Block {
    Index at = -1;
    double step = 0;
  };
  void make_basic(const std::vector<Index>& candidates);
  [[nodiscard]] std::vector<Index> off_their_bounds() const;
  [[nodiscard]] bool refactorise();
  void compute_basic_values();
  [[nodiscard]] bool push_prices();
  [[nodiscard]] bool push_values();
  [[nodiscard]] bool push_price(Index slot);
  [[nodiscard]] bool push_value(Index variable);
  [[nodiscard]] Block price_block(double sign, double whole) const;
  [[nodiscard]] Block value_block(double sign, double whole) const;
  [[nodiscard]] double price_room(Index variable, double rate, double slack) const;
  [[nodiscard]] double value_room(Index slot, double rate, double slack) const;
  [[nodiscard]] bool exchange(Index slot, Index entering, double standing);
  [[nodiscard]] bool is_fixed(Index variable) const { return problem_.lower[variable] == problem_.upper[variable]; }
  [[nodiscard]] bool is_between(Index variable) const {
    return point_.value[variable] != problem_.lower[variable] && point_.value[variable] != problem_.upper[variable];
  }
  [[nodiscard]] bool is_basic(Index variable) const { return slot_[variable] >= 0; }
  [[nodiscard]] double nearest_bound(Index variable) const;
  [[nodiscard]] bool is_interrupted() const { return interrupt_ != nullptr && interrupt_->load(); }
  [[nodiscard]] BasisCode basis() const;
  void solve(Index variable);
  void price_row(Index slot);

  const Problem& problem_;
  Point point_;
  const std::atomic<bool>* interrupt_ = nullptr;
  std::vector<Index> variable_;  ///< by slot
  std::vector<Index> slot_;      ///< by variable, -1: not basic
  std::optional<LuFactor> factor_;
  ProductForm updates_;
  SparseVector column_, unit_, steps_;
  PriceRow row_;
  SearchSpace space_;
};

}  // namespace pinchpoint::optim::resident
