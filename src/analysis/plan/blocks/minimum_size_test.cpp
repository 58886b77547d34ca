// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::relaxed_plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// Mines of one year's life; 2 t are wanted at 100 USD/t; no order is smaller than 5 t/year.
WorldText large_mine(const char* capex) {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local").technology("mine", "ore", "t/year");
  world.technology_figure("mine", "capex", capex).technology_figure("mine", "lifetime", "1 year");
  world.technology_figure("mine", "minimum_size", "5 t/year").option("mine", "A", "figure=20 t/year");
  world.programme("use", "ore", "A", "2 t/year", "100 USD/t");
  return world;
}

/// 6 t are wanted at 100 USD/t; mines of one year's life at 10 USD per t/year come in blocks of 4 t/year.
WorldText mine_in_blocks() {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local").technology("mine", "ore", "t/year").option("mine", "A");
  world.technology_figure("mine", "capex", "10 USD/(t/year)").technology_figure("mine", "lifetime", "1 year");
  world.technology_figure("mine", "block", "4 t/year").programme("use", "ore", "A", "6 t/year", "100 USD/t");
  return world;
}

// 5 t/year for 150 USD serve what is worth 200.
TEST(MinimumSize, an_order_is_at_least_the_smallest) {
  const SolvedPlan plan = plan_of(large_mine("30 USD/(t/year)"));
  EXPECT_NEAR(plan.value("order[mine,A,firm,2025]"), 5, 1e-9);
  EXPECT_NEAR(plan.value("order_open[mine,A,firm,2025]"), 1, 1e-9);
  EXPECT_NEAR(plan.objective(), 150, 1e-9);
}

// 5 t/year for 250 USD would serve what is worth 200.
TEST(MinimumSize, or_there_is_no_order) {
  const SolvedPlan plan = plan_of(large_mine("50 USD/(t/year)"));
  EXPECT_NEAR(plan.value("order[mine,A,firm,2025]"), 0, 1e-9);
  EXPECT_NEAR(plan.objective(), 200, 1e-9);
}

// Without integers 2 t/year are bought as two fifths of the smallest order.
TEST(MinimumSize, the_relaxation_is_a_lower_bound) {
  const SolvedPlan relaxed = relaxed_plan_of(large_mine("50 USD/(t/year)"));
  EXPECT_NEAR(relaxed.objective(), 100, 1e-9);
  EXPECT_NEAR(relaxed.value("order_open[mine,A,firm,2025]"), 0.4, 0.4 + 1e-9);
}

TEST(MinimumSize, the_limit_ties_the_order_to_the_decision) {
  const SolvedPlan plan = plan_of(large_mine("30 USD/(t/year)"));
  EXPECT_EQ(plan.entry("minimum_size[mine,A,firm,2025]", "order_open[mine,A,firm,2025]"), -5);
  EXPECT_EQ(plan.entry("maximum_size[mine,A,firm,2025]", "order_open[mine,A,firm,2025]"), -20);
}

// Two blocks for 80 USD; one would cost 40 and leave 2 t short for 200.
TEST(MinimumSize, orders_come_in_whole_blocks) {
  const SolvedPlan plan = plan_of(mine_in_blocks());
  EXPECT_NEAR(plan.value("block_order[mine,A,firm,2025]"), 2, 1e-9);
  EXPECT_NEAR(plan.objective(), 80, 1e-9);
  EXPECT_TRUE(plan.plan().certificate.is_mip);
}

TEST(MinimumSize, a_part_of_a_block_may_be_bought_in_the_relaxation) {
  const SolvedPlan plan = relaxed_plan_of(mine_in_blocks());
  EXPECT_NEAR(plan.value("block_order[mine,A,firm,2025]"), 1.5, 1e-9);
  EXPECT_NEAR(plan.objective(), 60, 1e-9);
}

// Nothing less than 5 t/year, in blocks of 4: two blocks.
TEST(MinimumSize, holds_for_blocks_too) {
  WorldText world = mine_in_blocks().change("programme_parameters", "parameter=demand", "figure=3 t/year");
  world.technology_figure("mine", "minimum_size", "5 t/year").change("options", "technology=mine", "figure=40 t/year");
  EXPECT_NEAR(plan_of(world).value("block_order[mine,A,firm,2025]"), 2, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
