// SPDX-License-Identifier: Apache-2.0
#include "analysis/hedge/hedge.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/stress/effects.hpp"
#include "analysis/stress/stress.hpp"
#include "optim/stochastic/extensive_form.hpp"
#include "optim/stochastic/program_values.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::hedge {
namespace {

using stress::Hit;
using stress::Scenario;
using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::world_of;
using test_support::WorldText;

/// Metal for a programme of 40 t a year at 100 USD/t. A cheap smelter could be built in A and a dear one in B, both
/// from 2025 on; the plain plan builds in A alone. Ore and metal can be stocked at a price.
WorldText two_sites() {
  WorldText world;
  world.horizon("2025", "2028", "year").regions("A B C");
  world.commodity("metal", "t", "storable=yes");
  world.technology("cheap", "metal", "t/year").technology("dear", "metal", "t/year");
  world.technology_figure("cheap", "capex", "20 USD/(t/year)").technology_figure("dear", "capex", "30 USD/(t/year)");
  for (const char* technology : {"cheap", "dear"}) {
    world.technology_figure(technology, "variable_cost", "1 USD/t");
    world.technology_figure(technology, "lifetime", "20 year");
  }
  world.commodity_figure("metal", "holding_cost", "5 USD/t/year");
  world.option("cheap", "A").option("dear", "B");
  world.programme("use", "metal", "C", "40 t/year", "100 USD/t");
  return world;
}

Shock outage_in(const World& world, std::string_view region) {
  Shock shock;
  shock.id = "out";
  shock.kind = ShockKind::outage;
  shock.region.is_given = true;
  for (const RegionId id : ids(world.regions)) {
    if (world.regions[id].id == region) shock.region.members.push_back({id, {}, {}, {}});
  }
  shock.depth = 1;
  shock.from = *parse_date("2026-01");
  return shock;
}

Scenario strikes(double begin_months_after, double duration, double depth) {
  Scenario scenario;
  scenario.hits.push_back(
      {ShockId(0), {}, parse_date("2026-01")->months + begin_months_after, depth, duration, RecoveryShape::step, 0});
  return scenario;
}

class Hedge : public ::testing::Test {
 protected:
  World world = world_of(two_sites());
  SolvedPlan plain = plan_of(world);
  Shocks shocks;
  HedgeOptions options;

