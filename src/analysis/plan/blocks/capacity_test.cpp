// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A mine of 10 t/year at 2 USD/t; 20 t/year are wanted at 100 USD/t.
WorldText small_mine() {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local");
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "2 USD/t");
  world.facility("mine", "A", "10 t/year").programme("use", "ore", "A", "20 t/year", "100 USD/t");
  return world;
}

// 80 % of 10 t can be made; one ton more would save 100 − 2.
TEST(Capacity, activity_stays_within_available_capacity) {
  const SolvedPlan plan = plan_of(small_mine().technology_figure("mine", "availability", "80 %"));
  EXPECT_NEAR(plan.value("activity[mine,A,firm,2025]"), 8, 1e-9);
  EXPECT_NEAR(plan.dual("capacity[mine,A,firm,2025]"), -98, 1e-9);
  EXPECT_NEAR(plan.objective(), 8 * 2 + 12 * 100, 1e-9);
}

TEST(Capacity, capacity_that_is_not_short_is_worth_nothing) {
  const SolvedPlan plan = plan_of(small_mine().change("facilities", "technology=mine", "figure=30 t/year"));
  EXPECT_NEAR(plan.dual("capacity[mine,A,firm,2025]"), 0, 1e-9);
}

// A column that stands in no row and costs nothing would only be carried along.
TEST(Capacity, what_stands_and_is_never_available_has_no_column) {
  const SolvedPlan idle = plan_of(small_mine().technology_figure("mine", "availability", "0 %"));
  EXPECT_FALSE(idle.has_column("available[mine,A,firm,2025]"));
  EXPECT_EQ(idle.value("activity[mine,A,firm,2025]"), 0);
  EXPECT_NEAR(idle.objective(), 20 * 100, 1e-9);
  WorldText may_grow = small_mine().technology_figure("mine", "availability", "0 %").option("mine", "A");
  EXPECT_TRUE(plan_of(may_grow).has_column("available[mine,A,firm,2025]"));
}

TEST(Capacity, a_quarter_makes_a_quarter_of_a_year) {
  const SolvedPlan plan = plan_of(small_mine().horizon("2025-Q1", "2025-Q4", "quarter"));
  EXPECT_NEAR(plan.value("activity[mine,A,firm,2025Q3]"), 2.5, 1e-9);
}

TEST(Capacity, ends_when_a_facility_retires) {
  WorldText world = small_mine().horizon("2025-Q1", "2025-Q4", "quarter");
  const SolvedPlan plan = plan_of(world.change("facilities", "technology=mine", "until=2025-08"));
  EXPECT_NEAR(plan.value("activity[mine,A,firm,2025Q2]"), 2.5, 1e-9);
  EXPECT_NEAR(plan.value("activity[mine,A,firm,2025Q3]"), 2.5 / 3, 1e-9) << "one month of three";
  EXPECT_NEAR(plan.value("activity[mine,A,firm,2025Q4]"), 0, 1e-9);
}

// 10 t/year at 3 USD/(t/year) a year, whether used or not.
TEST(Capacity, what_stands_costs_its_fixed_cost) {
  WorldText world = small_mine().technology_figure("mine", "fixed_cost", "3 USD/(t/year)/year");
  const SolvedPlan plan = plan_of(world.change("programme_parameters", "parameter=demand", "figure=0 t/year"));
  EXPECT_NEAR(plan.objective(), 30, 1e-9);
  EXPECT_NEAR(plan.cost(CostKind::fixed), 30, 1e-9);
}

TEST(Capacity, an_end_user_ban_stops_the_owner_and_its_subsidiaries) {
  WorldText world = small_mine().horizon("2025", "2026");
  world.row("organisations", "id=parent; kind=firm").change("organisations", "id=firm", "parent=parent");
  world.measure("rule", "ban", "ore", "end_user=parent; from=2026");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("activity[mine,A,firm,2025]"), 10, 1e-9);
  EXPECT_EQ(plan.value("activity[mine,A,firm,2026]"), 0);
}

TEST(Capacity, a_retiring_facility_sets_goods_free) {
  WorldText world = small_mine().horizon("2025", "2026").change("facilities", "technology=mine", "until=2026");
  world.commodity("scrap", "t", "trade=local").recipe("mine", "retire", "scrap", "0.3 t/(t/year)");
  world.programme("reuse", "scrap", "A", "5 t/year", "7 USD/t");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("met[reuse,2025]"), 0, 1e-9);
  EXPECT_NEAR(plan.value("met[reuse,2026]"), 0.3 * 10, 1e-9);
}

/// Wind of 1 MW that blows half by day and fully by night; a quarter of the hours is day.
WorldText wind() {
  WorldText world;
  world.regions("A").row("slices", "id=day; figure=0.25 1").row("slices", "id=night; figure=0.75 1");
  world.commodity("power", "MWh", "by_slice=yes; trade=local").technology("wind", "power", "MW");
  world.row("profiles", "technology=wind; slice=day; figure=0.5 1").facility("wind", "A", "1 MW");
  world.programme("use", "power", "A", "1 MW", "100 USD/MWh");
  return world;
}

