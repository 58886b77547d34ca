// SPDX-License-Identifier: Apache-2.0
// Scenarios whose hits are surprises one by one, on random worlds.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>

#include "analysis/plan/families.hpp"
#include "analysis/stress/attack.hpp"
#include "analysis/stress/effects.hpp"
#include "analysis/stress/surprises/kept_orders.hpp"
#include "optim/solve/proved_solution.hpp"
#include "properties/random_world.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::properties {

using test_support::WorldText;

namespace {

constexpr double tolerance = 1e-6;
constexpr std::size_t most_targets = 5;
constexpr int scenario_count = 6;

struct Board {
  World world;
  plan::Plan plan;
  Shocks shocks;
  std::vector<stress::Scenario> scenarios;
};

/// Costs as if by chance, so that of several good plans one is best: what is decided must not be a matter of luck. Not
/// RapidCheck's numbers, which it would shrink until nothing tells plans apart.
void part_costs(optim::Model& model) {
  std::minstd_rand numbers(2026);
  for (double& cost : model.cost)
    cost += (0.05 * std::abs(cost) + 0.01) * (static_cast<double>(numbers()) / std::minstd_rand::max());
}

stress::Scenario random_scenario(const Timeline& timeline, std::size_t shocks, std::size_t number) {
  stress::Scenario scenario{number, {}};
  const int months = timeline.end().months - timeline.start().months;
  for (std::size_t shock = 0; shock < shocks; ++shock) {
    if (*rc::gen::inRange(0, 3) == 0) continue;
    stress::Hit hit;
    hit.shock = ShockId(static_cast<std::int32_t>(shock));
    hit.begin_months = timeline.start().months + *rc::gen::inRange(0, months);
    hit.depth = *rc::gen::element(0.3, 0.5, 0.9, 1.0);
    if (*rc::gen::inRange(0, 2) == 0) hit.duration_months = *rc::gen::inRange(1, months + 1);
    scenario.hits.push_back(hit);
  }
  return scenario;
}

Board random_board() {
  const WorldText text = *random_world();
  Board board{test_support::world_of(text), {}, {}, {}};
  board.plan = plan::make_plan(board.world, {});
  RC_PRE(board.plan.status == plan::PlanStatus::optimal);
  using enum stress::TargetKind;
  for (const stress::Target& target :
       stress::targets_of(board.world, board.plan, {site, commodity}, board.world.timeline.start())) {
    if (board.shocks.size() < most_targets) board.shocks.push_back(target.shock);
  }
  for (const ShockKind kind : {ShockKind::demand_surge, ShockKind::budget_collapse}) {
    Shock shock;
    shock.id = fmt::format("shock-{}", board.shocks.size());
    shock.kind = kind;
    shock.from = board.world.timeline.start();
    board.shocks.push_back(shock);
  }
  for (int number = 0; number < scenario_count; ++number)
    board.scenarios.push_back(
        random_scenario(board.world.timeline, board.shocks.size(), static_cast<std::size_t>(number)));
  return board;
}

stress::StressResult play(const Board& board, stress::Surprises surprises) {
  stress::StressOptions options;
  options.tolerance = 1e-7;
  options.threads = 1;
  options.checks = board.scenarios.size();
  options.surprises = surprises;
  stress::StressResult result = stress::run_stress(board.world, board.shocks, board.plan, board.scenarios, options);
  if (!result.is_complete) RC_FAIL(result.problem);
  for (std::size_t at = 0; at < board.scenarios.size(); ++at) {
    const stress::Outcome& outcome = result.outcomes[at];
    if (!outcome.is_certified)
      RC_FAIL(fmt::format("scenario {} is not certified: {} to {}, {} {}", at, outcome.lower, outcome.upper,
                          static_cast<int>(outcome.reached), outcome.message));
  }
  for (const stress::ColdCheck& check : result.checks) {
    if (!check.agrees)
      RC_FAIL(fmt::format("cold check of scenario {} disagrees: {} to {}", check.scenario, check.lower, check.upper));
  }
  return result;
}

/// One scenario by itself: at each surprise a problem of its own is cut from the values decided until then, and solved
/// from nothing.
class OneByOne {
 public:
  OneByOne(const Board& board, const stress::Scenario& scenario)
      : board_(board), scenario_(scenario), decided_(board.plan) {}

