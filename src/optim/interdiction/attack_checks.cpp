// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/attack_checks.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"
#include "optim/interdiction/follower/infeasible_set.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

namespace {

// What rounding leaves between the bounds of one value, relative to it.
constexpr double closing_tolerance = 1e-8;

void check_changes(const std::vector<BoundChange>& changes, std::int32_t size) {
  for (const BoundChange& change : changes) {
    ensure(change.index >= 0 && change.index < size, "a target changes a bound that the model does not have");
    ensure(!std::isnan(change.lower) && !std::isnan(change.upper), "a target's bound is not a number");
  }
}

double scale_of(const Attack& attack) { return std::max({1.0, std::abs(attack.base), std::abs(attack.lower)}); }

void prove_endless(const AttackProblem& problem, const Patch& worst, Attack& attack) {
  attack.status = AttackStatus::endless;
  attack.lower = attack.upper = infinity;
  attack.gap = 0;
  attack.lower_is_proved = prove_no_answer(*problem.model, worst, {});
  attack.upper_is_proved = attack.lower_is_proved;
}

void prove_lower(const Model& worst, const Solution& base, Attack& attack) {
  Solution solution;
  if (attack.chosen.empty() && base.has_duals)
    solution = base;
  else
    solution = solve(worst, {.method = Method::simplex});
  if (solution.status != Status::optimal) return;
  const double proved = certify(worst, solution).lower;
  attack.lower_is_proved = std::isfinite(proved);
  if (attack.lower_is_proved) attack.lower = std::min(proved, attack.upper);
}

}  // namespace

const char* to_string(AttackStatus status) {
  switch (status) {
    case AttackStatus::optimal:
      return "optimal";
    case AttackStatus::limit_reached:
      return "limit_reached";
    case AttackStatus::endless:
      return "endless";
    case AttackStatus::no_answer:
      return "no_answer";
    case AttackStatus::failed:
      return "failed";
  }
  return "";
}

void check_attack(const AttackProblem& problem, const AttackOptions& options) {
  ensure(problem.model != nullptr, "an attack needs a model");
  ensure(!problem.model->has_integers(), "the follower's problem has integers");
  ensure(problem.cost_limit >= 0, "the leader's limit is negative");
  ensure(options.relative_gap >= 0 && options.relative_gap < 1, "a relative gap is at least 0 and below 1");
  for (const Target& target : problem.targets) {
    ensure(target.cost > 0 && std::isfinite(target.cost), "a target's cost is not above 0");
    check_changes(target.patch.columns, problem.model->column_count());
    check_changes(target.patch.rows, problem.model->row_count());
  }
}

bool read_base(const AttackProblem& problem, Attack& attack) {
  const Solution& base = problem.base;
  if (base.status == Status::infeasible) {
    attack.status = AttackStatus::no_answer;
    attack.message = "there is no answer even without a loss";
    return false;
  }
  ensure(base.status == Status::optimal && base.has_values && base.has_duals, "an attack needs an optimal base");
  attack.base = base.objective;
  attack.lower = base.objective;
  return true;
}

void finish_attack(const AttackProblem& problem, const AttackOptions& options, bool is_endless, Attack& attack) {
  const Patch worst = combine_patches(*problem.model, problem.targets, attack.chosen);
  if (is_endless) return prove_endless(problem, worst, attack);
  prove_lower(patched(*problem.model, worst), problem.base, attack);
  const double loss = attack.upper - attack.base;
  const double tolerance = closing_tolerance * scale_of(attack);
  const double distance = std::max(0.0, attack.upper - attack.lower);
  const bool is_bounded = std::isfinite(attack.upper);
  attack.gap = !is_bounded ? infinity : loss <= tolerance ? 0 : distance / loss;
  const bool is_closed = is_bounded && distance <= options.relative_gap * loss + tolerance;
  attack.status = is_closed ? AttackStatus::optimal : AttackStatus::limit_reached;
  if (!is_closed && !attack.message.empty()) attack.status = AttackStatus::failed;
}

}  // namespace pinchpoint::optim
