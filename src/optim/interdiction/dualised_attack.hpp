// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/attack.hpp"

namespace pinchpoint::optim {

/// The same answer as find_attack() from one MIP: the follower's LP is replaced by its dual, in which a target that is
/// lost allows the multiplier of its tighter bound:
///
///   max  Σ side_o · multiplier_o      dual rows,   multiplier_o ≤ largest_price · z_f for bounds of target f,
///                                     Σ cost_f z_f ≤ cost_limit,   z binary
///
/// For small problems, as a check, and as the peer to race: upper is the solver's word and depends on
/// AttackOptions::largest_price being true. With NoAnswer::endless_loss every set must leave an answer, or the value is
/// what the price makes of it. on_progress is not called.
///
/// requires  finite bounds where a target changes them, if sets without an answer are forbidden
/// source    Wood, Deterministic network interdiction, Math. Comput. Modelling 17 (1993)
[[nodiscard]] Attack dualise_attack(const AttackProblem& problem, const AttackOptions& options = {});

}  // namespace pinchpoint::optim
