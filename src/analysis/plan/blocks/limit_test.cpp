// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::world_of;
using test_support::WorldText;

/// Coal power at 10 USD/MWh and wind power at 30, 10 MWh/year of each in A, where 12 MWh/year are worth 100 USD/MWh.
/// Coal makes a ton of co2 a MWh. Without limits coal makes 10 and wind 2.
WorldText coal_and_wind() {
  WorldText world;
  world.regions("A B").commodity("power", "MWh", "trade=local").commodity("co2", "t", "trade=local");
  world.technology("coal", "power", "MWh/year").technology_figure("coal", "variable_cost", "10 USD/MWh");
  world.technology("wind", "power", "MWh/year").technology_figure("wind", "variable_cost", "30 USD/MWh");
  world.recipe("coal", "output", "co2", "1 t/MWh");
  world.facility("coal", "A", "10 MWh/year").facility("wind", "A", "10 MWh/year");
  return world.programme("use", "power", "A", "12 MWh/year", "100 USD/MWh");
}

/// Adds a limit `rule`; `limit` is "at_most period", `value` a figure with more cells.
WorldText ruled(WorldText world, const std::string& sense, const std::string& per, const std::string& value,
                std::initializer_list<std::string> terms) {
  world.row("limits", "id=rule; sense=" + sense + "; per=" + per);
  world.row("limit_values", "limit=rule; figure=" + value);
  for (const std::string& term : terms) world.row("limit_terms", "limit=rule; " + term);
  return world;
}

