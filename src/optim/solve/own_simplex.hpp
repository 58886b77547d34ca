// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// Solves a small LP by the engine's own simplex (resident_simplex.hpp), from the basis of all rows: up to a few
/// hundred rows that takes less time than to load a general solver and to set it up.
///
/// returns   an optimal solution that passes the residual check; nothing where there is none to the tolerances asked
/// for
///           (infeasible, unbounded, too many pivots, rounding) or where the options ask for what only a general solver
///           does (interior point, log, time limit, interrupt): ask that one then
/// requires  no integers
[[nodiscard]] std::optional<Solution> solve_by_own_simplex(const Model& model, const SolveOptions& options);

}  // namespace pinchpoint::optim
