// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// Mines of one year's life at 10 USD per t/year; 10 t/year are wanted at 100 USD/t.
WorldText mine_to_build() {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local").technology("mine", "ore", "t/year").option("mine", "A");
  world.technology_figure("mine", "capex", "10 USD/(t/year)").technology_figure("mine", "lifetime", "1 year");
  world.programme("use", "ore", "A", "10 t/year", "100 USD/t");
  return world;
}

/// The same over 2025 and 2026, with nothing wanted in 2025.
WorldText wanted_next_year() {
  WorldText world = mine_to_build().horizon("2025", "2026");
  world.change("programme_parameters", "parameter=demand", "from=2026");
  return world;
}

// 40 USD buy 4 t/year. A dollar more buys a tenth of a t/year, which saves 10 and costs 1.
TEST(Budget, spending_stays_within_it) {
  const SolvedPlan plan = plan_of(mine_to_build().budget("40 USD/year"));
  EXPECT_NEAR(plan.value("order[mine,A,firm,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.dual("budget[firm,2025]"), -9, 1e-9);
}

TEST(Budget, an_owner_without_one_is_not_limited) {
  WorldText world = mine_to_build().row("organisations", "id=other; kind=firm").budget("40 USD/year", "owner=other");
  const SolvedPlan plan = plan_of(world);
  EXPECT_FALSE(plan.has_row("budget[firm,2025]"));
  EXPECT_NEAR(plan.objective(), 100, 1e-9);
}

TEST(Budget, what_is_left_is_carried_over) {
  const SolvedPlan plan = plan_of(wanted_next_year().budget("40 USD/year"));
  EXPECT_NEAR(plan.value("cash[firm,2025]"), 40, 1e-9);
  EXPECT_NEAR(plan.value("order[mine,A,firm,2026]"), 8, 1e-9);
}

TEST(Budget, unless_it_may_not_be) {
  const SolvedPlan plan = plan_of(wanted_next_year().budget("40 USD/year", "carry_over=no"));
  EXPECT_FALSE(plan.has_column("cash[firm,2025]"));
  EXPECT_NEAR(plan.value("order[mine,A,firm,2026]"), 4, 1e-9);
}

TEST(Budget, money_in_all_is_spread_evenly_over_its_time) {
  WorldText world =
      mine_to_build().horizon("2025-Q1", "2025-Q4", "quarter").budget("60 USD", "from=2025; until=2025-07");
  const SolvedPlan plan = plan_of(world.change("options", "technology=mine", "until=2025-10"));
  EXPECT_NEAR(plan.row_upper("budget[firm,2025Q1]"), 30, 1e-9);
  EXPECT_NEAR(plan.row_upper("budget[firm,2025Q2]"), 30, 1e-9);
  EXPECT_NEAR(plan.row_upper("budget[firm,2025Q3]"), 0, 1e-9);
}

TEST(Budget, capital_is_spent_over_the_build_time) {
  WorldText world = mine_to_build().horizon("2025", "2027").technology_figure("mine", "build_time", "2 years");
  const SolvedPlan plan = plan_of(world.budget("40 USD/year"));
  EXPECT_NEAR(plan.entry("budget[firm,2025]", "order[mine,A,firm,2025]"), 5, 1e-9);
  EXPECT_NEAR(plan.entry("budget[firm,2026]", "order[mine,A,firm,2025]"), 5, 1e-9);
  EXPECT_EQ(plan.entry("budget[firm,2027]", "order[mine,A,firm,2025]"), 0);
}

// A ton of metal takes 2 t of ore at 6 USD/t and 3 USD of its own: 15 USD of the smelter's money.
TEST(Budget, inputs_are_bought_at_their_price) {
  WorldText world = mine_to_build().commodity("metal", "t").commodity_figure("ore", "price", "6 USD/t");
  world.row("organisations", "id=smelting; kind=firm").technology("smelter", "metal", "t/year");
  world.recipe("smelter", "input", "ore", "2 t/t").technology_figure("smelter", "variable_cost", "3 USD/t");
  world.facility("smelter", "A", "9 t/year", "owner=smelting").budget("30 USD/year", "owner=smelting");
  world.programme("use-metal", "metal", "A", "9 t/year", "500 USD/t");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.entry("budget[smelting,2025]", "activity[smelter,A,smelting,2025]"), 15, 1e-9);
  EXPECT_NEAR(plan.value("activity[smelter,A,smelting,2025]"), 2, 1e-9);
}

TEST(Budget, goods_of_building_are_bought_at_their_price) {
  WorldText world =
      mine_to_build().commodity("tool", "piece", "trade=local").commodity_figure("tool", "price", "7 USD/piece");
  world.technology("shop", "tool", "piece/year").facility("shop", "A", "99 piece/year");
  world.recipe("mine", "build", "tool", "2 piece/(t/year)").budget("48 USD/year");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.entry("budget[firm,2025]", "order[mine,A,firm,2025]"), 10 + 14, 1e-9);
  EXPECT_NEAR(plan.value("order[mine,A,firm,2025]"), 2, 1e-9);
}

// 5 t/year stand already and cost 3 USD each: 15 of 40 USD are gone before anything is decided.
TEST(Budget, fixed_cost_of_what_stands_comes_first) {
  WorldText world = mine_to_build().technology_figure("mine", "fixed_cost", "3 USD/(t/year)/year");
  const SolvedPlan plan = plan_of(world.facility("mine", "A", "5 t/year").budget("40 USD/year"));
  EXPECT_NEAR(plan.row_upper("budget[firm,2025]"), 25, 1e-9);
  EXPECT_NEAR(plan.value("order[mine,A,firm,2025]"), 25.0 / 13, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
