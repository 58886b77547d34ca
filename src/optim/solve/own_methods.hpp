// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// How far the engine's own methods are the quicker ones. Counts, not seconds: what answers never depends on the clock.
struct OwnRules {
  std::int32_t simplex_rows = 5'000;  ///< after reduction: up to here simplex comes first
  std::int32_t simplex_columns = 10'000;
  double factor_work = 3000;  ///< multiplications of an interior point's factorisation, for each entry of the matrix
};

/// Solves an LP by the engine's own methods: reduced (reduction.hpp, two_way.hpp), then by simplex from the basis of
/// all rows (resident_simplex.hpp) if it is small, or by an interior point method and a crossover to a basis
/// (interior_point.hpp, crossover.hpp) if its equations are quick to factorise, as they are where time makes the matrix
/// a chain.
///
/// returns   an optimal solution with a basis that passes the residual check; nothing where there is none to the
///           tolerances asked for (infeasible, unbounded, too much work, rounding) or where the options ask for what
///           only a general solver does (a method of its, log, time limit, interrupt): ask that one then
/// requires  no integers
[[nodiscard]] std::optional<Solution> solve_by_own_methods(const Model& model, const SolveOptions& options,
                                                           const OwnRules& rules = {});

/// Solves an LP by a general solver's interior point method and the engine's own crossover: reduced, to a point between
/// vertices, to a basis, by simplex to the optimum, and back. Several times as quick as that solver's own crossover
/// where many plans cost the same. Nothing where that does not end at an optimum that passes the residual check.
///
/// requires  no integers
[[nodiscard]] std::optional<Solution> solve_by_own_crossover(const Model& model, const SolveOptions& options);

}  // namespace pinchpoint::optim
