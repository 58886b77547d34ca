// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/model/model.hpp"
#include "optim/model/patch.hpp"
#include "optim/solve/solution.hpp"

namespace pinchpoint::optim {

/// Powers of two by which rows, columns and the objective were multiplied. Exact both ways:
///   x = 2^column · x',   row' = 2^row · row,   objective' = 2^objective · objective
/// Integer columns keep exponent 0.
struct Scaling {
  std::vector<int> row, column;
  int objective = 0;
};

struct ScaledModel {
  Model model;
  Scaling scaling;
};

/// The model, multiplied so.
[[nodiscard]] ScaledModel scaled_by(Scaling scaling, const Model& model);
/// Geometric-mean scaling of rows and columns, and where that leaves a spread of poor_spread or more the middle of each
/// one's ends, rounded to powers of two; the objective so that its costs have a geometric mean near 1.
[[nodiscard]] ScaledModel scale(const Model& model);
/// So that entries, sides and bounds, and costs each are near one size, by least squares of their logarithms. A matrix
/// whose entries alone are even may leave a column of cost 1e5 and bound 1e-4; but an interior point method begins by
/// moving all values off their bounds by one amount, and all prices.
[[nodiscard]] ScaledModel scale_for_interior_point(const Model& model);
/// A solution of the scaled model in the units of the original.
[[nodiscard]] Solution unscale(const Solution& solution, const Scaling& scaling);

/// A patch of the original model as one of the scaled model.
[[nodiscard]] Patch scaled(Patch patch, const Scaling& scaling);

}  // namespace pinchpoint::optim
