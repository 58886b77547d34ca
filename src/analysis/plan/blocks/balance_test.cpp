// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A mine in A makes up to 10 t a year at 2 USD/t; 6 t are wanted there at 100 USD/t.
WorldText mine_and_user() {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local");
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "2 USD/t");
  world.facility("mine", "A", "10 t/year");
  world.programme("use", "ore", "A", "6 t/year", "100 USD/t");
  return world;
}

/// A smelter that makes 1 t of slag with each ton of metal; 5 t of metal are wanted at 100 USD/t.
WorldText smelter_with_slag(const char* disposal) {
  WorldText world;
  world.regions("A").commodity("metal", "t").commodity("slag", "t", disposal);
  world.technology("smelter", "metal", "t/year").recipe("smelter", "output", "slag", "1 t/t");
  world.facility("smelter", "A", "10 t/year").programme("use", "metal", "A", "5 t/year", "100 USD/t");
  return world;
}

// 6 t at 2 USD/t; one ton more at that place would have to be mined, for 2 USD.
TEST(Balance, the_dual_is_the_cost_of_one_unit_more) {
  const SolvedPlan plan = plan_of(mine_and_user());
  EXPECT_NEAR(plan.objective(), 12, 1e-9);
  EXPECT_NEAR(plan.value("activity[mine,A,firm,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.dual("balance[ore,A,2025]"), 2, 1e-9);
}

TEST(Balance, a_surplus_may_be_left_unused) {
  EXPECT_NEAR(plan_of(smelter_with_slag("disposal=free")).objective(), 0, 1e-9);
}

// Nobody takes the slag, so the smelter stands still and 5 t are short at 100 USD/t.
TEST(Balance, what_must_not_be_thrown_away_stops_its_maker) {
  const SolvedPlan plan = plan_of(smelter_with_slag("disposal=none"));
  EXPECT_NEAR(plan.objective(), 500, 1e-9);
  EXPECT_NEAR(plan.value("activity[smelter,A,firm,2025]"), 0, 1e-9);
}

TEST(Balance, the_opening_stock_is_there_in_the_first_period_only) {
  WorldText world = mine_and_user().horizon("2025", "2026");
  world.change("commodities", "id=ore", "storable=yes").stock("ore", "A", "opening", "7 t");
  const SolvedPlan plan = plan_of(world);
  EXPECT_EQ(plan.row_lower("balance[ore,A,2025]"), -7);
  EXPECT_EQ(plan.row_lower("balance[ore,A,2026]"), 0);
  EXPECT_NEAR(plan.value("activity[mine,A,firm,2025]") + plan.value("activity[mine,A,firm,2026]"), 12 - 7, 1e-9);
}

// A hall runs evenly, so its power is drawn from each slice by the slice's share of the hours.
TEST(Balance, an_input_is_spread_over_slices_by_their_weights) {
  WorldText world;
  world.regions("A").row("slices", "id=peak; figure=0.25 1").row("slices", "id=base; figure=0.75 1");
  world.commodity("power", "MWh", "by_slice=yes; trade=local").commodity("compute", "piece");
  world.technology("plant", "power", "MW").technology("hall", "compute", "piece/year");
  world.recipe("hall", "input", "power", "4 MWh/piece");
  world.facility("plant", "A", "1 MW").facility("hall", "A", "3 piece/year");
  world.programme("use", "compute", "A", "3 piece/year", "100 USD/piece");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.entry("balance[power,A,2025,peak]", "activity[hall,A,firm,2025]"), -1, 1e-12);
  EXPECT_NEAR(plan.entry("balance[power,A,2025,base]", "activity[hall,A,firm,2025]"), -3, 1e-12);
  EXPECT_NEAR(plan.entry("balance[power,A,2025,peak]", "activity[plant,A,firm,2025,peak]"), 1, 1e-12);
  EXPECT_EQ(plan.entry("balance[power,A,2025,base]", "activity[plant,A,firm,2025,peak]"), 0);
}

}  // namespace
}  // namespace pinchpoint::plan
