// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "optim/model/model.hpp"
#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::optim {

/// Row multipliers y strictly within the conditions under which no column makes a bound by them -∞:
///
///   cost_j - A_j'y ≥ 0 where column j has no upper bound, ≤ 0 where it has no lower one
///   y_i ≤ 0 where row i has no lower side, ≥ 0 where it has no upper one
///
/// They form a convex set, so multipliers that miss it by a rounding are inside once moved a little towards these.
class InnerDuals {
 public:
  /// `lower`, `upper`: bounds of columns besides the model's own. `with_cost` false: costs count as 0.
  InnerDuals(Model model, const std::vector<double>& lower, const std::vector<double>& upper, bool with_cost);

  /// Moves multipliers, of signs that rows allow, by about the least step by which columns keep the conditions in
  /// interval arithmetic; a bound D(y) by them becomes at least (1 - step) D(y) + step D(inner). Those of which all do
  /// stay as they are, and so do those that no step of `largest_step` helps. False if some column still does not. The
  /// first that needs to be moved costs an LP or a few.
  bool pull_inside(std::vector<double>& row_dual);

  static constexpr double largest_step = 1e-6;

 private:
  /// A column without some bound; `sign` 1: it may grow for ever, -1: fall, 0: both.
  struct Open {
    std::size_t column;
    int sign;
    double room;  ///< by which the inner multipliers keep its condition; 0: not known
  };
  void find_open(const std::vector<double>& lower, const std::vector<double>& upper);
  void find_inner();
  [[nodiscard]] std::size_t count_tight() const;
  [[nodiscard]] Model inner_problem() const;
  /// By how much a column keeps its condition, rounded down.
  [[nodiscard]] double room_of(const Open& open, const std::vector<double>& row_dual) const;
  [[nodiscard]] bool is_inside(const std::vector<double>& row_dual) const;
  [[nodiscard]] double step_wanted(const std::vector<double>& row_dual) const;

  Model model_;
  std::vector<Open> open_;
  std::vector<double> inner_;
  bool is_searched_ = false;
};

}  // namespace pinchpoint::optim
