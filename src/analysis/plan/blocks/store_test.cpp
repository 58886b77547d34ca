// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::codes_of;
using test_support::complaints_of;
using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A plant that makes up to 10 MWh by day at 10 USD and nothing by night; 3 MWh are wanted in each half of the year at
/// 1000 USD. A battery keeps `size` of them.
WorldText day_and_night(const char* size = "5 MWh") {
  WorldText world;
  world.regions("A").row("slices", "id=day; figure=0.5 1").row("slices", "id=night; figure=0.5 1");
  world.commodity("power", "MWh", "by_slice=yes; trade=local").technology("plant", "power", "MWh/year");
  world.technology_figure("plant", "variable_cost", "10 USD/MWh").facility("plant", "A", "20 MWh/year");
  world.row("profiles", "technology=plant; slice=night; figure=0 1");
  world.row("technologies", "id=battery; kind=store; output=power; capacity_unit=MWh");
  if (*size != '\0') world.facility("battery", "A", size);
  return world.programme("use", "power", "A", "6 MWh/year", "1000 USD/MWh");
}

TEST(Store, keeps_by_day_what_is_wanted_by_night) {
  const SolvedPlan plan = plan_of(day_and_night());
  EXPECT_NEAR(plan.objective(), 6 * 10, 1e-9);
  EXPECT_NEAR(plan.value("charge[battery,A,firm,2025,day]"), 3, 1e-9);
  EXPECT_NEAR(plan.value("charge[battery,A,firm,2025,night]"), -3, 1e-9);
  EXPECT_NEAR(plan.dual("store[battery,A,firm,2025,day]"), 10, 1e-9);
  EXPECT_NEAR(plan.dual("store[battery,A,firm,2025,night]"), 10, 1e-9);
}

// 2 of 3 MWh can be kept; room for one more would be worth 1000 − 10 USD.
TEST(Store, keeps_no_more_than_its_capacity) {
  const SolvedPlan plan = plan_of(day_and_night("2 MWh"));
  EXPECT_NEAR(plan.value("level[battery,A,firm,2025,day]"), 2, 1e-9);
  EXPECT_NEAR(plan.value("unmet[use,2025,night]"), 1, 1e-9);
  EXPECT_NEAR(plan.reduced_cost("level[battery,A,firm,2025,day]"), -990, 1e-6);
}

// A loss of half from day to night, exp(−2·ln 2 · ½): 6 MWh are taken in for 3, and one by night costs 20 USD.
TEST(Store, loses_of_what_was_there) {
  WorldText world = day_and_night("8 MWh");
  world.technology_figure("battery", "standing_loss", "1.3862943611198906 1/year");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("charge[battery,A,firm,2025,day]"), 6, 1e-9);
  EXPECT_NEAR(plan.dual("store[battery,A,firm,2025,night]"), 20, 1e-9);
}

// At 80 % a year 0.8 · ½ · 5 = 2 MWh go in by day, or out by night.
TEST(Store, takes_in_and_gives_out_at_its_rates) {
  for (const char* rate : {"charge_rate", "discharge_rate"}) {
    const SolvedPlan plan = plan_of(day_and_night().technology_figure("battery", rate, "0.8 1/year"));
    EXPECT_NEAR(plan.value("unmet[use,2025,night]"), 1, 1e-9) << rate;
  }
}

TEST(Store, rates_follow_the_capacity_that_is_built) {
  WorldText world = day_and_night("").option("battery", "A").technology_figure("battery", "capex", "1 USD/MWh");
  world.technology_figure("battery", "charge_rate", "0.8 1/year");
  world.technology_figure("battery", "discharge_rate", "3 1/year");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.entry("charge_limit[battery,A,firm,2025,day]", "available[battery,A,firm,2025]"), -0.4, 1e-12);
  EXPECT_NEAR(plan.value("order[battery,A,firm,2025]"), 3 / 0.4, 1e-6);
  EXPECT_LT(plan.dual("charge_limit[battery,A,firm,2025,day]"), 0);
  EXPECT_NEAR(plan.dual("discharge_limit[battery,A,firm,2025,night]"), 0, 1e-9);
}

