// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// Ore of A at 2 USD/t, import 3 USD/t; B and C want 6 t/year each at 100 USD/t.
WorldText maker_and_users() {
  WorldText world;
  world.regions("A B C").commodity("ore", "t").commodity_figure("ore", "transport_cost", "3 USD/t");
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "2 USD/t");
  world.facility("mine", "A", "20 t/year").programme("in-b", "ore", "B", "6 t/year", "100 USD/t");
  world.programme("in-c", "ore", "C", "6 t/year", "100 USD/t");
  return world;
}

// B may have 4 t, so 2 t are short there; one ton more of quota saves 100 − 5.
TEST(Quota, limits_what_it_covers) {
  const SolvedPlan plan =
      plan_of(maker_and_users().measure("cap", "quota", "ore", "origin=A; destination=B; figure=4 t/year"));
  EXPECT_NEAR(plan.value("import[ore,B,ore/market,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.value("import[ore,C,ore/market,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.dual("quota[cap,2025]"), -95, 1e-9);
}

// Without a destination the quota counts all that leaves A.
TEST(Quota, without_destination_counts_all_exports) {
  const SolvedPlan plan = plan_of(maker_and_users().measure("cap", "quota", "ore", "origin=A; figure=4 t/year"));
  EXPECT_NEAR(plan.value("import[ore,B,ore/market,2025]") + plan.value("import[ore,C,ore/market,2025]"), 4, 1e-9);
}

// The rule treats A and B differently, and the lane makes B a place that goods can come from: two pools.
TEST(Quota, counts_lanes_and_markets_together) {
  WorldText world = maker_and_users().lane("sea", "ore", "A", "B");
  const SolvedPlan plan = plan_of(world.measure("cap", "quota", "ore", "destination=B; figure=4 t/year"));
  EXPECT_EQ(plan.entry("quota[cap,2025]", "shipment[sea,ore,A,B,2025]"), 1);
  EXPECT_EQ(plan.entry("quota[cap,2025]", "import[ore,B,ore/market-1,2025]"), 1);
  EXPECT_EQ(plan.entry("quota[cap,2025]", "import[ore,C,ore/market-1,2025]"), 0);
}

// In force for nine months of twelve: three quarters of a year's quota, for the whole year's flow.
TEST(Quota, is_prorated_in_the_period_it_begins) {
  WorldText world = maker_and_users();
  world.measure("cap", "quota", "ore", "origin=A; destination=B; figure=4 t/year; from=2025-04");
  EXPECT_NEAR(plan_of(world).row_upper("quota[cap,2025]"), 3, 1e-9);
}

TEST(Quota, is_not_in_force_for_less_than_half_of_a_period) {
  WorldText world = maker_and_users();
  world.measure("cap", "quota", "ore", "origin=A; destination=B; figure=4 t/year; from=2025-08");
  EXPECT_FALSE(plan_of(world).has_row("quota[cap,2025]"));
}

TEST(Quota, covers_members_of_a_group_while_they_are_members) {
  WorldText world = maker_and_users().horizon("2025", "2026");
  world.row("groups", "group=club; member=B; until=2026").row("groups", "group=club; member=C");
  const SolvedPlan plan = plan_of(world.measure("cap", "quota", "ore", "origin=A; destination=club; figure=4 t/year"));
  EXPECT_EQ(plan.entry("quota[cap,2025]", "import[ore,B,ore/market,2025]"), 1);
  EXPECT_EQ(plan.entry("quota[cap,2026]", "import[ore,B,ore/market,2026]"), 0);
  EXPECT_EQ(plan.entry("quota[cap,2026]", "import[ore,C,ore/market,2026]"), 1);
}

}  // namespace
}  // namespace pinchpoint::plan
