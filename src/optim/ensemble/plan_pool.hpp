// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "optim/ensemble/touched.hpp"

namespace pinchpoint::optim {

/// Plans met so far. A plan that keeps a scenario's bounds bounds it from above; so does a mix of two plans that does
/// (docs/formulation/stress.md).
class PlanPool {
 public:
  PlanPool(const Model& model, const Touched& touched, std::size_t capacity);

  /// A plan as the pool keeps it.
  struct Member {
    double cost;
    std::vector<double> value;  ///< by place: of the column, activity of the row
  };
  /// Of a plan that satisfies every row and bound that no scenario changes. `cost`: offset + cost'x, rounded up.
  [[nodiscard]] Member prepare(const std::vector<double>& value, double cost) const;
  /// False if there is no room.
  bool add(const Member& member);
  [[nodiscard]] std::size_t size() const { return cost_.size(); }

  /// value = (1 - share) · cost of `cheap` + share · cost of `safe`; share 1: `safe` alone.
  struct Best {
    double value = infinity;
    std::size_t cheap = 0, safe = 0;
    double share = 1;
  };
  /// Cheapest of the first `count` members, and of the mixes of two, that keep the scenario's bounds and sides to 1e-9
  /// of their size.
  [[nodiscard]] Best best(const std::vector<Change>& changes, std::size_t count) const;

 private:
  struct Fits;
  [[nodiscard]] std::size_t cell(std::size_t place) const { return place * capacity_; }
  [[nodiscard]] Fits judge(const std::vector<Change>& changes, std::size_t count) const;
  void mix(const std::vector<Change>& changes, const Fits& fits, Best& best) const;

  const Model& model_;
  const Touched& touched_;
  std::size_t capacity_;
  std::vector<double> cost_;                        ///< by member
  std::vector<double> value_;                       ///< by place, then member: value of the column, activity of the row
  std::vector<std::vector<std::int32_t>> outside_;  ///< by member: places where it breaks the model's own bounds
};

/// True if `value` lies within the bounds to 1e-9 of their size.
[[nodiscard]] bool keeps(double value, double lower, double upper);
/// offset + cost'x rounded up.
[[nodiscard]] double cost_of(const Model& model, const std::vector<double>& value);
/// Largest violation of the rows of `matrix` and of bounds, relative to max(1, |value| or largest term).
[[nodiscard]] double violation_of(const SparseMatrix& matrix, const Sides& sides, const std::vector<double>& value);

}  // namespace pinchpoint::optim
