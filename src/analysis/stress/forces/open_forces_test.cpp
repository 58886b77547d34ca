// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/forces/open_forces.hpp"

#include <gtest/gtest.h>

#include "analysis/stress/effects.hpp"
#include "analysis/stress/stress.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::stress {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::world_of;
using test_support::WorldText;

/// Ore of A at 2 USD/t, of C at 4 USD/t; B wants 6 t/year for two years; the price of ore is 50 USD/t.
WorldText two_makers() {
  WorldText world;
  world.horizon("2025", "2026", "year").regions("A B C").commodity("ore", "t");
  world.commodity_figure("ore", "price", "50 USD/t").technology("mine", "ore", "t/year");
  world.technology_figure("mine", "variable_cost", "2 USD/t");
  world.technology_figure("mine", "variable_cost", "4 USD/t", "region=C");
  world.facility("mine", "A", "10 t/year").facility("mine", "C", "10 t/year");
  world.programme("use", "ore", "B", "6 t/year", "100 USD/t");
  return world;
}

Shock change_of(RuleChange change) {
  Shock shock;
  shock.id = "change";
  shock.kind = ShockKind::rule_change;
  shock.measure = MeasureId(0);
  shock.change = change;
  return shock;
}

/// From a year on, for good.
Scenario hit(std::string_view from, double depth) {
  Scenario scenario;
  scenario.hits.push_back({ShockId(0), {}, static_cast<double>(parse_date(from)->months), depth});
  return scenario;
}

double loss(const WorldText& text, RuleChange change, const Scenario& scenario) {
  Shocks shocks;
  shocks.push_back(change_of(change));
  const World world = with_flows_apart(world_of(text), shocks);
  const SolvedPlan plan = plan_of(world);
  const StressResult result = run_stress(world, shocks, plan.plan(), {scenario}, {.tolerance = 1e-7});
  EXPECT_TRUE(result.is_complete && result.is_proved()) << result.problem;
  return result.outcomes.front().loss_upper;
}

// 1 USD/t on 6 t; twice as much in 2026 is 6 USD more. With three times as much ore of C, 2 + 3 > 4, is cheaper: 1
// USD/t more than what A's cost was.
TEST(OpenForces, a_tariff_rises) {
  const WorldText world = two_makers().measure("duty", "tariff", "ore", "origin=A; destination=B; figure=1 USD/t");
  EXPECT_NEAR(loss(world, RuleChange::tighten, hit("2026", 1)), 6, 1e-6);
  EXPECT_NEAR(loss(world, RuleChange::tighten, hit("2025", 2)), 2 * 6, 1e-6);
  EXPECT_NEAR(loss(world, RuleChange::tighten, hit("2026", 0.25)), 1.5, 1e-6);
}

// The duty rises by half in 2025: 6 t at 3.5 instead of 3 USD/t. In 2026, to everyone's surprise, A is lost as well:
// C's ore costs 4 USD/t, whatever the duty is by then.
TEST(OpenForces, a_tariff_that_rises_is_paid_until_the_next_surprise) {
  const WorldText text = two_makers().measure("duty", "tariff", "ore", "origin=A; destination=B; figure=1 USD/t");
  Shocks shocks;
  shocks.push_back(change_of(RuleChange::tighten));
  Shock& outage = shocks[shocks.push_back(Shock())];
  const World world = world_of(text);
  outage.kind = ShockKind::outage;
  outage.facility = FacilityId(0);
  const SolvedPlan plan = plan_of(world);
  Scenario scenario = hit("2025", 0.5);
  scenario.hits.push_back({ShockId(1), {}, static_cast<double>(parse_date("2026")->months), 1});
  const StressResult result =
      run_stress(world, shocks, plan.plan(), {scenario}, {.tolerance = 1e-7, .surprises = Surprises::each});
  ASSERT_TRUE(result.is_complete && result.is_proved()) << result.problem;
  EXPECT_NEAR(result.outcomes.front().loss_upper, 6 * 0.5 + 6 * 1, 1e-6);
}

