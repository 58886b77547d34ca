// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "optim/ensemble/touched.hpp"
#include "optim/solve/proof/interval.hpp"
#include "optim/solve/proof/lower/bound_propagation.hpp"

namespace pinchpoint::optim {

/// Bound by one dual vector, over all bounds and sides of the model.
///
///   D(y) = offset + Σ_i min y_i b_i + Σ_j min d_j x_j      d = cost - A'y, b_i within the row's sides, x_j within
///   bounds
///
/// in doubles, less a bound on every rounding error: D(y) ≤ optimum whatever y is.
struct DualBound {
  double value = -infinity;
  std::vector<Interval> reduced_cost;  ///< by column: encloses d
};
/// Encloses cost - A'y of a column.
[[nodiscard]] Interval enclosed_reduced_cost(const Model& model, const std::vector<double>& row_dual,
                                             std::size_t column);
/// `box`: finite stand-ins for infinite bounds, true for every feasible point.
[[nodiscard]] DualBound dual_bound(const Model& model, const std::vector<double>& row_dual, const ImpliedBounds& box);

/// Dual vectors met so far. Matrix and costs are the same in all scenarios, so each of them bounds every scenario from
/// below, at the cost of one product a changed bound (docs/formulation/stress.md).
class DualPool {
 public:
  DualPool(const Model& model, const Touched& touched, ImpliedBounds box, std::size_t capacity);

  /// A dual vector as the pool keeps it.
  struct Member {
    double value;             ///< D(y) of the model itself
    std::vector<Interval> d;  ///< by place: encloses d, or y for rows
  };
  /// Nothing if it proves nothing: its bound is -∞.
  [[nodiscard]] std::optional<Member> prepare(const std::vector<double>& row_dual) const;
  /// False if there is no room.
  bool add(const Member& member);
  [[nodiscard]] std::size_t size() const { return value_.size(); }

  /// Bounds by the first `count` members for a scenario, roundings deducted.
  [[nodiscard]] std::vector<double> bounds(const std::vector<Change>& changes, std::size_t count) const;

 private:
  [[nodiscard]] std::size_t cell(std::size_t place) const { return place * capacity_; }

  const Model* model_;
  const Touched* touched_;
  ImpliedBounds box_;  ///< true in every scenario
  ImpliedBounds own_;  ///< true where a scenario leaves the column alone
  std::size_t capacity_;
  std::vector<double> value_;             ///< by member: D(y) of the model itself
  std::vector<double> lowest_, highest_;  ///< by place, then member: enclosure of d, or of y for rows
  std::vector<double> term_;              ///< by place, then member: least term of the model's own bounds
};

}  // namespace pinchpoint::optim
