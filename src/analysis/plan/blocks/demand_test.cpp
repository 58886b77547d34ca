// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// 6 t/year of ore wanted in A at 100 USD/t; nobody makes any.
WorldText nobody_makes_it() {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local").programme("use", "ore", "A", "6 t/year", "100 USD/t");
  return world;
}

// 6 t short at 100 USD/t; asking for one more costs 100.
TEST(Demand, shortage_is_priced) {
  const SolvedPlan plan = plan_of(nobody_makes_it());
  EXPECT_NEAR(plan.objective(), 600, 1e-9);
  EXPECT_NEAR(plan.value("unmet[use,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.dual("demand[use,2025]"), 100, 1e-9);
  EXPECT_NEAR(plan.cost(CostKind::shortage), 600, 1e-9);
}

// 30 USD/t to make is less than 100 to be short of. What is asked bounds `met` too, so its reduced cost belongs to the
// cost of asking for one unit more.
TEST(Demand, serving_one_unit_more_costs_what_making_it_costs) {
  WorldText world = nobody_makes_it().technology("mine", "ore", "t/year").facility("mine", "A", "9 t/year");
  const SolvedPlan plan = plan_of(world.technology_figure("mine", "variable_cost", "30 USD/t"));
  EXPECT_NEAR(plan.value("met[use,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.dual("demand[use,2025]") + plan.reduced_cost("met[use,2025]"), 30, 1e-9);
}

// 130 USD/t to make is more: nothing is made.
TEST(Demand, what_costs_more_than_its_value_is_not_made) {
  WorldText world = nobody_makes_it().technology("mine", "ore", "t/year").facility("mine", "A", "9 t/year");
  const SolvedPlan plan = plan_of(world.technology_figure("mine", "variable_cost", "130 USD/t"));
  EXPECT_NEAR(plan.value("met[use,2025]"), 0, 1e-9);
}

// From 0 to 16 t/year over the year: 2, 6, 10 and 14 t/year on average, for a quarter each.
TEST(Demand, a_linear_path_is_averaged_over_each_period) {
  WorldText world = nobody_makes_it().horizon("2025-Q1", "2026-Q1", "quarter");
  world.change("programme_parameters", "parameter=demand", "figure=0 t/year; from=2025; path=linear");
  const SolvedPlan plan = plan_of(world.programme_figure("use", "demand", "16 t/year", "from=2026"));
  EXPECT_NEAR(plan.row_lower("demand[use,2025Q1]"), 0.5, 1e-9);
  EXPECT_NEAR(plan.row_lower("demand[use,2025Q2]"), 1.5, 1e-9);
  EXPECT_NEAR(plan.row_lower("demand[use,2025Q3]"), 2.5, 1e-9);
  EXPECT_NEAR(plan.row_lower("demand[use,2025Q4]"), 3.5, 1e-9);
  EXPECT_NEAR(plan.row_lower("demand[use,2026Q1]"), 4, 1e-9);
}

TEST(Demand, a_period_in_which_nothing_is_asked_has_no_row) {
  WorldText world = nobody_makes_it().horizon("2025", "2026");
  world.change("programme_parameters", "parameter=demand", "from=2026");
  EXPECT_FALSE(plan_of(world).has_row("demand[use,2025]"));
}

// Money counts as if paid in the middle of its period: 600 in mid-2025 and 600 in mid-2026.
TEST(Demand, later_shortage_counts_less) {
  const SolvedPlan plan = plan_of(nobody_makes_it().horizon("2025", "2026").money(0.1));
  EXPECT_NEAR(plan.objective(), 600 * (std::pow(1.1, -0.5) + std::pow(1.1, -1.5)), 1e-9);
  EXPECT_NEAR(plan.dual("demand[use,2026]"), 100 * std::pow(1.1, -1.5), 1e-9);
}

TEST(Demand, the_value_may_change_on_a_date) {
  WorldText world = nobody_makes_it().horizon("2025", "2026");
  EXPECT_NEAR(plan_of(world.programme_figure("use", "value", "40 USD/t", "from=2026")).objective(), 6 * 140, 1e-9);
}

// Half of the hours are day, when 1.4 times the average is asked; by night 0.6 times.
TEST(Demand, a_profile_shapes_demand_over_slices) {
  WorldText world = nobody_makes_it().change("commodities", "id=ore", "by_slice=yes");
  world.row("slices", "id=day; figure=0.5 1").row("slices", "id=night; figure=0.5 1");
  world.row("profiles", "programme=use; slice=day; figure=1.4 1")
      .row("profiles", "programme=use; slice=night; figure=0.6 1");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.row_lower("demand[use,2025,day]"), 6 * 0.5 * 1.4, 1e-9);
  EXPECT_NEAR(plan.row_lower("demand[use,2025,night]"), 6 * 0.5 * 0.6, 1e-9);
  EXPECT_NEAR(plan.objective(), 600, 1e-9);
}

// Ore at 150 USD/t is dearer than any value would be; without a value it is bought all the same.
TEST(Demand, without_a_value_must_be_met) {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local").technology("mine", "ore", "t/year");
  world.technology_figure("mine", "variable_cost", "150 USD/t").facility("mine", "A", "10 t/year");
  world.programme("use", "ore", "A", "8 t/year", "100 USD/t").remove("programme_parameters", "parameter=value");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.objective(), 8 * 150, 1e-9);
  EXPECT_NEAR(plan.dual("demand[use,2025]"), 150, 1e-9);
}

// Solar by day only; asked for over the year in any slice, the day serves all of it.
TEST(Demand, of_free_timing_is_met_in_the_slices_that_suit) {
  WorldText world;
  world.regions("A").row("slices", "id=day; figure=0.5 1").row("slices", "id=night; figure=0.5 1");
  world.commodity("power", "MWh", "by_slice=yes; trade=local").technology("solar", "power", "MWh/year");
  world.row("profiles", "technology=solar; slice=night; figure=0 1").facility("solar", "A", "20 MWh/year");
  world.programme("use", "power", "A", "8 MWh/year", "100 USD/MWh").change("programmes", "id=use", "timing=any");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.objective(), 0, 1e-9);
  EXPECT_NEAR(plan.value("met[use,2025,day]"), 8, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
