// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/assets.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/world_text.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::codes_of;
using test_support::complaints_of;
using test_support::world_of;
using test_support::WorldText;

/// Mines in A over 2025 to 2028.
WorldText mines() {
  WorldText world;
  world.horizon("2025", "2028").regions("A B").commodity("ore", "t").technology("mine", "ore", "t/year");
  return world;
}

Asset only_asset(const WorldText& text) {
  const auto assets = collect_assets(world_of(text));
  EXPECT_EQ(assets.size(), 1U);
  return assets[AssetId(0)];
}

TEST(Assets, facilities_and_options_of_one_kind_are_one_asset) {
  WorldText text = mines().facility("mine", "A", "10 t/year").facility("mine", "A", "5 t/year", "from=2026");
  const Asset asset = only_asset(text.option("mine", "A"));
  EXPECT_EQ(asset.facilities.size(), 2U);
  EXPECT_EQ(asset.options.size(), 1U);
  EXPECT_EQ(asset.standing, (std::vector<double>{10, 15, 15, 15}));
  EXPECT_TRUE(asset.can_be_ordered);
}

TEST(Assets, another_region_or_owner_is_another_asset) {
  WorldText text = mines().facility("mine", "A", "10 t/year").facility("mine", "B", "5 t/year");
  text.row("organisations", "id=other; kind=firm").facility("mine", "A", "1 t/year", "owner=other");
  EXPECT_EQ(collect_assets(world_of(text)).size(), 3U);
}

// On line from April: nine months of twelve.
TEST(Assets, a_facility_counts_for_the_months_it_stands) {
  const Asset asset = only_asset(mines().facility("mine", "A", "12 t/year", "from=2025-04; until=2027-07"));
  EXPECT_NEAR(asset.standing[0], 9, 1e-9);
  EXPECT_NEAR(asset.standing[1], 12, 1e-9);
  EXPECT_NEAR(asset.standing[2], 6, 1e-9);
  EXPECT_NEAR(asset.retiring[2], 12, 1e-9);
}

TEST(Assets, a_facility_without_end_retires_with_its_lifetime) {
  WorldText text = mines().facility("mine", "A", "12 t/year", "from=2020");
  const Asset asset = only_asset(text.technology_figure("mine", "lifetime", "7 years"));
  EXPECT_EQ(asset.standing, (std::vector<double>{12, 12, 0, 0}));
}

TEST(Assets, a_facility_without_dates_stands_throughout) {
  WorldText text = mines().facility("mine", "A", "12 t/year").technology_figure("mine", "lifetime", "1 year");
  EXPECT_EQ(only_asset(text).standing, (std::vector<double>{12, 12, 12, 12}));
}

// A committed mine ramps from a quarter to all in two years: 0.4375 on average in the first, 0.8125 in the second.
TEST(Assets, a_new_facility_ramps_up) {
  WorldText text = mines().facility("mine", "A", "16 t/year", "status=committed; from=2026");
  text.technology_figure("mine", "ramp_time", "2 years").technology_figure("mine", "ramp_start", "25 %");
  const Asset asset = only_asset(text);
  EXPECT_NEAR(asset.standing[0], 0, 1e-12);
  EXPECT_NEAR(asset.standing[1], 16 * 0.4375, 1e-9);
  EXPECT_NEAR(asset.standing[2], 16 * 0.8125, 1e-9);
  EXPECT_NEAR(asset.standing[3], 16, 1e-9);
}

// Announced for 2027 with a year and a half of building: two years in whole periods, so ordered in 2025 or later.
TEST(Assets, announced_capacity_may_be_ordered_in_time_for_its_date) {
  WorldText text = mines().facility("mine", "A", "16 t/year", "status=announced; from=2027");
  const Asset asset = only_asset(text.technology_figure("mine", "build_time", "18 months"));
  EXPECT_EQ(asset.standing, (std::vector<double>{0, 0, 0, 0}));
  EXPECT_EQ(asset.build_periods[0], 2);
  EXPECT_TRUE(asset.order_is_open[0]);
  EXPECT_EQ(asset.order_limit_so_far, (std::vector<double>{16, 16, 16, 16}));
}

// On line in 2027 at the earliest: with a year of building it may not be ordered before 2026.
TEST(Assets, announced_capacity_may_not_be_ordered_too_early) {
  WorldText text = mines().facility("mine", "A", "16 t/year", "status=announced; from=2027");
  const Asset asset = only_asset(text.technology_figure("mine", "build_time", "1 year"));
  EXPECT_EQ(asset.order_is_open, (std::vector<bool>{false, true, true, true}));
}

TEST(Assets, an_option_opens_with_the_first_whole_period_of_its_window) {
  const Asset asset = only_asset(mines().option("mine", "A", "from=2025-03; until=2027-06"));
  EXPECT_EQ(asset.order_is_open, (std::vector<bool>{false, true, false, false}));
}

TEST(Assets, limits_of_options_add_up) {
  WorldText text = mines().option("mine", "A", "figure=3 t/year").option("mine", "A", "figure=4 t/year; from=2027");
  EXPECT_EQ(only_asset(text).order_limit_so_far, (std::vector<double>{3, 3, 7, 7}));
  EXPECT_TRUE(std::isinf(only_asset(text.option("mine", "A", "from=2028")).order_limit_so_far[3]));
}

