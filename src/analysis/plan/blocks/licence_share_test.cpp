// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A makes 10 t/year and wants 3 t itself at 100 USD/t; B wants 10 t at 200 USD/t; half of what A makes may leave it.
WorldText half_may_leave() {
  WorldText world;
  world.regions("A B").commodity("ore", "t").technology("mine", "ore", "t/year").facility("mine", "A", "10 t/year");
  world.technology_figure("mine", "variable_cost", "2 USD/t");
  world.programme("at-home", "ore", "A", "3 t/year", "100 USD/t")
      .programme("abroad", "ore", "B", "10 t/year", "200 USD/t");
  world.measure("rule", "licence_share", "ore", "origin=A; figure=50 %");
  return world;
}

// A makes all it can, 10 t, to be allowed to send 5; 2 t are left over. A licence for one ton more is worth 200 USD.
TEST(LicenceShare, limits_exports_to_a_share_of_what_is_made) {
  const SolvedPlan plan = plan_of(half_may_leave());
  EXPECT_NEAR(plan.value("import[ore,B,ore/market,2025]"), 5, 1e-9);
  EXPECT_NEAR(plan.objective(), 10 * 2 + 5 * 200, 1e-9);
  EXPECT_NEAR(plan.dual("licence_share[rule,2025]"), -200, 1e-9);
}

TEST(LicenceShare, a_full_share_does_not_bind) {
  const SolvedPlan plan = plan_of(half_may_leave().change("measures", "id=rule", "figure=1 1"));
  EXPECT_NEAR(plan.value("import[ore,B,ore/market,2025]"), 10, 1e-9);
  EXPECT_NEAR(plan.objective(), 10 * 2 + 3 * 100, 1e-9);
}

// What is mined in C counts neither as made by A nor as leaving A.
TEST(LicenceShare, other_origins_do_not_count) {
  WorldText world = half_may_leave().regions("C").facility("mine", "C", "4 t/year");
  const SolvedPlan plan = plan_of(world);
  EXPECT_EQ(plan.entry("licence_share[rule,2025]", "activity[mine,C,firm,2025]"), 0);
  EXPECT_EQ(plan.entry("licence_share[rule,2025]", "activity[mine,A,firm,2025]"), -0.5);
  EXPECT_NEAR(plan.value("unmet[abroad,2025]"), 10 - 5 - 4, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