TEST(OpenForces, a_tariff_that_is_a_share_of_the_price_falls_away) {
  const WorldText world = two_makers().measure("duty", "tariff", "ore", "origin=A; destination=B; figure=2 %");
  EXPECT_NEAR(loss(world, RuleChange::lift, hit("2025", 1)), -2 * 6, 1e-6);
  EXPECT_NEAR(loss(world, RuleChange::lift, hit("2026-07", 1)), -3, 1e-6) << "half of a year's";
}

// C's ore costs 4 − 3 USD/t with the aid, then 4: A's, at 2 USD/t, comes instead.
TEST(OpenForces, a_subsidy_falls_away) {
  const WorldText world = two_makers().measure("aid", "subsidy", "ore", "destination=C; figure=3 USD/t");
  EXPECT_NEAR(loss(world, RuleChange::lift, hit("2026", 1)), 6 * (2 - 1), 1e-6);
  EXPECT_NEAR(loss(world, RuleChange::tighten, hit("2026", 0.2)), -6 * 0.6, 1e-6);
}

// 5 t may leave for 200 USD/t each, then 2.5 t; with the rule lifted all 10 t leave, and none of the 3 t wanted in A.
TEST(OpenForces, a_licence_share_is_halved_or_gone) {
  WorldText world;
  world.regions("A B").commodity("ore", "t").technology("mine", "ore", "t/year").facility("mine", "A", "10 t/year");
  world.technology_figure("mine", "variable_cost", "2 USD/t");
  world.programme("at-home", "ore", "A", "3 t/year", "100 USD/t");
  world.programme("abroad", "ore", "B", "10 t/year", "200 USD/t");
  world.measure("rule", "licence_share", "ore", "origin=A; figure=50 %");
  EXPECT_NEAR(loss(world, RuleChange::tighten, hit("2025", 0.5)), 2.5 * 200, 1e-6);
  EXPECT_NEAR(loss(world, RuleChange::lift, hit("2025", 1)), 3 * 100 - 5 * 200, 1e-6);
  EXPECT_NEAR(loss(world, RuleChange::lift, hit("2025", 0.2)), -1.25 * 200, 1e-6) << "62.5 % may leave";
}

// Of 100 parts 60 are made at home for 8 USD, 40 abroad for 2.
TEST(OpenForces, a_content_share_moves) {
  WorldText world;
  world.regions("H F").commodity("part", "piece").commodity_figure("part", "price", "10 USD/piece");
  world.technology("shop", "part", "piece/year").technology_figure("shop", "variable_cost", "2 USD/piece");
  world.technology_figure("shop", "variable_cost", "8 USD/piece", "region=H");
  world.facility("shop", "H", "100 piece/year").facility("shop", "F", "100 piece/year");
  world.programme("use", "part", "H", "100 piece/year", "50 USD/piece");
  world.measure("local", "content", "part", "origin=H; destination=H; figure=60 %");
  EXPECT_NEAR(loss(world, RuleChange::lift, hit("2025", 1)), -60 * 6, 1e-6);
  EXPECT_NEAR(loss(world, RuleChange::tighten, hit("2025", 0.5)), 30 * 6, 1e-6);
}

// B may not have ore of A until the ban falls: 2 instead of 4 USD/t.
TEST(OpenForces, a_ban_falls) {
  const WorldText world = two_makers().measure("stop", "ban", "ore", "origin=A; destination=B");
  EXPECT_NEAR(loss(world, RuleChange::lift, hit("2026", 1)), -6 * 2, 1e-6);
  EXPECT_NEAR(loss(world, RuleChange::lift, hit("2026", 0.4)), 0, 1e-6) << "more than half of its force is left";
}

TEST(OpenForces, a_quota_is_halved) {
  const WorldText world = two_makers().measure("most", "quota", "ore", "origin=A; destination=B; figure=4 t/year");
  EXPECT_NEAR(loss(world, RuleChange::tighten, hit("2026", 0.5)), 2 * 2, 1e-6);
  EXPECT_NEAR(loss(world, RuleChange::lift, hit("2026", 1)), -2 * 2, 1e-6);
}

}  // namespace
}  // namespace pinchpoint::stress
