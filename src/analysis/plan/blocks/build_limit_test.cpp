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
  world.regions("A").commodity("ore", "t", "trade=local").technology("mine", "ore", "t/year");
  world.technology_figure("mine", "capex", "10 USD/(t/year)").technology_figure("mine", "lifetime", "1 year");
  world.programme("use", "ore", "A", "10 t/year", "100 USD/t");
  return world;
}

// 4 t for 10 USD each, 6 short. One t/year more would cost 10 and save 100.
TEST(BuildLimit, orders_stay_within_the_limit) {
  const SolvedPlan plan = plan_of(mine_to_build().option("mine", "A", "figure=4 t/year"));
  EXPECT_NEAR(plan.value("order[mine,A,firm,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.objective(), 4 * 10 + 6 * 100, 1e-9);
  EXPECT_NEAR(plan.dual("build_limit[mine,A,firm,2025]"), -90, 1e-9);
}

TEST(BuildLimit, an_option_without_limit_has_no_row) {
  const SolvedPlan plan = plan_of(mine_to_build().option("mine", "A"));
  EXPECT_FALSE(plan.has_row("build_limit[mine,A,firm,2025]"));
  EXPECT_NEAR(plan.objective(), 10 * 10, 1e-9);
}

// 4 t/year over all three years; 3 more may be ordered from 2027 on. A row stands before each rise and at the end.
TEST(BuildLimit, limits_add_up_as_windows_open) {
  WorldText world = mine_to_build().horizon("2025", "2027").option("mine", "A", "figure=4 t/year");
  const SolvedPlan plan = plan_of(world.option("mine", "A", "figure=3 t/year; from=2027"));
  EXPECT_FALSE(plan.has_row("build_limit[mine,A,firm,2025]"));
  EXPECT_EQ(plan.row_upper("build_limit[mine,A,firm,2026]"), 4);
  EXPECT_EQ(plan.row_upper("build_limit[mine,A,firm,2027]"), 7);
  EXPECT_EQ(plan.entry("build_limit[mine,A,firm,2026]", "order[mine,A,firm,2027]"), 0);
  EXPECT_NEAR(plan.objective(), 7 * 10 + (30 - 7) * 100, 1e-9);
}

TEST(BuildLimit, announced_capacity_may_be_ordered_up_to_its_amount) {
  WorldText world = mine_to_build().horizon("2025", "2026").technology_figure("mine", "build_time", "1 year");
  const SolvedPlan plan = plan_of(world.facility("mine", "A", "4 t/year", "status=announced; from=2026"));
  EXPECT_NEAR(plan.value("order[mine,A,firm,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.value("available[mine,A,firm,2026]"), 4, 1e-9);
}

TEST(BuildLimit, whole_blocks_count_with_their_size) {
  WorldText world = mine_to_build().option("mine", "A", "figure=7 t/year");
  const SolvedPlan plan = plan_of(world.technology_figure("mine", "block", "3 t/year"));
  EXPECT_EQ(plan.entry("build_limit[mine,A,firm,2025]", "block_order[mine,A,firm,2025]"), 3);
  EXPECT_NEAR(plan.value("block_order[mine,A,firm,2025]"), 2, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