TEST(Assets, figures_follow_their_dates) {
  WorldText text = mines().option("mine", "A").technology_figure("mine", "variable_cost", "5 USD/t");
  text.technology_figure("mine", "variable_cost", "4 USD/t", "from=2027")
      .technology_figure("mine", "build_time", "1 year");
  text.technology_figure("mine", "build_time", "2 years", "from=2026");
  const Asset asset = only_asset(text);
  EXPECT_EQ(asset.variable_cost, (std::vector<double>{5, 5, 4, 4}));
  EXPECT_EQ(asset.build_periods, (std::vector<int>{1, 2, 2, 2}));
}

TEST(Assets, a_ban_of_an_end_user_counts_for_inputs_and_outputs) {
  WorldText text =
      mines().facility("mine", "A", "10 t/year").commodity("tool", "piece").technology("shop", "tool", "piece/year");
  text.recipe("mine", "input", "tool", "1 piece/t").measure("rule", "ban", "tool", "end_user=firm; from=2027");
  EXPECT_EQ(only_asset(text).is_banned, (std::vector<bool>{false, false, true, true}));
  text.change("measures", "id=rule", "destination=B");
  EXPECT_EQ(only_asset(text).is_banned, (std::vector<bool>{false, false, false, false}));
}

TEST(OnlineShare, is_the_average_over_the_months_on_line) {
  const Timeline timeline(Date{2025 * 12}, Step::quarter, 4);
  EXPECT_NEAR(online_share(timeline, PeriodId(0), Date{2025 * 12 + 1}, {}, 0, 0), 2.0 / 3, 1e-12);
  EXPECT_NEAR(online_share(timeline, PeriodId(1), Date{2025 * 12}, Date{2025 * 12 + 4}, 0, 0), 1.0 / 3, 1e-12);
  // A ramp over six months from nothing: months 0.5, 1.5 and 2.5 of six.
  EXPECT_NEAR(online_share(timeline, PeriodId(0), Date{2025 * 12}, {}, 0.5, 0), 0.25, 1e-12);
  EXPECT_NEAR(online_share(timeline, PeriodId(2), Date{2025 * 12}, {}, 0.5, 0), 1, 1e-12);
}

/// 12 t/year from 2024 on; after a year two thirds of it are left, after three years one third, after four nothing.
WorldText wearing_out(const char* path) {
  WorldText text =
      mines().facility("mine", "A", "12 t/year", "from=2024").technology_figure("mine", "lifetime", "4 years");
  for (const char* point : {"age_years=0; figure=1 1", "age_years=1; figure=0.6666666666666666 1",
                            "age_years=3; figure=0.3333333333333333 1", "age_years=4; figure=0 1"})
    text.row("survival", std::string("technology=mine; ") + point + "; path=" + path);
  return text;
}

TEST(Assets, capacity_wears_out_in_steps) {
  const Asset asset = only_asset(wearing_out("step"));
  for (int year = 0; year < 4; ++year)
    EXPECT_NEAR(asset.standing[static_cast<std::size_t>(year)], std::vector<double>({8, 8, 4, 0})[year], 1e-9) << year;
}

// Straight lines: in the year from two thirds to one half of 12 t there are 7 on average.
TEST(Assets, capacity_wears_out_in_straight_lines) {
  const Asset asset = only_asset(wearing_out("linear"));
  for (int year = 0; year < 4; ++year)
    EXPECT_NEAR(asset.standing[static_cast<std::size_t>(year)], std::vector<double>({7, 5, 2, 0})[year], 1e-9) << year;
}

// From 8 t at the beginning of 2025 to 8, 4 and 0 at the ends of the years.
TEST(Assets, what_wears_out_retires_bit_by_bit) {
  const Asset asset = only_asset(wearing_out("step"));
  for (int year = 0; year < 4; ++year)
    EXPECT_NEAR(asset.retiring[static_cast<std::size_t>(year)], std::vector<double>({0, 4, 4, 0})[year], 1e-9) << year;
}

TEST(Assets, orders_wear_out_as_what_stands) {
  WorldText text = wearing_out("step").remove("facilities", "technology=mine");
  const World world = world_of(text.option("mine", "A"));
  const Asset asset = collect_assets(world)[AssetId(0)];
  EXPECT_NEAR(ordered_share(world, asset, PeriodId(0), PeriodId(0)), 1, 1e-9);
  EXPECT_NEAR(ordered_share(world, asset, PeriodId(0), PeriodId(3)), 1.0 / 3, 1e-9);
  double retired = 0;
  for (const Retirement& part : retirements_of(world, asset, PeriodId(0))) retired += part.share;
  EXPECT_NEAR(retired, 1, 1e-9);
}

TEST(Assets, capacity_that_comes_back_is_refused) {
  WorldText text = wearing_out("step").row("survival", "technology=mine; age_years=2; figure=0.9 1");
  EXPECT_EQ(codes_of(complaints_of(text)), std::vector<std::string>{"WLD-016"});
}

}  // namespace
}  // namespace pinchpoint::plan
