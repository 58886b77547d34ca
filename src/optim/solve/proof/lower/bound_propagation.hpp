// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/model/matrix_view.hpp"

namespace pinchpoint::optim {

/// Bounds of columns that hold for every feasible point whose objective is at most `cutoff`.
struct ImpliedBounds {
  std::vector<double> lower, upper;
};

/// Tightens bounds over rows and over the row cost'x ≤ cutoff - offset, in sweeps, rounding outwards.
/// Infinite bounds become finite where rows imply it; finite ones move only if their interval halves.
[[nodiscard]] ImpliedBounds propagate_bounds(const Model& model, const MatrixView& matrix, double cutoff);

}  // namespace pinchpoint::optim
