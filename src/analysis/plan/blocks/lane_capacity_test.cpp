// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// Ore of A at 2 USD/t reaches B on one lane at 3 USD/t only; 6 t are wanted at 100 USD/t.
WorldText one_lane() {
  WorldText world;
  world.regions("A B").commodity("ore", "t", "trade=lanes");
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "2 USD/t");
  world.facility("mine", "A", "10 t/year").programme("use", "ore", "B", "6 t/year", "100 USD/t");
  world.lane("sea", "ore", "A", "B").lane_figure("sea", "cost", "3 USD/t");
  return world;
}

// 4 t carried at 2 + 3 USD/t, 2 t short at 100. One ton more of capacity saves 100 − 5.
TEST(LaneCapacity, carries_no_more_than_its_capacity) {
  const SolvedPlan plan = plan_of(one_lane().lane_figure("sea", "capacity", "4 t/year"));
  EXPECT_NEAR(plan.objective(), 4 * 5 + 2 * 100, 1e-9);
  EXPECT_NEAR(plan.value("shipment[sea,ore,A,B,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.dual("lane_capacity[sea,2025]"), -95, 1e-9);
}

TEST(LaneCapacity, a_lane_without_capacity_has_no_row) {
  const SolvedPlan plan = plan_of(one_lane());
  EXPECT_FALSE(plan.has_row("lane_capacity[sea,2025]"));
  EXPECT_NEAR(plan.objective(), 6 * 5, 1e-9);
}

TEST(LaneCapacity, closed_lane_carries_nothing) {
  WorldText world = one_lane().horizon("2025", "2026").change("lanes", "id=sea", "until=2026");
  const SolvedPlan plan = plan_of(world);
  EXPECT_TRUE(plan.has_column("shipment[sea,ore,A,B,2025]"));
  EXPECT_FALSE(plan.has_column("shipment[sea,ore,A,B,2026]"));
  EXPECT_NEAR(plan.value("unmet[use,2026]"), 6, 1e-9);
}

TEST(LaneCapacity, a_banned_shipment_has_no_column) {
  const SolvedPlan plan = plan_of(one_lane().measure("rule", "ban", "ore", "destination=B"));
  EXPECT_FALSE(plan.has_column("shipment[sea,ore,A,B,2025]"));
}

// 4 t/year in the first half, 8 t/year in the second.
TEST(LaneCapacity, a_change_inside_a_period_is_averaged) {
  WorldText world = one_lane().lane_figure("sea", "capacity", "4 t/year");
  world.lane_figure("sea", "capacity", "8 t/year", "from=2025-07");
  EXPECT_NEAR(plan_of(world).row_upper("lane_capacity[sea,2025]"), 6, 1e-9);
}

TEST(LaneCapacity, is_shared_by_all_goods_and_pairs_of_the_lane) {
  WorldText world = one_lane();
  world.commodity("coal", "t", "trade=lanes").technology("pit", "coal", "t/year").facility("pit", "A", "10 t/year");
  world.programme("heat", "coal", "B", "6 t/year", "50 USD/t").regions("C").row("groups", "group=users; member=B");
  world.row("groups", "group=users; member=C").programme("more", "ore", "C", "6 t/year", "100 USD/t");
  world.change("lanes", "id=sea", "commodity=; layer=goods; destination=users");
  world.lane_figure("sea", "capacity", "8 t/year");
  const SolvedPlan plan = plan_of(world);
  for (const char* const shipment :
       {"shipment[sea,ore,A,B,2025]", "shipment[sea,ore,A,C,2025]", "shipment[sea,coal,A,B,2025]"}) {
    EXPECT_EQ(plan.entry("lane_capacity[sea,2025]", shipment), 1) << shipment;
  }
  EXPECT_NEAR(plan.value("shipment[sea,coal,A,B,2025]"), 0, 1e-9) << "ore is worth more";
  EXPECT_NEAR(plan.objective(), 8 * 5 + 4 * 100 + 6 * 50, 1e-9);
}

// A year and a quarter on the way: three quarters of it arrive in the next year, a quarter in the year after.
TEST(LaneCapacity, transit_splits_a_shipment_over_two_periods) {
  WorldText world = one_lane().horizon("2025", "2027").lane_figure("sea", "transit_time", "15 months");
  const SolvedPlan plan = plan_of(world);
  EXPECT_EQ(plan.entry("balance[ore,B,2025]", "shipment[sea,ore,A,B,2025]"), 0);
  EXPECT_NEAR(plan.entry("balance[ore,B,2026]", "shipment[sea,ore,A,B,2025]"), 0.75, 1e-9);
  EXPECT_NEAR(plan.entry("balance[ore,B,2027]", "shipment[sea,ore,A,B,2025]"), 0.25, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
