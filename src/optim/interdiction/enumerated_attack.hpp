// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/attack.hpp"

namespace pinchpoint::optim {

/// The worst set of all.
struct EnumeratedAttack {
  std::vector<std::int32_t> chosen;
  double value = -infinity;  ///< +infinity where a set leaves no answer and that counts as the worst
  std::int64_t sets = 0;     ///< tried with an LP each
};

/// Tries every set within the limit: the truth, for problems of a few targets. Solver's values, not proved.
[[nodiscard]] EnumeratedAttack enumerate_attacks(const AttackProblem& problem);

}  // namespace pinchpoint::optim
