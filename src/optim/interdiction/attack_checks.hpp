// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/attack.hpp"

namespace pinchpoint::optim {

/// Mistakes of the caller: integers, costs that are not positive, indices out of range, a base without values.
void check_attack(const AttackProblem& problem, const AttackOptions& options);

/// Value of the base; false, with the status set, if there is nothing to attack.
[[nodiscard]] bool read_base(const AttackProblem& problem, Attack& attack);

/// Proves the chosen set's value anew from the matrix, and sets lower, gap and status from what is proved.
void finish_attack(const AttackProblem& problem, const AttackOptions& options, bool is_endless, Attack& attack);

}  // namespace pinchpoint::optim
