// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "optim/interdiction/attack.hpp"
#include "optim/interdiction/cover/target_set.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// Looks for points of the follower that cost no more than a level and use few targets:
///
///   min Σ_f weight_f · Σ_{j changed by f} |x_j| / (what f takes of j)     rows, bounds under a patch, cost'x ≤ level -
///   offset
///
/// A heuristic that is exact in what it returns: a feasible point within the level. Vertices of this LP leave most
/// targets alone; solving again with weights ~ 1 / use leaves more.
class LeanPlanLp {
 public:
  explicit LeanPlanLp(const AttackProblem& problem);
  /// The next solve starts from a basis of this LP; others are ignored.
  void start_from(const Solution& basis);
  /// Starts from the last basis. The solution is without the level's row.
  [[nodiscard]] Solution solve(const Patch& patch, std::span<const double> weight, double level,
                               const SolveOptions& options);

 private:
  void set_patch(const Patch& patch);
  void set_weights(std::span<const double> weight);
  void add_row_weight(const BoundChange& change, double weight);

  const AttackProblem& problem_;
  std::unique_ptr<Session> session_;
  RowId level_row_;
  double level_scale_ = 1;
  Patch applied_;
  std::vector<double> cost_, wanted_;
  std::vector<std::vector<std::pair<std::int32_t, double>>> row_entries_;  ///< of rows that targets change
};

}  // namespace pinchpoint::optim
