// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// Mines may be built for nothing but grow by at most 20 % a year; far more ore is wanted, at 100 USD/t.
WorldText growing_mine() {
  WorldText world;
  world.horizon("2025", "2027").regions("A").commodity("ore", "t", "trade=local").technology("mine", "ore", "t/year");
  world.technology_figure("mine", "growth_limit", "20 %/year").option("mine", "A");
  world.programme("use", "ore", "A", "1000 t/year", "100 USD/t");
  return world;
}

TEST(Growth, capacity_grows_by_no_more_than_its_limit) {
  const SolvedPlan plan = plan_of(growing_mine().facility("mine", "A", "10 t/year"));
  EXPECT_NEAR(plan.value("available[mine,A,firm,2025]"), 12, 1e-9);
  EXPECT_NEAR(plan.value("available[mine,A,firm,2026]"), 14.4, 1e-9);
  EXPECT_NEAR(plan.value("available[mine,A,firm,2027]"), 17.28, 1e-9);
  EXPECT_NEAR(plan.dual("growth[mine,A,firm,2027]"), -100, 1e-9) << "one t/year more in the last year";
}

TEST(Growth, nothing_grows_from_nothing_without_a_seed) {
  const SolvedPlan plan = plan_of(growing_mine());
  EXPECT_NEAR(plan.value("available[mine,A,firm,2027]"), 0, 1e-9);
}

// 2, then 2·1.2 + 2 = 4.4, then 4.4·1.2 + 2 = 7.28
TEST(Growth, a_seed_adds_to_growth_every_year) {
  const SolvedPlan plan = plan_of(growing_mine().technology_figure("mine", "growth_seed", "2 t/year/year"));
  EXPECT_NEAR(plan.value("available[mine,A,firm,2025]"), 2, 1e-9);
  EXPECT_NEAR(plan.value("available[mine,A,firm,2026]"), 4.4, 1e-9);
  EXPECT_NEAR(plan.value("available[mine,A,firm,2027]"), 7.28, 1e-9);
}

TEST(Growth, a_yearly_limit_is_compounded_over_quarters) {
  const SolvedPlan plan =
      plan_of(growing_mine().horizon("2025-Q1", "2025-Q2", "quarter").facility("mine", "A", "10 t/year"));
  EXPECT_NEAR(plan.entry("growth[mine,A,firm,2025Q2]", "available[mine,A,firm,2025Q1]"), -std::pow(1.2, 0.25), 1e-12);
}

// 10 stand, 30 from 2026 on: of those 20, 18 are beyond 20 % growth and are free of the limit: 1.2·12 + 18 = 32.4
TEST(Growth, what_is_committed_is_not_held_back) {
  WorldText world = growing_mine().facility("mine", "A", "10 t/year");
  world.facility("mine", "A", "20 t/year", "status=committed; from=2026");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("available[mine,A,firm,2026]"), 32.4, 1e-9);
}

TEST(Growth, a_technology_without_limit_has_no_row) {
  WorldText world = growing_mine().remove("technology_parameters", "parameter=growth_limit");
  EXPECT_FALSE(plan_of(world).has_row("growth[mine,A,firm,2025]"));
}

}  // namespace
}  // namespace pinchpoint::plan