  double cost() {
    const std::vector<stress::StageGroup> groups =
        stress::stages_of(board_.world.timeline, {scenario_}, stress::Surprises::each);
    for (const stress::StageGroup& group : groups) play(group.stages.front());
    return cost_;
  }
  /// An order was given up, or a relief paid, and decided for what comes later: a cut cannot tell.
  [[nodiscard]] bool is_beyond_a_cut() const { return is_beyond_; }

 private:
  void play(const stress::Stage& stage) {
    const stress::OperatingProblem problem =
        stress::make_operating_problem(board_.world, decided_, PeriodId(stage.begin), stress::Response::operate);
    const stress::Effects effects(board_.world, board_.shocks, decided_, problem);
    const optim::Patch patch = effects.patch(stress::known_in(board_.world.timeline, scenario_, stage));
    optim::ProvedSolution solved = optim::solve_and_prove(optim::patched(problem.model, patch), {.threads = 1});
    if (solved.status != optim::Status::optimal) RC_FAIL("one by one: " + solved.message);
    if (stage.is_last) cost_ += solved.upper;
    if (stage.is_last) return;
    stress::keep_orders(problem, patch, solved.value);
    decide(problem, solved.value, stage);
  }

  void decide(const stress::OperatingProblem& problem, const std::vector<double>& value, const stress::Stage& stage) {
    for (std::size_t at = 0; at < value.size(); ++at) {
      const std::int32_t period = plan::period_of(problem.model.column_key[at]);
      if (period < 0 || period >= stage.end) continue;
      cost_ += problem.model.cost[at] * value[at];
      const std::int32_t column = problem.plan_column[at];
      is_beyond_ = is_beyond_ || (column < 0 && value[at] > 1e-9);
      if (column < 0) continue;
      double& decided = decided_.solution.value[static_cast<std::size_t>(column)];
      is_beyond_ = is_beyond_ || (period < stage.begin && value[at] < decided - 1e-9);
      decided = value[at];
    }
  }

  const Board& board_;
  const stress::Scenario& scenario_;
  plan::Plan decided_;
  double cost_ = 0;
  bool is_beyond_ = false;
};

double slack(double cost) { return tolerance * std::max(1.0, std::abs(cost)); }

}  // namespace

RC_GTEST_PROP(SurpriseLaws, all_at_once_cost_what_each_scenario_costs_by_itself, ()) {
  Board board = random_board();
  part_costs(board.plan.problem.model);
  const stress::StressResult result = play(board, stress::Surprises::each);
  for (std::size_t at = 0; at < board.scenarios.size(); ++at) {
    OneByOne one(board, board.scenarios[at]);
    const double cost = one.cost();
    const stress::Outcome& outcome = result.outcomes[at];
    RC_CLASSIFY(one.is_beyond_a_cut(), "given up or relieved");
    RC_CLASSIFY(stress::begins_of(board.world.timeline, board.scenarios[at]).size() > 1, "several stages");
    if (outcome.start < 0 || one.is_beyond_a_cut()) continue;
    if (std::abs(outcome.upper - cost) > slack(cost))
      RC_FAIL(fmt::format("scenario {}: {} to {}, by itself {}", at, outcome.lower, outcome.upper, cost));
  }
}

RC_GTEST_PROP(SurpriseLaws, a_scenario_of_one_surprise_costs_what_it_did, ()) {
  Board board = random_board();
  for (stress::Scenario& scenario : board.scenarios) {
    if (scenario.index % 2 == 0 && scenario.hits.size() > 1) scenario.hits.resize(1);
  }
  const stress::StressResult each = play(board, stress::Surprises::each);
  const stress::StressResult first = play(board, stress::Surprises::first);
  for (std::size_t at = 0; at < board.scenarios.size(); ++at) {
    if (stress::begins_of(board.world.timeline, board.scenarios[at]).size() > 1) continue;
    RC_ASSERT(each.outcomes[at].lower <= first.outcomes[at].upper + slack(first.outcomes[at].upper));
    RC_ASSERT(first.outcomes[at].lower <= each.outcomes[at].upper + slack(first.outcomes[at].upper));
  }
}

}  // namespace pinchpoint::properties