// By day 1 MW · 0.25 · 0.5 of the year's hours can be made, by night 1 MW · 0.75.
TEST(Capacity, a_slice_has_its_share_of_hours_times_its_profile) {
  const SolvedPlan plan = plan_of(wind());
  EXPECT_NEAR(plan.entry("capacity[wind,A,firm,2025,day]", "available[wind,A,firm,2025]"), -0.125, 1e-12);
  EXPECT_NEAR(plan.entry("capacity[wind,A,firm,2025,night]", "available[wind,A,firm,2025]"), -0.75, 1e-12);
  const double hours = plan.value("available[wind,A,firm,2025]");
  EXPECT_NEAR(plan.value("unmet[use,2025,day]"), 0.125 * hours, 1e-6);
  EXPECT_NEAR(plan.value("unmet[use,2025,night]"), 0, 1e-6);
}

TEST(Capacity, the_profile_of_the_nearest_region_counts) {
  WorldText world = wind();
  world.row("profiles", "technology=wind; slice=day; region=A; figure=0.8 1");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.entry("capacity[wind,A,firm,2025,day]", "available[wind,A,firm,2025]"), -0.25 * 0.8, 1e-12);
}

/// A refinery of 10 t/year that cracks crude into petrol (2 t of crude a tonne) or into diesel (1.5 t).
WorldText refinery() {
  WorldText world;
  world.regions("A").commodity("crude", "t", "trade=local").commodity("petrol", "t", "trade=local");
  world.commodity("diesel", "t", "trade=local")
      .technology("well", "crude", "t/year")
      .facility("well", "A", "18 t/year");
  world.row("technologies", "id=refinery; activity_unit=t; capacity_unit=t/year")
      .facility("refinery", "A", "10 t/year");
  world.recipe("refinery", "input", "crude", "2 t/t", "mode=light")
      .recipe("refinery", "output", "petrol", "1 t/t", "mode=light");
  world.recipe("refinery", "input", "crude", "1.5 t/t", "mode=heavy");
  world.recipe("refinery", "output", "diesel", "1 t/t", "mode=heavy");
  world.programme("drivers", "petrol", "A", "6 t/year", "100 USD/t")
      .programme("lorries", "diesel", "A", "6 t/year", "60 USD/t");
  return world;
}

// Petrol 6 of 10 t; 6 t of crude are left for 4 t of diesel: crude and capacity run out together.
TEST(Capacity, modes_share_the_capacity) {
  const SolvedPlan plan = plan_of(refinery());
  EXPECT_NEAR(plan.value("mode_activity[refinery,A,firm,light,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.value("mode_activity[refinery,A,firm,heavy,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.objective(), 2 * 60, 1e-9);
}

TEST(Capacity, a_mode_has_its_own_cost_where_one_is_given) {
  WorldText world = refinery().technology_figure("refinery", "variable_cost", "1 USD/t");
  world.technology_figure("refinery", "variable_cost", "3 USD/t", "mode=heavy");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.objective(), 2 * 60 + 6 * 1 + 4 * 3, 1e-9);
  EXPECT_NEAR(plan.cost(CostKind::variable), 18, 1e-9);
}

// A line from A to B that loses a tenth: 9 t of 10 arrive.
TEST(Capacity, a_line_of_a_recipe_may_deliver_elsewhere) {
  WorldText world = small_mine().regions("B").change("programmes", "id=use", "region=B");
  world.row("technologies", "id=rail; activity_unit=t; capacity_unit=t/year").facility("rail", "A", "50 t/year");
  world.recipe("rail", "input", "ore", "1 t/t").recipe("rail", "output", "ore", "0.9 t/t", "at=B");
  EXPECT_NEAR(plan_of(world).value("met[use,2025]"), 9, 1e-9);
}

// 0.5 t of CO2 a tonne at 8 USD/t, of which a tenth is absorbed again: 0.4 · 8 a tonne.
TEST(Capacity, what_is_made_pays_its_penalty_and_what_is_absorbed_is_credited) {
  WorldText world = small_mine().commodity("co2", "t", "trade=local").commodity_figure("co2", "penalty", "8 USD/t");
  world.recipe("mine", "output", "co2", "0.4 t/t");
  EXPECT_NEAR(plan_of(world).cost(CostKind::penalty), 10 * 0.4 * 8, 1e-9);
  world.change("recipes", "commodity=co2", "figure=-0.1 t/t").change("commodities", "id=co2", "disposal=counted");
  EXPECT_NEAR(plan_of(world).cost(CostKind::penalty), -10 * 0.1 * 8, 1e-9);
}

// Activity of a technology that is not by slice is spread over the slices by their weights.
TEST(Capacity, an_annual_technology_serves_all_slices_alike) {
  WorldText world = wind().change("technologies", "id=wind", "by_slice=no");
  const SolvedPlan plan = plan_of(world);
  const double hours = plan.value("available[wind,A,firm,2025]");
  EXPECT_NEAR(plan.entry("capacity[wind,A,firm,2025]", "available[wind,A,firm,2025]"), -(0.25 * 0.5 + 0.75), 1e-12);
  EXPECT_NEAR(plan.value("met[use,2025,day]"), 0.25 * 0.875 * hours, 1e-6 * hours);
}

}  // namespace
}  // namespace pinchpoint::plan
