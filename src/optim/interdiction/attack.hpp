// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "optim/interdiction/target.hpp"
#include "optim/solve/solution.hpp"

namespace pinchpoint::optim {

/// What a set means that leaves the follower without any point.
enum class NoAnswer {
  endless_loss,  ///< it is the worst there is: the value is +infinity
  forbidden,     ///< the leader may not choose it
};

/// The leader loses targets of at most `cost_limit` in all to the follower's LP, so that its optimum is as large as can
/// be:
///
///   max { v(S) : Σ_{f∈S} cost_f ≤ cost_limit }     v(S) = min { offset + cost'x : rows and bounds under S's patches }
///
/// requires  a model without integers; 0 < cost of every target; targets that name columns and rows of the model
struct AttackProblem {
  const Model* model = nullptr;
  Solution base;  ///< optimal for the model as it stands; its basis makes the rest quick
  std::vector<Target> targets;
  double cost_limit = 0;
  NoAnswer no_answer = NoAnswer::endless_loss;
};

/// How far a search has come; what it holds is proved to the solver's tolerances at any time.
struct AttackProgress {
  double lower = -infinity;
  double upper = infinity;
  std::int64_t nodes = 0;
  std::int64_t lps = 0;
  std::int64_t plans = 0;
  double seconds = 0;
};

struct AttackOptions {
  double relative_gap = 0;       ///< done when upper - lower ≤ relative_gap · (upper - base)
  double time_limit = infinity;  ///< seconds
  int threads = 1;               ///< the answer does not depend on it
  std::function<void(const AttackProgress&)> on_progress{};
  const std::atomic<bool>* interrupt = nullptr;  ///< becomes true: stop after the LP at work
  double largest_price = 1e6;                    ///< dualised_attack() only: no bound's price exceeds it under any set
};

enum class AttackStatus {
  optimal,        ///< the gap asked for is proved
  limit_reached,  ///< stopped by time or interrupt: lower and upper hold
  endless,        ///< `chosen` leaves the follower without any point: value +infinity
  no_answer,      ///< there is none even without a loss
  failed,         ///< the solver gave up on an LP; lower and upper hold
};
[[nodiscard]] const char* to_string(AttackStatus status);

/// The worst set found and what is known of all others. docs/formulation/attack.md
struct Attack {
  AttackStatus status = AttackStatus::failed;
  std::string message;
  std::vector<std::int32_t> chosen;  ///< ascending indices of targets
  double base = 0;                   ///< v(∅)
  double lower = -infinity;          ///< v(chosen) is at least this: from its duals, in interval arithmetic
  double upper = infinity;           ///< no set within the limit is worse than this
  double gap = infinity;             ///< (upper - lower) / (upper - base); 0 where nothing can be lost
  bool lower_is_proved = false;      ///< else the solver's word
  bool upper_is_proved = false;      ///< every point it rests on was checked against rows, bounds and patches to 1e-7
  std::int64_t nodes = 0;
  std::int64_t lps = 0;
  std::int64_t plans = 0;
  double seconds = 0;
};

/// Proves the worst set by covering: every other set is avoided by some feasible point that is cheap enough.
[[nodiscard]] Attack find_attack(const AttackProblem& problem, const AttackOptions& options = {});

}  // namespace pinchpoint::optim
