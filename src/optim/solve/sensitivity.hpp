// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// By column: change of weights'x for one unit more of the bound that binds; near 0 for basic columns.
///
///   rate_j = weights_j − Σ_i row_rates_i · a_ij
[[nodiscard]] std::vector<double> column_rates(const Model& model, const std::vector<double>& weights,
                                               const std::vector<double>& row_rates);

/// Steps along a shift of row sides for which a basis stays feasible: rates hold for steps in [least, most].
struct StepRange {
  double least = -infinity;
  double most = infinity;
};
/// Ratio test: the finite sides of every row move by its `shift` times the step, columns by `movement` (see
/// Session::column_movement). `solution` is of that basis. Moves smaller than `tolerance` times the largest count as
/// none; a column that stands outside its bound by rounding counts as standing on it.
[[nodiscard]] StepRange step_range(const Model& model, const Solution& solution, const std::vector<double>& shift,
                                   const std::vector<double>& movement, double tolerance = 1e-9);

}  // namespace pinchpoint::optim