TEST(Store, is_built_as_large_as_it_is_used) {
  WorldText world = day_and_night("").option("battery", "A").technology_figure("battery", "capex", "30 USD/MWh");
  const SolvedPlan plan = plan_of(world.technology_figure("battery", "lifetime", "1 year"));
  EXPECT_NEAR(plan.value("order[battery,A,firm,2025]"), 3, 1e-6);
  EXPECT_NEAR(plan.objective(), 60 + 3 * 30, 1e-6);
  EXPECT_NEAR(plan.dual("store_full[battery,A,firm,2025,day]"), -30, 1e-6);
}

// A fifth of 5 MWh stays, so the level goes from 1 to 4.
TEST(Store, is_never_emptier_than_its_least_level) {
  const SolvedPlan plan = plan_of(day_and_night("4 MWh").technology_figure("battery", "least_level", "40 %"));
  EXPECT_NEAR(plan.value("level[battery,A,firm,2025,night]"), 1.6, 1e-9);
  EXPECT_NEAR(plan.value("unmet[use,2025,night]"), 3 - 2.4, 1e-9);
}

// What is built counts for the least level, whatever a plan calls available.
TEST(Store, least_level_counts_what_is_built) {
  WorldText world = day_and_night("4 MWh").option("battery", "A").technology_figure("battery", "least_level", "40 %");
  const SolvedPlan plan = plan_of(world.technology_figure("battery", "capex", "9000 USD/MWh"));
  EXPECT_NEAR(plan.entry("store_least[battery,A,firm,2025,day]", "order[battery,A,firm,2025]"), -0.4, 1e-12);
  EXPECT_NEAR(plan.row_lower("store_least[battery,A,firm,2025,day]"), 1.6, 1e-12);
}

TEST(Store, variable_cost_is_paid_for_what_is_given_out) {
  const SolvedPlan plan = plan_of(day_and_night().technology_figure("battery", "variable_cost", "2 USD/MWh"));
  EXPECT_NEAR(plan.value("charge[battery,A,firm,2025,day]"), 3, 1e-9);
  EXPECT_NEAR(plan.value("discharge[battery,A,firm,2025,night]"), 3, 1e-9);
  EXPECT_NEAR(plan.cost(CostKind::variable), 6 * 10 + 3 * 2, 1e-9);
}

// Without free disposal the row is an equality, and so it is where giving out is limited or costs something.
TEST(Store, level_may_be_less_only_where_throwing_away_is_free) {
  const char* row = "store[battery,A,firm,2025,day]";
  EXPECT_EQ(plan_of(day_and_night()).row_upper(row), optim::infinity);
  const SolvedPlan kept = plan_of(day_and_night().change("commodities", "id=power", "disposal=none"));
  EXPECT_EQ(kept.row_upper(row), 0);
  EXPECT_NEAR(kept.objective(), 60, 1e-9);
  EXPECT_EQ(plan_of(day_and_night().technology_figure("battery", "discharge_rate", "2 1/year")).row_upper(row), 0);
  EXPECT_EQ(plan_of(day_and_night().technology_figure("battery", "variable_cost", "1 USD/MWh")).row_upper(row), 0);
}

/// The plant closes at the end of 2025; the battery carries over.
WorldText two_years(const char* opening) {
  WorldText world = day_and_night("20 MWh");
  world.horizon("2025", "2026").change("technologies", "id=battery", "chain=carry");
  world.change("facilities", "technology=plant", "until=2026");
  return world.technology_figure("battery", "opening_level", opening);
}

// 10 MWh by day of 2025 for 6 in each year: 2 are short, in whichever year, and 2026 has what 2025 left.
TEST(Store, carries_its_level_into_the_next_period) {
  const SolvedPlan plan = plan_of(two_years("0 MWh"));
  EXPECT_NEAR(plan.objective(), 10 * 10 + 2 * 1000, 1e-6);
  const double left = plan.value("level[battery,A,firm,2025,night]");
  EXPECT_GE(left, 4 - 1e-9);
  EXPECT_NEAR(plan.value("unmet[use,2026,day]") + plan.value("unmet[use,2026,night]"), 6 - left, 1e-9);
}

