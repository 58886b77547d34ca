// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// H makes parts at 8 USD/piece, F at 2 USD/piece; H wants 100 pieces; 60 % of their value must be its own.
WorldText home_and_abroad() {
  WorldText world;
  world.regions("H F").commodity("part", "piece").commodity_figure("part", "price", "10 USD/piece");
  world.technology("shop", "part", "piece/year").technology_figure("shop", "variable_cost", "2 USD/piece");
  world.technology_figure("shop", "variable_cost", "8 USD/piece", "region=H");
  world.facility("shop", "H", "100 piece/year").facility("shop", "F", "100 piece/year");
  world.programme("use", "part", "H", "100 piece/year", "50 USD/piece");
  world.measure("local", "content", "part", "origin=H; destination=H; figure=60 %");
  return world;
}

// 60 at home for 8 USD, 40 from abroad for 2. A dollar of value is a tenth of a piece: 6 USD dearer at home.
TEST(Content, a_share_of_value_comes_from_the_origin) {
  const SolvedPlan plan = plan_of(home_and_abroad());
  EXPECT_NEAR(plan.value("activity[shop,H,firm,2025]"), 60, 1e-9);
  EXPECT_NEAR(plan.objective(), 60 * 8 + 40 * 2, 1e-9);
  EXPECT_NEAR(plan.dual("content[local,2025]"), 0.6, 1e-9);
}

// T is trusted too: a group's goods count wherever in the group they are made.
TEST(Content, goods_of_all_members_of_a_group_count) {
  WorldText world = home_and_abroad().regions("T").facility("shop", "T", "50 piece/year");
  world.row("groups", "group=trusted; member=H").row("groups", "group=trusted; member=T");
  const SolvedPlan plan = plan_of(world.change("measures", "id=local", "origin=trusted"));
  EXPECT_NEAR(plan.value("activity[shop,H,firm,2025]"), 10, 1e-9);
  EXPECT_NEAR(plan.objective(), 10 * 8 + 90 * 2, 1e-9);
}

// Two goods weigh by their prices: 10 and 30 USD. 60 % of 4000 USD is 2400: 80 gears at home do, for 1 USD each.
TEST(Content, goods_of_a_layer_weigh_by_their_prices) {
  WorldText world = home_and_abroad().commodity("gear", "piece").commodity_figure("gear", "price", "30 USD/piece");
  world.technology("forge", "gear", "piece/year").facility("forge", "H", "100 piece/year");
  world.facility("forge", "F", "100 piece/year").technology_figure("forge", "variable_cost", "1 USD/piece", "region=H");
  world.programme("use-gears", "gear", "H", "100 piece/year", "50 USD/piece");
  const SolvedPlan plan = plan_of(world.change("measures", "id=local", "commodity=; layer=goods"));
  EXPECT_NEAR(plan.value("activity[forge,H,firm,2025]"), 80, 1e-9);
  EXPECT_NEAR(plan.objective(), 80 * 1 + 100 * 2, 1e-9);
}

TEST(Content, holds_while_it_is_in_force) {
  const SolvedPlan plan = plan_of(home_and_abroad().change("measures", "id=local", "until=2025-05"));
  EXPECT_FALSE(plan.has_row("content[local,2025]"));
  EXPECT_NEAR(plan.objective(), 100 * 2, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
