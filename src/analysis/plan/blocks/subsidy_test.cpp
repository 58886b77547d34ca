// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// Mines of one year's life at 40 USD per t/year may be built in A and, at 30, in B; C wants 6 t/year at 100 USD/t.
WorldText two_sites() {
  WorldText world;
  world.regions("A B C")
      .commodity("ore", "t")
      .technology("mine", "ore", "t/year")
      .option("mine", "A")
      .option("mine", "B");
  world.technology_figure("mine", "capex", "40 USD/(t/year)").technology_figure("mine", "lifetime", "1 year");
  world.technology_figure("mine", "capex", "30 USD/(t/year)", "region=B");
  world.programme("use", "ore", "C", "6 t/year", "100 USD/t");
  return world;
}

// Half of 40 is less than 30: what is built moves to A.
TEST(Subsidy, a_share_of_capital_spending_moves_building) {
  const SolvedPlan plan = plan_of(two_sites().measure("grant", "subsidy", "ore", "destination=A; figure=50 %"));
  EXPECT_NEAR(plan.value("order[mine,A,firm,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.objective(), 6 * 20, 1e-9);
  EXPECT_NEAR(plan.cost(CostKind::capital), 6 * 40, 1e-9);
  EXPECT_NEAR(plan.cost(CostKind::subsidy), -6 * 20, 1e-9);
}

TEST(Subsidy, money_per_unit_made_lowers_its_cost) {
  const SolvedPlan plan = plan_of(two_sites().measure("credit", "subsidy", "ore", "destination=B; figure=3 USD/t"));
  EXPECT_NEAR(plan.objective(), 6 * (30 - 3), 1e-9);
  EXPECT_NEAR(plan.cost(CostKind::subsidy), -6 * 3, 1e-9);
}

TEST(Subsidy, without_destination_supports_every_maker) {
  EXPECT_NEAR(plan_of(two_sites().measure("credit", "subsidy", "ore", "figure=3 USD/t")).objective(), 6 * 27, 1e-9);
}

// 15 USD per t/year leave the purse after half is granted, so 75 USD buy 5 t/year and not 2.5.
TEST(Subsidy, stretches_a_budget) {
  WorldText world = two_sites().measure("grant", "subsidy", "ore", "destination=B; figure=50 %").budget("75 USD/year");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("order[mine,B,firm,2025]"), 5, 1e-9);
}

// By the date of order: what is ordered in 2025 is paid in full.
TEST(Subsidy, a_grant_is_for_orders_while_it_is_in_force) {
  WorldText world = two_sites().horizon("2025", "2026").remove("options", "region=A");
  const SolvedPlan plan = plan_of(world.measure("grant", "subsidy", "ore", "destination=B; figure=50 %; from=2026"));
  EXPECT_NEAR(plan.objective(), 6 * 30 + 6 * 15, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