TEST(Store, begins_with_its_opening_level) {
  const SolvedPlan plan = plan_of(two_years("2 MWh"));
  EXPECT_NEAR(plan.value("level[battery,A,firm,2025,start]"), 2, 1e-9);
  EXPECT_NEAR(plan.objective(), 10 * 10, 1e-6);
}

/// Summer and winter, each a day and a night of 12 hours; the plant runs on summer days.
WorldText seasons(const char* chain, const char* more = "") {
  WorldText world = day_and_night("5 MWh").remove("slices", "id=day").remove("slices", "id=night");
  world.remove("profiles", "technology=plant").change("technologies", "id=battery", chain);
  for (const char* slice : {"summer-day", "summer-night", "winter-day", "winter-night"}) {
    const std::string id(slice);
    world.row("slices", "id=" + id + "; season=" + id.substr(0, 6) + "; day=any; figure=0.25 1" + more);
    if (id != "summer-day") world.row("profiles", "technology=plant; slice=" + id + "; figure=0 1");
  }
  return world.change("facilities", "technology=plant", "capacity=80");
}

// 1.5 MWh are wanted in each slice: a year's store serves three nights and days, a day's store the summer's night.
TEST(Store, a_daily_store_serves_its_own_day_only) {
  EXPECT_NEAR(plan_of(seasons("chain=cyclic")).objective(), 6 * 10, 1e-6);
  const SolvedPlan plan = plan_of(seasons("chain=daily"));
  EXPECT_NEAR(plan.value("unmet[use,2025,summer-night]"), 0, 1e-9);
  EXPECT_NEAR(plan.value("unmet[use,2025,winter-day]"), 1.5, 1e-9);
}

// Each season has 182.5 days, so 1.5 MWh a season are 1.5/182.5 a day.
TEST(Store, days_in_a_row_use_the_capacity_again_each_day) {
  WorldText world = seasons("chain=daily", "; days=7; span_hours=12");
  world.change("facilities", "technology=battery", "capacity=0.004");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("unmet[use,2025,summer-night]"), 1.5 - 0.004 * 182.5, 1e-9);
}

// As above, for the whole year: the capacity is too small to carry anything into the winter, and limits every day.
TEST(Store, weeks_within_seasons_are_limited_day_by_day) {
  WorldText world = seasons("chain=cyclic", "; days=7; span_hours=12").remove("profiles", "slice=winter-day");
  world.change("facilities", "technology=battery", "capacity=0.004");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("unmet[use,2025,summer-night]"), 1.5 - 0.004 * 182.5, 1e-8);
  EXPECT_NEAR(plan.value("unmet[use,2025,winter-night]"), 1.5 - 0.004 * 182.5, 1e-8);
  EXPECT_NEAR(
      plan.entry("store_full[battery,A,firm,2025,summer-night/first-begin]", "charge[battery,A,firm,2025,summer-day]"),
      1 / 182.5, 1e-12);
}

// Summer, winter and a second summer of half a year's quarter: what the first one keeps serves the winter only.
TEST(Store, goes_through_seasons_that_come_again) {
  WorldText world = seasons("chain=cyclic").row("visits", "id=june; season=summer; figure=0.25 1");
  world.row("visits", "id=january; season=winter; figure=0.5 1").row("visits", "id=july; season=summer; figure=0.25 1");
  const SolvedPlan plan = plan_of(world);
  const double night = plan.value("charge[battery,A,firm,2025,summer-night]");
  const double winter = plan.value("charge[battery,A,firm,2025,winter-day]");
  EXPECT_NEAR(night, -1.5, 1e-9);
  EXPECT_NEAR(plan.value("level[battery,A,firm,2025,june/summer-night]") -
                  plan.value("level[battery,A,firm,2025,june/summer-day]"),
              night / 2, 1e-9);
  EXPECT_NEAR(plan.value("level[battery,A,firm,2025,january/winter-day]") -
                  plan.value("level[battery,A,firm,2025,june/summer-night]"),
              winter, 1e-9);
  EXPECT_NEAR(plan.objective(), 6 * 10, 1e-6);
}