  void SetUp() override {
    shocks.push_back(outage_in(world, "A"));
    options.tolerance = 1e-7;
  }
  HedgeResult hedged(const std::vector<Scenario>& scenarios, const optim::Risk& risk = {}) {
    options.risk = risk;
    HedgeResult result = hedge::hedge(world, shocks, plain.plan(), scenarios, options);
    EXPECT_TRUE(result.is_complete) << result.problem;
    EXPECT_EQ(result.status, optim::Status::optimal) << result.problem << " gap " << result.gap();
    EXPECT_EQ(result.plan.status, plan::PlanStatus::optimal) << result.problem;
    EXPECT_TRUE(result.lower_is_proved);
    EXPECT_NEAR(result.certified_share, 1, 1e-12);
    return result;
  }
  void expect_near(const optim::Between& number, double expected) const {
    const double slack = 1e-5 * std::max(1.0, std::abs(expected));
    EXPECT_NEAR(number.lower, expected, slack);
    EXPECT_NEAR(number.upper, expected, slack);
  }
  double extensive(const std::vector<Scenario>& scenarios, const optim::Risk& risk = {}) {
    const std::vector<double> even(scenarios.size(), 1.0 / static_cast<double>(scenarios.size()));
    const HedgeProblem made = make_hedge_problem(world, shocks, plain.plan(), scenarios, even);
    const optim::ProvedOptimum optimum = optim::prove_optimum(optim::extensive_form(made.problem, risk));
    EXPECT_TRUE(optimum.is_certified);
    return optimum.optimum.upper;
  }
};

TEST_F(Hedge, without_an_effect_it_is_the_plain_plan) {
  expect_near(hedged({Scenario{}}).risk, plain.objective());
  expect_near(hedged({strikes(0, 12, 0)}).risk, plain.objective());
  expect_near(hedged({strikes(120, 12, 1)}).risk, plain.objective());
  const HedgeResult result = hedged({strikes(0, 12, 0), Scenario{}});
  expect_near(result.risk, plain.objective());
  expect_near(result.value_of_hedging(), 0);
  expect_near(result.value_of_knowing(), 0);
}

TEST_F(Hedge, the_plain_plan_costs_what_stress_says) {
  const std::vector<Scenario> scenarios = {strikes(0, 24, 1), strikes(12, 12, 0.5), strikes(0, 6, 0.7), Scenario{}};
  const HedgeResult result = hedged(scenarios);
  const stress::StressResult stressed = stress::run_stress(world, shocks, plain.plan(), scenarios, {});
  ASSERT_TRUE(stressed.is_complete);
  double mean = plain.objective();
  for (const stress::Outcome& outcome : stressed.outcomes) mean += outcome.loss_upper / 4;
  EXPECT_NEAR(result.plain.upper, mean, 1e-4 * mean);
}

TEST_F(Hedge, agrees_with_all_futures_in_one_problem) {
  const std::vector<Scenario> scenarios = {strikes(0, 24, 1), strikes(12, 12, 0.5), strikes(0, 6, 0.7), Scenario{}};
  for (const optim::Risk risk : {optim::Risk{0, 0}, optim::Risk{1, 0.5}, optim::Risk{1, 0.9}}) {
    const HedgeResult result = hedged(scenarios, risk);
    expect_near(result.risk, extensive(scenarios, risk));
    EXPECT_GE(result.value_of_hedging().upper, -1e-6);
    EXPECT_GE(result.value_of_knowing().upper, -1e-6);
    EXPECT_LE(result.knowing.lower, result.risk.upper * (1 + 1e-9));
    EXPECT_LE(result.risk.lower, result.plain.upper * (1 + 1e-9));
  }
}

// The site in A is lost for good in each of the futures: half of them make the dear one worth its money.
TEST_F(Hedge, builds_at_the_safe_site_when_the_risk_is_large) {
  EXPECT_LT(plain.plan().solution.value.size(), 1000U);
  const HedgeResult result = hedged({strikes(0, 48, 1), Scenario{}});
  double safe = 0;
  double before = 0;
  const optim::Model& model = result.plan.problem.model;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const std::string name = model.column_name(optim::ColumnId(static_cast<std::int32_t>(column)));
    if (name.find("order[dear,B") != 0) continue;
    safe += result.plan.solution.value[column];
    before += plain.plan().solution.value[column];
  }
  EXPECT_NEAR(before, 0, 1e-6);
  EXPECT_GT(safe, 1);
  EXPECT_GT(result.value_of_hedging().lower, 0);
  EXPECT_TRUE(result.plan.cost_check.is_reconciled);
}

TEST_F(Hedge, tail_risk_runs_from_the_mean_to_the_worst_future) {
  const std::vector<Scenario> scenarios = {strikes(0, 48, 1), strikes(0, 12, 0.5), Scenario{}, Scenario{}};
  expect_near(hedged(scenarios, {1, 0}).risk, hedged(scenarios).risk.upper);
  const HedgeResult worst = hedged(scenarios, {1, 0.999});
  double most = 0;
  for (const HedgedFuture& future : worst.futures) most = std::max(most, future.hedged.cost.upper);
  expect_near(worst.risk, most);
  EXPECT_GE(worst.risk.upper, hedged(scenarios, {1, 0.5}).risk.lower - 1e-6);
}

TEST_F(Hedge, a_future_without_probability_does_not_count) {
  const HedgeProblem one = make_hedge_problem(world, shocks, plain.plan(), {strikes(0, 12, 1)}, {1});
  const HedgeProblem two =
      make_hedge_problem(world, shocks, plain.plan(), {strikes(0, 12, 1), strikes(0, 48, 1)}, {1, 0});
  optim::LShapedOptions search;
  search.start = plain.plan().solution.value;
  const double alone = optim::LShaped(one.problem, {}, search).solve().upper;
  EXPECT_NEAR(optim::LShaped(two.problem, {}, search).solve().upper, alone, 1e-6 * alone);
}

}  // namespace
}  // namespace pinchpoint::hedge
