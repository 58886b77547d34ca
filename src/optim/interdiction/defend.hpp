// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/attack.hpp"

namespace pinchpoint::optim {

/// What a defence adds to a bound or side: lower ≤ 0 ≤ upper. Those of several defences add up.
struct Relief {
  std::int32_t index = 0;
  double lower = 0;
  double upper = 0;
};

/// Something that can be bought before the leader chooses: targets that cannot be lost any more, and wider bounds. A
/// target that is lost sets its bounds whatever was added to them.
struct Defence {
  std::int32_t name = -1;  ///< the caller's own number
  double cost = 1;         ///< > 0
  std::vector<std::int32_t> protects;
  std::vector<Relief> columns, rows;
};

/// Buys defences of at most `cost_limit` in all, so that the worst set is as good as can be:
///
///   min { max { v(S, d) : S within the leader's limit, nothing of S protected by d } : Σ_{p∈d} cost_p ≤ cost_limit }
///
/// requires  NoAnswer::endless_loss: where sets without an answer are forbidden, a defence could allow the leader more;
///           relief that is finite
struct DefenceProblem {
  AttackProblem attack;
  std::vector<Defence> defences;
  double cost_limit = 0;
};

/// The best defence found and what is known of all others. docs/formulation/attack.md
struct DefencePlan {
  AttackStatus status = AttackStatus::failed;  ///< endless: whatever is bought, some set leaves no answer
  std::string message;
  std::vector<std::int32_t> bought;  ///< ascending indices of defences
  Attack undefended;                 ///< the worst set if nothing is bought
  Attack worst;                      ///< the worst set against `bought`
  double lower = -infinity;  ///< no defence within the limit gets below: by the master's bound, the solver's word
  double upper = infinity;   ///< worst.upper
  double gap = infinity;     ///< (upper - lower) / (undefended.upper - undefended.base); 0 where nothing can be lost
  std::int64_t rounds = 0;   ///< of the master
  std::int64_t attacks = 0;  ///< searches for a worst set
  double seconds = 0;
};

/// Attacks found make cuts for a master MIP over defences (from duals, as in Benders' decomposition); the master's
/// answer is attacked again, until both meet. options.relative_gap is of both the attacks and the whole.
[[nodiscard]] DefencePlan find_defence(const DefenceProblem& problem, const AttackOptions& options = {});

}  // namespace pinchpoint::optim