// A full store at the end of the winter's day leaves nothing to be given out by day; a level needs to be that of a
// visit.
TEST(Store, a_limit_may_be_on_the_level_in_one_visit) {
  WorldText world = seasons("chain=cyclic").row("visits", "id=june; season=summer; figure=0.5 1");
  world.row("visits", "id=january; season=winter; figure=0.5 1").row("limits", "id=full; sense=at_least; per=slice");
  world.row("limit_values", "limit=full; slice=winter-day; figure=5 MWh");
  WorldText unclear = world;
  world.row("limit_terms", "limit=full; what=level; technology=battery; visit=january; figure=1 1");
  EXPECT_NEAR(plan_of(world).value("unmet[use,2025,winter-day]"), 1.5, 1e-6);
  unclear.row("limit_terms", "limit=full; what=level; technology=battery; figure=1 1");
  EXPECT_EQ(codes_of(complaints_of(unclear)), std::vector<std::string>{"WLD-011"});
}

// 1.5 MWh are kept from summer into each half of winter, 3 in all, and little more for the days.
TEST(Store, seasons_are_carried_within_the_year) {
  const SolvedPlan plan = plan_of(seasons("chain=cyclic", "; days=7; span_hours=12"));
  EXPECT_NEAR(plan.objective(), 6 * 10, 1e-6);
  EXPECT_NEAR(plan.value("level[battery,A,firm,2025,after/summer]") - plan.value("level[battery,A,firm,2025,start]"), 3,
              1e-6);
}

// Not balanced by slice, a store carries from year to year.
TEST(Store, keeps_a_commodity_without_slices) {
  WorldText world;
  world.horizon("2025", "2026").regions("A").commodity("ore", "t", "trade=local").technology("mine", "ore", "t/year");
  world.facility("mine", "A", "8 t/year", "until=2026").programme("use", "ore", "A", "5 t/year", "100 USD/t");
  world.row("technologies", "id=silo; kind=store; chain=carry; output=ore; capacity_unit=t")
      .facility("silo", "A", "9 t");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("level[silo,A,firm,2025,all]"), 3, 1e-9);
  EXPECT_NEAR(plan.value("unmet[use,2026]"), 2, 1e-9);
}

/// Summer and winter of half a year each, gone through as summer, winter, summer, winter: 3 MWh are made in all of
/// summer and wanted in all of winter, half of them each time.
WorldText seasons_visited_twice(const char* size) {
  WorldText world;
  world.regions("A")
      .row("slices", "id=summer; season=warm; figure=0.5 1")
      .row("slices", "id=winter; season=cold; figure=0.5 1");
  for (const char* visit : {"id=first-warm; season=warm", "id=first-cold; season=cold", "id=second-warm; season=warm",
                            "id=second-cold; season=cold"})
    world.row("visits", std::string(visit) + "; figure=0.25 1");
  world.commodity("power", "MWh", "by_slice=yes; trade=local").technology("plant", "power", "MWh/year");
  world.facility("plant", "A", "6 MWh/year").row("profiles", "technology=plant; slice=winter; figure=0 1");
  world.row("technologies", "id=battery; kind=store; output=power; capacity_unit=MWh").facility("battery", "A", size);
  world.programme("use", "power", "A", "3 MWh/year", "1000 USD/MWh");
  return world.row("profiles", "programme=use; slice=summer; figure=0 1")
      .row("profiles", "programme=use; slice=winter; figure=2 1");
}

TEST(Store, a_season_that_comes_again_needs_half_the_room) {
  EXPECT_NEAR(plan_of(seasons_visited_twice("1.5 MWh")).objective(), 0, 1e-6);
  EXPECT_NEAR(plan_of(seasons_visited_twice("1 MWh")).objective(), 1000, 1e-6);
}

// The level after the first summer is 1.5 MWh above that after winter. At most 1 MWh then leaves 1 MWh of each winter.
TEST(Store, its_level_may_be_limited_in_one_visit) {
  WorldText world = seasons_visited_twice("5 MWh").row("limits", "id=low; sense=at_most; per=slice");
  world.row("limit_values", "limit=low; slice=summer; figure=1 MWh");
  world.row("limit_terms", "limit=low; what=level; technology=battery; visit=first-warm; figure=1 1");
  EXPECT_NEAR(plan_of(world).objective(), 1000, 1e-6);
}

}  // namespace
}  // namespace pinchpoint::plan
