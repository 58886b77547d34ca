// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A mine in A at 2 USD/t; 6 t wanted in B at 100 USD/t; import costs 3 USD/t.
WorldText maker_and_user() {
  WorldText world;
  world.regions("A B C").commodity("ore", "t").commodity_figure("ore", "transport_cost", "3 USD/t");
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "2 USD/t");
  world.facility("mine", "A", "10 t/year").programme("use", "ore", "B", "6 t/year", "100 USD/t");
  return world;
}

// 6 t at 2 + 3 USD/t. In the pool a ton costs what mining costs, in B transport besides.
TEST(Market, the_dual_is_the_price_in_the_pool) {
  const SolvedPlan plan = plan_of(maker_and_user());
  EXPECT_NEAR(plan.objective(), 30, 1e-9);
  EXPECT_NEAR(plan.value("export[ore,A,ore/market,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.value("import[ore,B,ore/market,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.dual("market[ore/market,2025]"), 2, 1e-9);
  EXPECT_NEAR(plan.dual("balance[ore,B,2025]"), 5, 1e-9);
}

TEST(Market, a_ban_has_no_column) {
  WorldText world = maker_and_user();
  world.programme("use-in-c", "ore", "C", "1 t/year", "100 USD/t");
  world.measure("rule", "ban", "ore", "origin=A; destination=B");
  const SolvedPlan plan = plan_of(world);
  EXPECT_FALSE(plan.has_column("import[ore,B,ore/market,2025]"));
  EXPECT_TRUE(plan.has_column("import[ore,C,ore/market,2025]"));
  EXPECT_NEAR(plan.value("unmet[use,2025]"), 6, 1e-9);
}

TEST(Market, a_ban_holds_from_its_date) {
  WorldText world = maker_and_user().horizon("2025", "2026");
  world.measure("rule", "ban", "ore", "origin=A; destination=B; from=2026");
  const SolvedPlan plan = plan_of(world);
  EXPECT_TRUE(plan.has_column("import[ore,B,ore/market,2025]"));
  EXPECT_FALSE(plan.has_column("import[ore,B,ore/market,2026]"));
}

// Only C's goods are kept out of B, so A stays in a class of its own that B may buy from.
TEST(Market, origins_that_rules_treat_differently_have_pools_of_their_own) {
  WorldText world = maker_and_user();
  world.facility("mine", "C", "10 t/year").measure("rule", "ban", "ore", "origin=C; destination=B");
  const SolvedPlan plan = plan_of(world);
  EXPECT_TRUE(plan.has_column("export[ore,A,ore/market-1,2025]"));
  EXPECT_TRUE(plan.has_column("export[ore,C,ore/market-2,2025]"));
  EXPECT_TRUE(plan.has_column("import[ore,B,ore/market-1,2025]"));
  EXPECT_FALSE(plan.has_column("import[ore,B,ore/market-2,2025]"));
}

// 0.4 years on the way: of what leaves in a year, 0.6 arrives in it and 0.4 in the next.
TEST(Market, transit_splits_a_shipment_over_two_periods) {
  WorldText world = maker_and_user().horizon("2025", "2026");
  world.commodity_figure("ore", "transit_time", "0.4 years");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.entry("balance[ore,B,2025]", "import[ore,B,ore/market,2025]"), 0.6, 1e-9);
  EXPECT_NEAR(plan.entry("balance[ore,B,2026]", "import[ore,B,ore/market,2025]"), 0.4, 1e-9);
  EXPECT_NEAR(plan.entry("balance[ore,B,2026]", "import[ore,B,ore/market,2026]"), 0.6, 1e-9);
}

// Leaving in 2025 and 18 months on the way: nothing can arrive before 2026, and then only half of it.
TEST(Market, nothing_arrives_before_its_transit_time) {
  WorldText world = maker_and_user().horizon("2025", "2026");
  world.commodity_figure("ore", "transit_time", "18 months");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("unmet[use,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.value("unmet[use,2026]"), 6 - 0.5 * 10, 1e-9);
  EXPECT_NEAR(plan.value("import[ore,B,ore/market,2025]"), 10, 1e-9);
}

// Goods of trade `country` reach the other site of country A at no cost, and never B.
TEST(Market, country_goods_stay_in_their_country) {
  WorldText world = maker_and_user();
  world.row("regions", "id=a1; kind=site; parent=A").row("regions", "id=a2; kind=site; parent=A");
  world.change("commodities", "id=ore", "trade=country").change("facilities", "region=A", "region=a1");
  world.programme("use-in-a2", "ore", "a2", "4 t/year", "100 USD/t");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("import[ore,a2,ore/A,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.value("unmet[use,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.objective(), 4 * 2 + 6 * 100, 1e-9);
}

/// Three makers and three users, where `open` says how goods get from one to the other.
WorldText six_places() {
  WorldText world;
  world.regions("A B C D E F").commodity("ore", "t").technology("mine", "ore", "t/year");
  for (const char* const maker : {"A", "B", "C"}) world.facility("mine", maker, "5 t/year");
  world.technology_figure("mine", "variable_cost", "2 USD/t", "region=A");
  world.technology_figure("mine", "variable_cost", "4 USD/t", "region=B");
  world.technology_figure("mine", "variable_cost", "7 USD/t", "region=C");
  world.programme("d", "ore", "D", "4 t/year", "20 USD/t").programme("e", "ore", "E", "6 t/year", "9 USD/t");
  world.programme("f", "ore", "F", "8 t/year", "15 USD/t");
  return world;
}

// Cost depends on the destination alone, so one import column a destination says as much as a lane a pair.
TEST(Market, pooling_is_exact_where_cost_depends_on_the_destination_alone) {
  WorldText pooled = six_places();
  WorldText lanes = six_places().change("commodities", "id=ore", "trade=lanes");
  const std::map<std::string, std::string> cost_to = {{"D", "1 USD/t"}, {"E", "2 USD/t"}, {"F", "3 USD/t"}};
  for (const auto& [user, cost] : cost_to) {
    pooled.commodity_figure("ore", "transport_cost", cost, "region=" + user);
    for (const char* const maker : {"A", "B", "C"}) {
      const std::string id = std::string(maker) + "-" + user;
      lanes.lane(id, "ore", maker, user).lane_figure(id, "cost", cost);
    }
  }
  EXPECT_NEAR(plan_of(pooled).objective(), plan_of(lanes).objective(), 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
