// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/follower/follower.hpp"

namespace pinchpoint::optim {

/// Raises the follower's worst set: the richest set of the base's duals, then one target after another, then exchanges
/// of one target. Each step tries the few that the duals of the answer at hand rate highest.
void try_greedy_attacks(Follower& follower);

}  // namespace pinchpoint::optim
