// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// 8 t/year of ore are wanted in A at 100 USD/t from the start; mines may be built there at any time, for nothing.
WorldText mine_to_build() {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local").technology("mine", "ore", "t/year").option("mine", "A");
  world.programme("use", "ore", "A", "8 t/year", "100 USD/t");
  return world;
}

/// Tools of A: 2 a year. Capacity of either plant takes a year and one tool per t/year. In 2026 x is worth 10 USD/t
/// and y 20 USD/t.
WorldText two_expansions() {
  WorldText world;
  world.horizon("2025", "2026").regions("A").commodity("tool", "piece", "trade=local");
  world.technology("shop", "tool", "piece/year").facility("shop", "A", "2 piece/year");
  for (const std::string product : {"x", "y"}) {
    world.commodity(product, "t").technology("plant-" + product, product, "t/year").option("plant-" + product, "A");
    world.technology_figure("plant-" + product, "build_time", "1 year");
    world.recipe("plant-" + product, "build", "tool", "1 piece/(t/year)");
    world.programme(product, product, "A", "5 t/year", product == "x" ? "10 USD/t" : "20 USD/t");
  }
  return world;
}

// Six months are two quarters: ordered in Q1, on line in Q3. 2 t are wanted a quarter.
TEST(Build, nothing_arrives_before_its_build_time) {
  WorldText world = mine_to_build().horizon("2025-Q1", "2025-Q4", "quarter");
  const SolvedPlan plan = plan_of(world.technology_figure("mine", "build_time", "6 months"));
  EXPECT_NEAR(plan.value("available[mine,A,firm,2025Q1]"), 0, 1e-9);
  EXPECT_NEAR(plan.value("available[mine,A,firm,2025Q2]"), 0, 1e-9);
  EXPECT_NEAR(plan.value("met[use,2025Q3]"), 2, 1e-9);
  EXPECT_NEAR(plan.objective(), 2 * 2 * 100, 1e-9);
}

TEST(Build, a_part_of_a_period_takes_the_whole_of_it) {
  WorldText world = mine_to_build().horizon("2025-Q1", "2025-Q2", "quarter");
  const SolvedPlan plan = plan_of(world.technology_figure("mine", "build_time", "1 month"));
  EXPECT_EQ(plan.entry("build[mine,A,firm,2025Q1]", "order[mine,A,firm,2025Q1]"), 0);
  EXPECT_EQ(plan.entry("build[mine,A,firm,2025Q2]", "order[mine,A,firm,2025Q1]"), -1);
}

TEST(Build, what_would_come_after_the_horizon_has_no_column) {
  WorldText world = mine_to_build().horizon("2025", "2027").technology_figure("mine", "build_time", "2 years");
  const SolvedPlan plan = plan_of(world);
  EXPECT_TRUE(plan.has_column("order[mine,A,firm,2025]"));
  EXPECT_FALSE(plan.has_column("order[mine,A,firm,2026]"));
}

// From a fifth to all of it within a year, in a straight line: 0.6 on average in the first year.
TEST(Build, capacity_ramps_up) {
  WorldText world = mine_to_build().horizon("2025", "2026").technology_figure("mine", "ramp_time", "1 year");
  const SolvedPlan plan = plan_of(world.technology_figure("mine", "ramp_start", "20 %"));
  EXPECT_NEAR(plan.entry("build[mine,A,firm,2025]", "order[mine,A,firm,2025]"), -0.6, 1e-9);
  EXPECT_NEAR(plan.entry("build[mine,A,firm,2026]", "order[mine,A,firm,2025]"), -1, 1e-9);
}

TEST(Build, capacity_retires_at_the_end_of_its_life) {
  WorldText world = mine_to_build().horizon("2025", "2027").technology_figure("mine", "lifetime", "18 months");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.entry("build[mine,A,firm,2026]", "order[mine,A,firm,2025]"), -0.5, 1e-9);
  EXPECT_EQ(plan.entry("build[mine,A,firm,2027]", "order[mine,A,firm,2025]"), 0);
}

// Two tools serve two t/year: both go to y. One tool more would save a ton of y, 20 USD, and so would one of capacity.
TEST(Build, expansions_draw_machines_from_the_same_balance) {
  const SolvedPlan plan = plan_of(two_expansions());
  EXPECT_NEAR(plan.value("order[plant-x,A,firm,2025]"), 0, 1e-9);
  EXPECT_NEAR(plan.value("order[plant-y,A,firm,2025]"), 2, 1e-9);
  EXPECT_NEAR(plan.dual("balance[tool,A,2025]"), 20, 1e-9);
  EXPECT_NEAR(plan.dual("build[plant-y,A,firm,2026]"), -20, 1e-9);
  EXPECT_NEAR(plan.objective(), 5 * (10 + 20) + 5 * 10 + 3 * 20, 1e-9);
}

