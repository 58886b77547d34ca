// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A ton of metal takes 3 t of ore at 1 USD/t or 2 t of scrap at 4 USD/t; 5 t of metal are wanted.
WorldText two_feeds() {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local").commodity("scrap", "t", "trade=local");
  world.commodity("metal", "t", "trade=local");
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "1 USD/t");
  world.technology("yard", "scrap", "t/year").technology_figure("yard", "variable_cost", "4 USD/t");
  world.technology("smelter", "metal", "t/year").recipe("smelter", "input", "ore", "3 t/t", "group=feed");
  world.recipe("smelter", "input", "scrap", "2 t/t", "group=feed");
  world.facility("mine", "A", "100 t/year").facility("yard", "A", "100 t/year").facility("smelter", "A", "9 t/year");
  world.programme("use", "metal", "A", "5 t/year", "100 USD/t");
  return world;
}

// By ore a ton of metal costs 3 USD, by scrap 8 USD.
TEST(Substitution, the_cheapest_input_is_used) {
  const SolvedPlan plan = plan_of(two_feeds());
  EXPECT_NEAR(plan.objective(), 5 * 3, 1e-9);
  EXPECT_NEAR(plan.value("choice[smelter,A,firm,ore,2025]"), 5, 1e-9);
  EXPECT_NEAR(plan.value("choice[smelter,A,firm,scrap,2025]"), 0, 1e-9);
  EXPECT_NEAR(plan.dual("substitution[smelter,A,firm,feed,2025]"), 3, 1e-9);
}

// 6 t of ore make 2 t of metal; the other 3 t take scrap, which sets the group's cost to 8 USD.
TEST(Substitution, inputs_mix_where_one_is_short) {
  const SolvedPlan plan = plan_of(two_feeds().change("facilities", "technology=mine", "figure=6 t/year"));
  EXPECT_NEAR(plan.value("choice[smelter,A,firm,ore,2025]"), 2, 1e-9);
  EXPECT_NEAR(plan.value("choice[smelter,A,firm,scrap,2025]"), 3, 1e-9);
  EXPECT_NEAR(plan.objective(), 2 * 3 + 3 * 8, 1e-9);
  EXPECT_NEAR(plan.dual("substitution[smelter,A,firm,feed,2025]"), 8, 1e-9);
}

TEST(Substitution, an_input_is_no_choice_before_its_date) {
  WorldText world = two_feeds().horizon("2025", "2026").change("recipes", "commodity=ore", "from=2026");
  const SolvedPlan plan = plan_of(world);
  EXPECT_FALSE(plan.has_column("choice[smelter,A,firm,ore,2025]"));
  EXPECT_NEAR(plan.objective(), 5 * 8 + 5 * 3, 1e-9);
}

TEST(Substitution, inputs_of_different_groups_are_all_needed) {
  WorldText world = two_feeds().change("recipes", "commodity=scrap", "group=flux");
  EXPECT_NEAR(plan_of(world).objective(), 5 * (3 + 8), 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
