// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::world_of;
using test_support::WorldText;

/// Ore of A at 2 USD/t, of C at 4 USD/t; B wants 6 t/year; the price of ore is 50 USD/t.
WorldText two_makers() {
  WorldText world;
  world.regions("A B C").commodity("ore", "t").commodity_figure("ore", "price", "50 USD/t");
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "2 USD/t");
  world.technology_figure("mine", "variable_cost", "4 USD/t", "region=C");
  world.facility("mine", "A", "10 t/year").facility("mine", "C", "10 t/year");
  world.programme("use", "ore", "B", "6 t/year", "100 USD/t");
  return world;
}

// 2 % of 50 USD is 1 USD/t: A at 3 USD/t is still cheaper than C.
TEST(Tariff, a_share_is_taken_of_the_price) {
  const SolvedPlan plan = plan_of(two_makers().measure("duty", "tariff", "ore", "origin=A; destination=B; figure=2 %"));
  EXPECT_NEAR(plan.objective(), 6 * (2 + 1), 1e-9);
  EXPECT_NEAR(plan.cost(CostKind::tariff), 6, 1e-9);
}

// 3 USD/t on A's ore makes C's the cheaper one.
TEST(Tariff, moves_trade_to_another_origin) {
  const SolvedPlan plan =
      plan_of(two_makers().measure("duty", "tariff", "ore", "origin=A; destination=B; figure=3 USD/t"));
  EXPECT_NEAR(plan.objective(), 6 * 4, 1e-9);
  EXPECT_NEAR(plan.cost(CostKind::tariff), 0, 1e-9);
}

TEST(Tariff, tariffs_add_up) {
  WorldText world = two_makers().measure("duty", "tariff", "ore", "destination=B; figure=3 USD/t");
  world.measure("surcharge", "tariff", "ore", "destination=B; figure=10 %");
  EXPECT_NEAR(plan_of(world).objective(), 6 * (2 + 3 + 5), 1e-9);
}

// With neither origin nor destination the tariff is on every flow between countries, and on none inside one.
TEST(Tariff, on_everything_is_on_borders_only) {
  WorldText world = two_makers().row("regions", "id=b-site; kind=site; parent=B");
  world.facility("mine", "b-site", "1 t/year").measure("duty", "tariff", "ore", "figure=3 USD/t");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.cost(CostKind::tariff), 5 * 3, 1e-9);
  EXPECT_NEAR(plan.objective(), 6 * 2 + 5 * 3, 1e-9);
}

TEST(Tariff, is_borne_where_the_goods_arrive) {
  const World world = world_of(two_makers().measure("duty", "tariff", "ore", "destination=B; figure=1 USD/t"));
  const SolvedPlan plan = plan_of(world);
  for (const CostLine& line : plan.plan().costs) {
    if (line.kind != CostKind::tariff) continue;
    EXPECT_EQ(world.regions[line.payer.region].id, "B");
  }
}

}  // namespace
}  // namespace pinchpoint::plan
