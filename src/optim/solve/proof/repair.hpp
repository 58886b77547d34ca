// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/solve/proof/interval.hpp"
#include "optim/solve/proof/matrix_view.hpp"

namespace pinchpoint::optim {

/// A point near a solver's that satisfies every row and bound, or the proof failed.
struct RepairedPoint {
  std::vector<double> value;
  bool is_proved = false;
  /// Objective, offset included. If equality rows had to be solved, the feasible point is within one rounding
  /// of `value` and this encloses its objective.
  Interval objective;
};

/// Moves `value` into bounds, rounds and fixes integers, then repairs rows from the top of a chain down: each
/// violated row has one column that mends it and hurts only rows lower in the chain (see repair_plan.hpp).
/// The proof at the end does not depend on how the point was found.
[[nodiscard]] RepairedPoint repair(const Model& model, const MatrixView& matrix, std::vector<double> value);

}  // namespace pinchpoint::optim