// Coal makes 4 t of co2 and 4 MWh, wind the other 8: a ton more saves 20 USD.
TEST(Limit, an_emission_limit_holds_back_what_emits) {
  const SolvedPlan plan =
      plan_of(ruled(coal_and_wind(), "at_most", "period", "4 t/year", {"what=made; commodity=co2; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.value("activity[wind,A,firm,2025]"), 8, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), -20, 1e-9);
}

TEST(Limit, an_emission_limit_that_is_wide_enough_changes_nothing) {
  const SolvedPlan plan =
      plan_of(ruled(coal_and_wind(), "at_most", "period", "11 t/year", {"what=made; commodity=co2; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 10, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), 0, 1e-9);
}

// The row is in the unit of its value: 4000 kg/year, and a kilogram more saves a thousandth of 20 USD.
TEST(Limit, a_row_is_in_the_unit_of_its_value) {
  const SolvedPlan plan =
      plan_of(ruled(coal_and_wind(), "at_most", "period", "4000 kg/year", {"what=made; commodity=co2; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), -0.02, 1e-12);
}

TEST(Limit, a_quarter_has_a_quarter_of_a_yearly_rate) {
  WorldText world = coal_and_wind().horizon("2025-Q1", "2025-Q2", "quarter");
  const SolvedPlan plan =
      plan_of(ruled(world, "at_most", "period", "4 t/year", {"what=made; commodity=co2; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025Q2]"), 1, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025Q2]"), -20 * 0.25, 1e-9);
}

TEST(Limit, over_the_horizon_amounts_add_up) {
  WorldText world = coal_and_wind().horizon("2025-Q1", "2026-Q4", "quarter");
  const SolvedPlan plan = plan_of(ruled(world, "at_most", "horizon", "6 t", {"what=made; commodity=co2; figure=1 1"}));
  EXPECT_NEAR(plan.activity("limit[rule]"), 6, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule]"), -20, 1e-9);
}

// Only 2026 counts: 10 MWh in 2025, 6 in 2026.
TEST(Limit, over_the_horizon_only_periods_that_its_value_covers_count) {
  WorldText world = coal_and_wind().horizon("2025", "2026");
  const SolvedPlan plan =
      plan_of(ruled(world, "at_most", "horizon", "6 t; from=2026", {"what=made; commodity=co2; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 10, 1e-9);
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2026]"), 6, 1e-9);
}

TEST(Limit, what_a_technology_makes_first_is_made_at_one) {
  const SolvedPlan plan =
      plan_of(ruled(coal_and_wind(), "at_most", "period", "3 MWh/year", {"what=made; technology=coal; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 3, 1e-9);
}

/// Coal power needs half a ton of fuel a MWh, of which there is enough.
WorldText with_fuel() {
  WorldText world = coal_and_wind().commodity("fuel", "t", "trade=local").technology("pit", "fuel", "t/year");
  return world.facility("pit", "A", "100 t/year").recipe("coal", "input", "fuel", "0.5 t/MWh");
}

// 2 t of fuel are 4 MWh.
TEST(Limit, what_is_used_is_limited) {
  const SolvedPlan plan =
      plan_of(ruled(with_fuel(), "at_most", "period", "2 t/year", {"what=used; commodity=fuel; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), -40, 1e-9);
}

TEST(Limit, a_use_that_is_low_enough_is_not_limited) {
  const SolvedPlan plan =
      plan_of(ruled(with_fuel(), "at_most", "period", "5.5 t/year", {"what=used; commodity=fuel; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 10, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), 0, 1e-9);
}

// Of fuel or twice as much peat, peat makes what the limit on fuel leaves: 2 t of fuel for 4 MWh, 6 t of peat for 6.
TEST(Limit, substitutes_count_where_they_are_used) {
  WorldText world = with_fuel().commodity("peat", "t", "trade=local").technology("bog", "peat", "t/year");
  world.facility("bog", "A", "100 t/year").technology_figure("bog", "variable_cost", "1 USD/t");
  world.change("recipes", "commodity=fuel", "group=feed").recipe("coal", "input", "peat", "1 t/MWh", "group=feed");
  const SolvedPlan plan =
      plan_of(ruled(world, "at_most", "period", "2 t/year", {"what=used; commodity=fuel; figure=1 1"}));
  EXPECT_NEAR(plan.value("choice[coal,A,firm,fuel,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.value("choice[coal,A,firm,peat,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), -2, 1e-9) << "a ton of fuel saves two of peat";
}

TEST(Limit, a_least_activity_must_run) {
  const SolvedPlan plan = plan_of(
      ruled(coal_and_wind(), "at_least", "period", "5 MWh/year", {"what=activity; technology=wind; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[wind,A,firm,2025]"), 5, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), 20, 1e-9);
}

TEST(Limit, a_least_activity_that_runs_anyway_costs_nothing) {
  const SolvedPlan plan = plan_of(
      ruled(coal_and_wind(), "at_least", "period", "1 MWh/year", {"what=activity; technology=wind; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[wind,A,firm,2025]"), 2, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), 0, 1e-9);
}

// Half of what is met must be wind: 6 of 12 MWh.
TEST(Limit, a_share_of_what_is_met_must_be_renewable) {
  const SolvedPlan plan = plan_of(
      ruled(coal_and_wind(), "at_least", "period", "0 MWh/year",
            {"what=made; technology=wind; commodity=power; figure=1 1", "what=met; programme=use; figure=-50 %"}));
  EXPECT_NEAR(plan.value("activity[wind,A,firm,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), 20, 1e-9);
}

TEST(Limit, a_share_that_is_reached_anyway_costs_nothing) {
  const SolvedPlan plan = plan_of(ruled(coal_and_wind(), "at_least", "period", "0 MWh/year",
                                        {"what=made; technology=wind; commodity=power; figure=1 1",
                                         "what=met; commodity=power; region=A; figure=-10 %"}));
  EXPECT_NEAR(plan.value("activity[wind,A,firm,2025]"), 2, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), 0, 1e-9);
}

/// More coal plant may be ordered at 9 USD a MWh/year and year.
WorldText growing_coal() {
  WorldText world = coal_and_wind().option("coal", "A").technology_figure("coal", "capex", "9 USD/(MWh/year)");
  return world.technology_figure("coal", "lifetime", "1 year");
}

// Coal counts 0.9, wind 0.1: of 15 firm MWh/year 10 stand, and 5/0.9 of coal are ordered.
TEST(Limit, a_reserve_margin_asks_for_capacity) {
  const SolvedPlan plan =
      plan_of(ruled(growing_coal(), "at_least", "period", "15 MWh/year",
                    {"what=capacity; technology=coal; figure=0.9 1", "what=capacity; technology=wind; figure=0.1 1"}));
  EXPECT_NEAR(plan.value("order[coal,A,firm,2025]"), 5 / 0.9, 1e-9);
  EXPECT_NEAR(plan.row_lower("limit[rule,2025]"), 15 - 9 - 1, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), 10, 1e-9);
}

// Two are ordered in place of wind: 0.9·12 + 0.1·10 = 11.8.
TEST(Limit, a_reserve_margin_that_is_there_costs_nothing) {
  const SolvedPlan plan =
      plan_of(ruled(growing_coal(), "at_least", "period", "11 MWh/year",
                    {"what=capacity; technology=coal; figure=0.9 1", "what=capacity; technology=wind; figure=0.1 1"}));
  EXPECT_NEAR(plan.value("order[coal,A,firm,2025]"), 2, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), 0, 1e-9);
}

TEST(Limit, orders_are_limited_together) {
  WorldText world = growing_coal().option("wind", "A").technology_figure("wind", "capex", "1000 USD/(MWh/year)");
  const SolvedPlan plan =
      plan_of(ruled(world, "at_most", "period", "1 MWh/year",
                    {"what=ordered; technology=coal; figure=1 1", "what=ordered; technology=wind; figure=1 1"}));
  EXPECT_NEAR(plan.value("order[coal,A,firm,2025]"), 1, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), -(20 - 9), 1e-9);
}

// 0.1 + 0.2 is a little more than 0.3.
TEST(Limit, last_digits_of_what_stands_leave_nothing_over) {
  const WorldText world =
      ruled(coal_and_wind().option("wind", "A").technology_figure("wind", "capex", "1 USD/(MWh/year)"), "at_most",
            "period", "0.3 MWh/year",
            {"what=capacity; technology=coal; figure=0.01 1", "what=capacity; technology=wind; figure=0.02 1"});
  EXPECT_EQ(plan_of(world).row_upper("limit[rule,2025]"), 0);
}

TEST(Limit, orders_of_blocks_count_as_capacity) {
  WorldText world = growing_coal().technology_figure("coal", "block", "2 MWh/year");
  world = ruled(world, "at_most", "period", "20 MWh/year", {"what=ordered; figure=1 1"});
  EXPECT_NEAR(plan_of(world).entry("limit[rule,2025]", "block_order[coal,A,firm,2025]"), 2, 1e-12);
}

// What stands cannot be talked away by calling it unavailable.
TEST(Limit, standing_capacity_beyond_a_limit_is_a_contradiction) {
  const WorldText text =
      ruled(coal_and_wind(), "at_most", "period", "6 MWh/year", {"what=capacity; technology=coal; figure=1 1"});
  const Plan plan = make_plan(world_of(text));
  EXPECT_EQ(plan.status, PlanStatus::infeasible);
  ASSERT_EQ(plan.contradictions.size(), 1U);
  EXPECT_EQ(plan.contradictions[0].rule, "limit[rule,2025]");
  EXPECT_EQ(plan.contradictions[0].sentence, "the limit 'rule' in 2025 is exceeded by 4 MWh/year");
}

TEST(Limit, standing_capacity_within_a_limit_needs_no_row) {
  const SolvedPlan plan = plan_of(
      ruled(coal_and_wind(), "at_most", "period", "10 MWh/year", {"what=capacity; technology=coal; figure=1 1"}));
  EXPECT_FALSE(plan.has_row("limit[rule,2025]"));
}

TEST(Limit, what_cannot_be_reached_is_missed) {
  const WorldText text = ruled(coal_and_wind().horizon("2025", "2026"), "at_least", "horizon", "25 MWh",
                               {"what=activity; technology=wind; figure=1 1"});
  const Plan plan = make_plan(world_of(text));
  ASSERT_EQ(plan.contradictions.size(), 1U);
  EXPECT_EQ(plan.contradictions[0].rule, "limit[rule]");
  EXPECT_EQ(plan.contradictions[0].sentence, "the limit 'rule' over the horizon is missed by 5 MWh");
}

// From 10 that stand: 12, 14.4, 17.28, of coal in A and B together.
TEST(Limit, a_group_grows_from_what_stands) {
  WorldText world = coal_and_wind().horizon("2025", "2027").option("coal", "A").option("coal", "B");
  world.change("programme_parameters", "parameter=demand", "figure=100 MWh/year");
  const SolvedPlan plan = plan_of(
      ruled(world, "at_most", "period", "0 MWh/year",
            {"what=capacity; technology=coal; figure=1 1", "what=capacity; technology=coal; lag=1; figure=-1.2 1"}));
  EXPECT_NEAR(plan.value("available[coal,A,firm,2025]"), 12, 1e-9);
  EXPECT_NEAR(plan.value("available[coal,A,firm,2026]"), 14.4, 1e-9);
  EXPECT_NEAR(plan.value("available[coal,A,firm,2027]"), 17.28, 1e-9);
  EXPECT_NEAR(plan.entry("limit[rule,2026]", "order[coal,B,firm,2025]"), 1 - 1.2, 1e-12);
}

TEST(Limit, nothing_flows_before_the_first_period) {
  const SolvedPlan plan = plan_of(
      ruled(coal_and_wind().horizon("2025", "2026"), "at_most", "period", "2 MWh/year",
            {"what=activity; technology=coal; figure=1 1", "what=activity; technology=coal; lag=1; figure=-1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 2, 1e-9);
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2026]"), 4, 1e-9);
}

TEST(Limit, begins_with_its_value) {
  const SolvedPlan plan = plan_of(ruled(coal_and_wind().horizon("2025", "2027"), "at_most", "period",
                                        "4 t/year; from=2026; until=2027", {"what=made; commodity=co2; figure=1 1"}));
  EXPECT_FALSE(plan.has_row("limit[rule,2025]"));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2026]"), 4, 1e-9);
  EXPECT_FALSE(plan.has_row("limit[rule,2027]"));
}

TEST(Limit, amounts_of_terms_may_change) {
  const SolvedPlan plan =
      plan_of(ruled(coal_and_wind().horizon("2025", "2026"), "at_most", "period", "4 t/year",
                    {"what=made; commodity=co2; figure=1 1", "what=made; commodity=co2; from=2026; figure=2 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2026]"), 2, 1e-9);
}

TEST(Limit, linked_technologies_run_together) {
  const SolvedPlan plan =
      plan_of(ruled(coal_and_wind(), "exactly", "period", "0 MWh/year",
                    {"what=activity; technology=wind; figure=1 1", "what=activity; technology=coal; figure=-0.5 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 8, 1e-9);
  EXPECT_NEAR(plan.value("activity[wind,A,firm,2025]"), 4, 1e-9);
}

// A line carries 6 MWh/year of wind, or twice as much of coal: all of 10 of coal leave 1 for wind.
TEST(Limit, technologies_share_a_capacity) {
  const SolvedPlan plan =
      plan_of(ruled(coal_and_wind(), "at_most", "period", "6 MWh/year",
                    {"what=activity; technology=wind; figure=1 1", "what=activity; technology=coal; figure=0.5 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 10, 1e-9);
  EXPECT_NEAR(plan.value("activity[wind,A,firm,2025]"), 1, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025]"), -70, 1e-9) << "a MWh of wind is worth 100 and costs 30";
}

TEST(Limit, counts_only_its_region_and_what_lies_in_it) {
  WorldText world = coal_and_wind().row("regions", "id=site; kind=site; parent=A");
  world.facility("coal", "B", "10 MWh/year").facility("coal", "site", "10 MWh/year");
  world = ruled(world, "at_most", "period", "4 t/year", {"what=made; commodity=co2; region=A; figure=1 1"});
  const SolvedPlan plan = plan_of(world);
  EXPECT_EQ(plan.entry("limit[rule,2025]", "activity[coal,A,firm,2025]"), 1);
  EXPECT_EQ(plan.entry("limit[rule,2025]", "activity[coal,site,firm,2025]"), 1);
  EXPECT_EQ(plan.entry("limit[rule,2025]", "activity[coal,B,firm,2025]"), 0);
}

TEST(Limit, counts_an_owner_with_its_subsidiaries) {
  WorldText world = coal_and_wind().row("organisations", "id=parent; kind=firm");
  world.row("organisations", "id=child; kind=firm; parent=parent");
  world.facility("coal", "A", "1 MWh/year", "owner=child").facility("coal", "A", "1 MWh/year", "owner=parent");
  world = ruled(world, "at_most", "period", "1 t/year", {"what=made; commodity=co2; owner=parent; figure=1 1"});
  const SolvedPlan plan = plan_of(world);
  EXPECT_EQ(plan.entry("limit[rule,2025]", "activity[coal,A,child,2025]"), 1);
  EXPECT_EQ(plan.entry("limit[rule,2025]", "activity[coal,A,parent,2025]"), 1);
  EXPECT_EQ(plan.entry("limit[rule,2025]", "activity[coal,A,firm,2025]"), 0);
}

TEST(Limit, technologies_in_different_units_of_one_dimension_add_up) {
  WorldText world = coal_and_wind().commodity("heat", "kWh", "trade=local").technology("boiler", "heat", "kWh/year");
  world.facility("boiler", "B", "5 kWh/year").facility("coal", "B", "5 MWh/year");
  world = ruled(world, "at_most", "period", "3 MWh/year", {"what=activity; region=B; figure=1 1"});
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.entry("limit[rule,2025]", "activity[boiler,B,firm,2025]"), 1e-3, 1e-15);
  EXPECT_NEAR(plan.entry("limit[rule,2025]", "activity[coal,B,firm,2025]"), 1, 1e-12);
}

/// Power by slice: dawn and day are a quarter of the year each, night the other half; 6, 18 and 12 MWh/year are wanted.
WorldText power_by_slice() {
  WorldText world = coal_and_wind().change("commodities", "id=power", "by_slice=yes; disposal=none");
  world.row("slices", "id=dawn; figure=0.25 1").row("slices", "id=day; figure=0.25 1");
  world.row("slices", "id=night; figure=0.5 1").change("facilities", "region=A", "figure=20 MWh/year");
  world.row("profiles", "programme=use; slice=dawn; figure=0.5 1");
  return world.row("profiles", "programme=use; slice=day; figure=1.5 1");
}

// Coal may rise by 4 MWh/year from slice to slice, dawn following night: 6, 10 and 12.
TEST(Limit, ramps_go_round_the_slices) {
  const SolvedPlan plan = plan_of(
      ruled(power_by_slice(), "at_most", "slice", "4 MWh/year",
            {"what=activity; technology=coal; figure=1 1", "what=activity; technology=coal; lag=1; figure=-1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025,dawn]"), 6 * 0.25, 1e-9);
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025,day]"), 10 * 0.25, 1e-9);
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025,night]"), 12 * 0.5, 1e-9);
  EXPECT_NEAR(plan.entry("limit[rule,2025,dawn]", "activity[coal,A,firm,2025,dawn]"), 1 / 0.25, 1e-12);
  EXPECT_NEAR(plan.entry("limit[rule,2025,dawn]", "activity[coal,A,firm,2025,night]"), -1 / 0.5, 1e-12);
}

TEST(Limit, a_ramp_that_is_wide_enough_changes_nothing) {
  const SolvedPlan plan = plan_of(
      ruled(power_by_slice(), "at_most", "slice", "13 MWh/year",
            {"what=activity; technology=coal; figure=1 1", "what=activity; technology=coal; lag=1; figure=-1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025,day]"), 18 * 0.25, 1e-9);
  EXPECT_NEAR(plan.dual("limit[rule,2025,day]"), 0, 1e-9);
}

TEST(Limit, per_period_slices_add_up) {
  const SolvedPlan plan =
      plan_of(ruled(power_by_slice(), "at_most", "period", "4 t/year", {"what=made; commodity=co2; figure=1 1"}));
  EXPECT_NEAR(plan.activity("limit[rule,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.entry("limit[rule,2025]", "activity[coal,A,firm,2025,day]"), 1, 1e-12);
}

TEST(Limit, a_slice_may_have_a_value_of_its_own) {
  WorldText world =
      ruled(power_by_slice(), "at_most", "slice", "9 MWh/year", {"what=activity; technology=coal; figure=1 1"});
  world.row("limit_values", "limit=rule; slice=night; figure=5 MWh/year");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025,day]"), 9 * 0.25, 1e-9);
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025,night]"), 5 * 0.5, 1e-9);
}

TEST(Limit, a_slice_may_have_an_amount_of_its_own) {
  const SolvedPlan plan = plan_of(
      ruled(power_by_slice(), "at_most", "slice", "9 MWh/year",
            {"what=activity; technology=coal; figure=1 1", "what=activity; technology=coal; slice=night; figure=3 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025,day]"), 9 * 0.25, 1e-9);
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025,night]"), 3 * 0.5, 1e-9);
}

// Fuel is no matter of slices: the pit runs at one rate, in the limit's row of every slice.
TEST(Limit, what_has_no_slices_runs_at_one_rate_in_all) {
  WorldText world = power_by_slice().commodity("fuel", "t", "trade=local").technology("pit", "fuel", "t/year");
  world.facility("pit", "A", "100 t/year");
  world = ruled(world, "at_most", "slice", "3 t/year", {"what=made; commodity=fuel; figure=1 1"});
  EXPECT_NEAR(plan_of(world).entry("limit[rule,2025,dawn]", "activity[pit,A,firm,2025]"), 1, 1e-12);
}

/// A boiler that runs on gas or on oil, of which oil makes 3 t of soot a MWh.
WorldText boiler_with_modes() {
  WorldText world = coal_and_wind().commodity("soot", "t", "disposal=counted").commodity("gas", "MWh", "trade=local");
  world.row("technologies", "id=boiler; activity_unit=MWh; capacity_unit=MWh/year")
      .facility("boiler", "A", "9 MWh/year");
  world.technology("well", "gas", "MWh/year")
      .facility("well", "A", "100 MWh/year")
      .technology_figure("well", "variable_cost", "5 USD/MWh");
  world.recipe("boiler", "output", "power", "1 MWh/MWh").recipe("boiler", "input", "gas", "1 MWh/MWh", "mode=on-gas");
  return world.recipe("boiler", "output", "soot", "3 t/MWh", "mode=on-oil");
}

TEST(Limit, a_mode_is_counted_alone) {
  const SolvedPlan plan = plan_of(ruled(boiler_with_modes(), "at_most", "period", "2 MWh/year",
                                        {"what=activity; technology=boiler; mode=on-oil; figure=1 1"}));
  EXPECT_NEAR(plan.value("mode_activity[boiler,A,firm,on-oil,2025]"), 2, 1e-9);
  EXPECT_EQ(plan.entry("limit[rule,2025]", "mode_activity[boiler,A,firm,on-gas,2025]"), 0);
}

TEST(Limit, what_one_mode_makes_counts_in_that_mode_only) {
  const SolvedPlan plan =
      plan_of(ruled(boiler_with_modes(), "at_most", "period", "6 t/year", {"what=made; commodity=soot; figure=1 1"}));
  EXPECT_NEAR(plan.entry("limit[rule,2025]", "mode_activity[boiler,A,firm,on-oil,2025]"), 3, 1e-12);
  EXPECT_EQ(plan.entry("limit[rule,2025]", "mode_activity[boiler,A,firm,on-gas,2025]"), 0);
  EXPECT_NEAR(plan.activity("limit[rule,2025]"), 6, 1e-9);
}

// Both modes make power; wind is not counted.
TEST(Limit, what_all_modes_make_adds_up) {
  const SolvedPlan plan = plan_of(ruled(boiler_with_modes(), "at_most", "period", "5 MWh/year",
                                        {"what=made; commodity=power; technology=boiler; figure=1 1"}));
  EXPECT_NEAR(
      plan.value("mode_activity[boiler,A,firm,on-oil,2025]") + plan.value("mode_activity[boiler,A,firm,on-gas,2025]"),
      5, 1e-9);
}

// Periods of one and of three years: 4 t/year are 4 and 12 t.
TEST(Limit, a_rate_holds_in_periods_of_any_length) {
  WorldText world = coal_and_wind().horizon("2025", "2028");
  world.horizon_keys["periods"] = "[2025, 2026]";
  const SolvedPlan plan =
      plan_of(ruled(world, "at_most", "period", "4 t/year", {"what=made; commodity=co2; figure=1 1"}));
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2025]"), 4, 1e-9);
  EXPECT_NEAR(plan.value("activity[coal,A,firm,2026]"), 12, 1e-9);
}

/// A cave that keeps power from slice to slice, and coal that is too short by day.
WorldText cave() {
  WorldText world = power_by_slice();
  world.row("technologies", "id=cave; kind=store; output=power; capacity_unit=MWh").facility("cave", "A", "9 MWh");
  world.change("facilities", "technology=coal", "figure=13 MWh/year");
  return world;
}

// By day coal makes 13/4 MWh of 18/4; the cave brings the rest from dawn.
TEST(Limit, a_level_is_that_at_the_end_of_its_slice) {
  WorldText world = ruled(cave(), "at_most", "slice", "1 MWh", {"what=level; technology=cave; figure=1 1"});
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.activity("limit[rule,2025,dawn]"), 1, 1e-9);
  EXPECT_NEAR(plan.value("activity[wind,A,firm,2025,day]"), (18 - 13) * 0.25 - 1, 1e-9);
  EXPECT_LT(plan.dual("limit[rule,2025,dawn]"), -1e-3);
}

// 2 · 9 MWh stand.
TEST(Limit, the_capacity_of_a_store_is_an_amount) {
  const WorldText world = ruled(cave(), "at_most", "period", "10 MWh", {"what=capacity; technology=cave; figure=2 1"});
  const Plan plan = make_plan(world_of(world));
  ASSERT_EQ(plan.contradictions.size(), 1U);
  EXPECT_EQ(plan.contradictions[0].sentence, "the limit 'rule' in 2025 is exceeded by 8 MWh");
}

/// A coal plant takes 2 t of steel a MWh/year to build, and gives back half when its year is over.
WorldText plants_of_steel() {
  WorldText world = growing_coal().horizon("2025", "2026").commodity("steel", "t", "trade=local");
  world.technology("mill", "steel", "t/year").facility("mill", "A", "100 t/year");
  return world.recipe("coal", "build", "steel", "2 t/(MWh/year)").recipe("coal", "retire", "steel", "1 t/(MWh/year)");
}

TEST(Limit, goods_of_building_are_used) {
  const SolvedPlan plan =
      plan_of(ruled(plants_of_steel(), "at_most", "period", "1 t/year", {"what=used; commodity=steel; figure=1 1"}));
  EXPECT_NEAR(plan.value("order[coal,A,firm,2025]"), 0.5, 1e-9);
  EXPECT_NEAR(plan.value("order[coal,A,firm,2026]"), 0.5, 1e-9);
}

TEST(Limit, goods_set_free_at_the_end_of_life_are_made) {
  const WorldText text = ruled(plants_of_steel(), "at_most", "period", "1 t/year",
                               {"what=made; technology=coal; commodity=steel; figure=1 1"});
  const SolvedPlan plan = plan_of(text);
  EXPECT_NEAR(plan.entry("limit[rule,2026]", "order[coal,A,firm,2025]"), 1, 1e-12);
  EXPECT_NEAR(plan.value("order[coal,A,firm,2025]"), 1, 1e-9);
}

TEST(Limit, what_stands_and_retires_sets_goods_free) {
  WorldText world = plants_of_steel().change("facilities", "technology=coal", "until=2026");
  world = ruled(world, "at_most", "period", "15 t/year", {"what=made; technology=coal; commodity=steel; figure=1 1"});
  EXPECT_NEAR(plan_of(world).row_upper("limit[rule,2026]"), 15 - 10, 1e-12);
}

// A build amount below zero is made: 3 t of co2 a unit of capacity, of which 6 t are allowed.
TEST(Limit, goods_set_free_by_building_are_made) {
  WorldText world;
  world.regions("A").commodity("ore", "t", "trade=local").commodity("co2", "t", "trade=local; disposal=counted");
  world.technology("mine", "ore", "t/year").option("mine", "A").recipe("mine", "build", "co2", "-3 t/(t/year)");
  world.programme("use", "ore", "A", "10 t/year", "1000 USD/t").row("limits", "id=cap; sense=at_most; per=period");
  world.row("limit_values", "limit=cap; figure=6 t/year");
  world.row("limit_terms", "limit=cap; what=made; commodity=co2; figure=1 1");
  EXPECT_NEAR(plan_of(world).value("activity[mine,A,firm,2025]"), 2, 1e-6);
}

}  // namespace
}  // namespace pinchpoint::plan
