// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// One row that must give way: its activity may lie `amount` below its lower side (negative) or above its upper side.
struct Relaxation {
  RowId row;
  double amount = 0;
};

/// Cheapest way out of an infeasible problem.
struct ElasticResult {
  bool is_feasible = false;  ///< false: even with the rows relaxed there is no solution
  std::vector<Relaxation> relaxed;
};

/// Solves   min Σ weight_i · |slack_i|   over the model's rows and bounds (costs left out), where rows of weight 0 stay
/// hard.
///
/// shape     one weight a row
/// requires  weights ≥ 0
[[nodiscard]] ElasticResult solve_elastic(const Model& model, const std::vector<double>& weights,
                                          const SolveOptions& options = {});

}  // namespace pinchpoint::optim
