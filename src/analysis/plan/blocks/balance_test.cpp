// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A mine in A makes up to 10 t a year at 2 USD/t; 6 t are wanted at 100 USD/t.
WorldText mine_and_user() {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local");
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "2 USD/t");
  world.facility("mine", "A", "10 t/year");
  world.programme("use", "ore", "A", "6 t/year", "100 USD/t");
  return world;
}

// 6 t at 2 USD/t; one ton more at that place would have to be mined for 2 USD.
TEST(Balance, the_dual_is_the_cost_of_one_unit_more) {
  const SolvedPlan plan = plan_of(mine_and_user());
  EXPECT_NEAR(plan.objective(), 12, 1e-9);
  EXPECT_NEAR(plan.value("activity[mine,A,firm,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.dual("balance[ore,A,2025]"), 2, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
