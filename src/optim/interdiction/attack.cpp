// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/attack.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"
#include "optim/interdiction/attack_checks.hpp"
#include "optim/interdiction/cover/cover_search.hpp"
#include "optim/solve/certificate.hpp"

namespace pinchpoint::optim {

namespace {

// Slacks of the proof, from wide to the one asked for: each leaves a proved bound behind.
constexpr double slacks[] = {1.0, 0.5, 0.25, 0.12};
// A slack is worth its time if its level lies below this share of the way to the loss of everything.
constexpr double worth_proving = 0.75;

void read_counts(const Follower& follower, const CoverSearch& search, Attack& attack) {
  attack.nodes = search.nodes();
  attack.lps = follower.lps();
  attack.plans = static_cast<std::int64_t>(search.pool().size());
  attack.seconds = follower.seconds();
}

void report(const AttackOptions& options, const Attack& attack) {
  if (!options.on_progress) return;
  options.on_progress({attack.lower, attack.upper, attack.nodes, attack.lps, attack.plans, attack.seconds});
}

void close_stages(Follower& follower, CoverSearch& search, Attack& attack) {
  const AttackOptions& options = follower.options();
  // upper - lower ≤ gap · (upper - base) where the level is base + loss / (1 - gap).
  const double last = options.relative_gap / (1 - options.relative_gap);
  const double base = follower.problem().base.objective;
  const double of_all = (attack.upper - follower.worst_value()) / (follower.worst_value() - base);
  std::vector<double> wanted;
  for (const double slack : slacks) {
    if (slack > 2 * last && !(slack > worth_proving * of_all)) wanted.push_back(slack);
  }
  wanted.push_back(last);
  for (const double slack : wanted) {
    if (!search.prove(slack)) break;
    attack.lower = follower.worst_value();
    attack.upper = std::min(attack.upper, search.upper());
    attack.upper_is_proved = search.has_checked_plans() && follower.has_proved_all();
    read_counts(follower, search, attack);
    report(options, attack);
  }
}

}  // namespace

Attack find_attack(const AttackProblem& problem, const AttackOptions& options) {
  check_attack(problem, options);
  Attack attack;
  if (!read_base(problem, attack)) return attack;
  Follower follower(problem, options);
  CoverSearch search(follower);
  search.add_plan_without_any();
  attack.upper = search.value_without_any();
  attack.upper_is_proved = std::isfinite(attack.upper);
  if (search.try_first_sets() && search.try_exchanges()) close_stages(follower, search, attack);
  attack.chosen = follower.worst();
  attack.lower = follower.worst_value();
  attack.message = follower.failure();
  read_counts(follower, search, attack);
  finish_attack(problem, options, follower.is_endless(), attack);
  attack.seconds = follower.seconds();
  return attack;
}

}  // namespace pinchpoint::optim