TEST(Build, goods_are_drawn_evenly_over_the_build_time) {
  WorldText world = two_expansions().horizon("2025", "2027");
  world.change("technology_parameters", "technology=plant-y", "figure=2 years");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.entry("balance[tool,A,2025]", "order[plant-y,A,firm,2025]"), -0.5, 1e-12);
  EXPECT_NEAR(plan.entry("balance[tool,A,2026]", "order[plant-y,A,firm,2025]"), -0.5, 1e-12);
}

TEST(Build, goods_with_a_lead_time_are_drawn_that_long_before) {
  WorldText world = two_expansions().horizon("2025", "2028");
  world.change("technology_parameters", "technology=plant-y", "figure=3 years");
  world.change("recipes", "technology=plant-y", "lead_months=12");
  const SolvedPlan plan = plan_of(world);
  EXPECT_EQ(plan.entry("balance[tool,A,2026]", "order[plant-y,A,firm,2025]"), 0);
  EXPECT_NEAR(plan.entry("balance[tool,A,2027]", "order[plant-y,A,firm,2025]"), -1, 1e-12);
  EXPECT_EQ(plan.entry("balance[tool,A,2028]", "order[plant-y,A,firm,2025]"), 0);
}

TEST(Build, retired_capacity_sets_goods_free) {
  WorldText world = mine_to_build().horizon("2025", "2026").technology_figure("mine", "lifetime", "1 year");
  world.commodity("scrap", "t", "trade=local").recipe("mine", "retire", "scrap", "0.3 t/(t/year)");
  world.programme("reuse", "scrap", "A", "5 t/year", "7 USD/t");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.entry("balance[scrap,A,2026]", "order[mine,A,firm,2025]"), 0.3, 1e-12);
}

// Half of the capacity is there in the ramp's year on average, and costs half its fixed cost.
TEST(Build, fixed_cost_follows_the_ramp) {
  WorldText world = mine_to_build().technology_figure("mine", "ramp_time", "1 year");
  world.technology_figure("mine", "fixed_cost", "3 USD/(t/year)/year");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("order[mine,A,firm,2025]"), 16, 1e-9);
  EXPECT_NEAR(plan.cost(CostKind::fixed), 16 * 0.5 * 3, 1e-9);
}

TEST(Build, orders_keep_to_the_window_of_their_option) {
  WorldText world =
      mine_to_build().horizon("2025", "2028").change("options", "technology=mine", "from=2026; until=2028");
  const SolvedPlan plan = plan_of(world);
  EXPECT_FALSE(plan.has_column("order[mine,A,firm,2025]"));
  EXPECT_TRUE(plan.has_column("order[mine,A,firm,2026]"));
  EXPECT_FALSE(plan.has_column("order[mine,A,firm,2028]"));
}

// 3 t of co2 a unit of capacity when it is built, 2 t when it is retired after two years, at 5 USD/t.
TEST(Build, what_building_and_retiring_set_free_pays_its_penalty) {
  WorldText world;
  world.horizon("2025", "2028").regions("A").commodity("ore", "t", "trade=local");
  world.commodity("co2", "t", "trade=local; disposal=counted").commodity_figure("co2", "penalty", "5 USD/t");
  world.technology("mine", "ore", "t/year")
      .technology_figure("mine", "lifetime", "2 years")
      .option("mine", "A", "until=2026");
  world.recipe("mine", "build", "co2", "-3 t/(t/year)").recipe("mine", "retire", "co2", "2 t/(t/year)");
  world.programme("use", "ore", "A", "10 t/year", "1000 USD/t");
  world.programme_figure("use", "demand", "0 t/year", "from=2027");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.cost(CostKind::penalty), 10 * (3 + 2) * 5, 1e-6);
  EXPECT_NEAR(plan.objective(), 250, 1e-6);
}

TEST(Build, what_stands_and_retires_pays_its_penalty) {
  WorldText world;
  world.horizon("2025", "2026").regions("A").commodity("ore", "t", "trade=local");
  world.commodity("co2", "t", "trade=local; disposal=counted").commodity_figure("co2", "penalty", "5 USD/t");
  world.technology("mine", "ore", "t/year").facility("mine", "A", "10 t/year", "until=2026");
  world.recipe("mine", "retire", "co2", "2 t/(t/year)").programme("use", "ore", "A", "1 t/year", "1 USD/t");
  EXPECT_NEAR(plan_of(world).cost(CostKind::penalty), 10 * 2 * 5, 1e-6);
}

}  // namespace
}  // namespace pinchpoint::plan
