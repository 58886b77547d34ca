// SPDX-License-Identifier: Apache-2.0
// What stress runs and attacks owe to each other, on random worlds.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "analysis/stress/attack.hpp"
#include "properties/random_world.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::properties {

using test_support::WorldText;

namespace {

// Of costs: scenarios are certified to 1e-7, attacks to the solver's tolerances.
constexpr double tolerance = 1e-6;
constexpr std::size_t most_targets = 7;

/// A world, its plan, and what can be taken away from it at once.
struct Board {
  World world;
  plan::Plan plan;
  std::vector<stress::Target> targets;
};

Board board_of(const WorldText& text) {
  World world = test_support::world_of(text);
  plan::Plan plan = plan::make_plan(world, {});
  RC_PRE(plan.status == plan::PlanStatus::optimal);
  using enum stress::TargetKind;
  std::vector<stress::Target> targets = stress::targets_of(world, plan, {site, commodity}, world.timeline.start());
  if (targets.size() > most_targets) targets.resize(most_targets);
  return {std::move(world), std::move(plan), std::move(targets)};
}

stress::Scenario losing(const Board& board, const std::vector<std::size_t>& set) {
  stress::Scenario scenario;
  for (const std::size_t at : set) {
    stress::Hit hit;
    hit.shock = ShockId(static_cast<std::int32_t>(at));
    hit.begin_months = board.world.timeline.start().months;
    scenario.hits.push_back(hit);
  }
  return scenario;
}

/// Every set of one or two targets.
std::vector<std::vector<std::size_t>> small_sets(std::size_t count) {
  std::vector<std::vector<std::size_t>> sets;
  for (std::size_t one = 0; one < count; ++one) {
    sets.push_back({one});
    for (std::size_t other = one + 1; other < count; ++other) sets.push_back({one, other});
  }
  return sets;
}

std::vector<stress::Outcome> play(const Board& board, const std::vector<std::vector<std::size_t>>& sets) {
  Shocks shocks;
  for (const stress::Target& target : board.targets) shocks.push_back(target.shock);
  std::vector<stress::Scenario> scenarios;
  for (const std::vector<std::size_t>& set : sets) scenarios.push_back(losing(board, set));
  stress::StressOptions options;
  options.tolerance = 1e-7;
  options.threads = 1;
  options.checks = sets.size();
  const stress::StressResult result = stress::run_stress(board.world, shocks, board.plan, scenarios, options);
  RC_ASSERT(result.is_complete);
  for (std::size_t at = 0; at < sets.size(); ++at) {
    const stress::Outcome& outcome = result.outcomes[at];
    if (!outcome.is_certified)
      RC_FAIL(fmt::format("scenario {} is not certified: {} to {}, {} {}", at, outcome.lower, outcome.upper,
                          static_cast<int>(outcome.reached), outcome.message));
  }
  for (const stress::ColdCheck& check : result.checks) {
    if (!check.agrees)
      RC_FAIL(fmt::format("cold check of scenario {} disagrees: {} to {}, {}; warm {} to {}", check.scenario,
                          check.lower, check.upper, check.message, result.outcomes[check.scenario].lower,
                          result.outcomes[check.scenario].upper));
  }
  return result.outcomes;
}

double slack(double cost) { return tolerance * std::max(1.0, std::abs(cost)); }

}  // namespace

RC_GTEST_PROP(StressLaws, the_worst_attack_is_the_worst_of_all_sets_played_one_by_one, ()) {
  const Board board = board_of(*random_world());
  RC_PRE(board.targets.size() >= 2);
  double worst = -HUGE_VAL;
  for (const stress::Outcome& outcome : play(board, small_sets(board.targets.size())))
    worst = std::max(worst, outcome.upper);
  stress::AttackWish wish;
  wish.targets = board.targets;
  wish.cost_limit = 2;
  wish.from = board.world.timeline.start();
  const stress::AttackAnswer answer = stress::attack(board.world, board.plan, wish);
  RC_ASSERT(answer.is_ready);
  RC_ASSERT(answer.attack.status == optim::AttackStatus::optimal);
  RC_ASSERT(answer.attack.lower <= worst + slack(worst));
  RC_ASSERT(answer.attack.upper >= worst - slack(worst));
  RC_ASSERT(answer.attack.upper - answer.attack.lower <= slack(worst));
}

RC_GTEST_PROP(StressLaws, a_second_loss_never_helps, ()) {
  const Board board = board_of(*random_world());
  RC_PRE(board.targets.size() >= 2);
  const std::vector<std::vector<std::size_t>> sets = small_sets(board.targets.size());
  const std::vector<stress::Outcome> outcomes = play(board, sets);
  std::vector<double> alone(board.targets.size());
  for (std::size_t at = 0; at < sets.size(); ++at) {
    if (sets[at].size() == 1) alone[sets[at].front()] = outcomes[at].lower;
  }
  for (std::size_t at = 0; at < sets.size(); ++at) {
    for (const std::size_t target : sets[at]) RC_ASSERT(outcomes[at].upper >= alone[target] - slack(alone[target]));
  }
}

}  // namespace pinchpoint::properties
