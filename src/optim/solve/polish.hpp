// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// `model` with every integer column fixed at its rounded value in `values`, as an LP.
[[nodiscard]] Model with_integers_fixed(const Model& model, const std::vector<double>& values);

/// Rounds the integers of a MIP's solution and solves the rest again as an LP, so that continuous values fit
/// the rounded ones (a solver's integers are integer to 1e-6 only). Keeps the solution if that LP has none.
/// Duals and basis are that LP's: prices at the integers chosen.
void polish_integers(const Model& model, const SolveOptions& options, Solution& solution);

}  // namespace pinchpoint::optim
