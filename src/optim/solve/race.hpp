// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/solve/own_methods.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// When to race, and when the simplex method has lost.
///
/// Which answer counts never depends on the clock: simplex's if it settles the problem within
/// `simplex_iterations_per_row` · rows, otherwise the interior point's (after crossover), otherwise simplex's
/// after going on from its own basis. So one thread and two give the same bytes, also where many vertices are
/// optimal. What it costs: docs/formulation/race.md, with the measurements behind the constants.
struct RaceRules {
  std::int32_t least_columns = 10'000;  ///< below this simplex runs alone
  double simplex_iterations_per_row = 0.25;
  OwnRules own{};  ///< of the engine's own methods, which come first
};

/// solve() with rules of one's own; MIPs and an explicit method do not race.
[[nodiscard]] Solution race(const Model& model, const SolveOptions& options, const RaceRules& rules);

/// True if the solution satisfies rows, bounds and dual signs to 1e-6, scaled: rough, in one pass.
[[nodiscard]] bool passes_residual_check(const Model& model, const Solution& solution);

}  // namespace pinchpoint::optim
