// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::optim {

/// All futures written out in one problem: the first stage's columns and rows come first, in their order, then those
/// of each future. For small problems, for integers in the recourse, and to check faster ways.
///
///   CVaR(level) = min η + Σ p_k z_k / (1 - level)     z_k ≥ 0,   z_k ≥ cost_k - η
///
/// source  Rockafellar & Uryasev, Optimization of conditional value-at-risk, J. Risk 2 (2000)
[[nodiscard]] Model extensive_form(const TwoStageProblem& problem, const Risk& risk = {});

}  // namespace pinchpoint::optim
