// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/chronology.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace pinchpoint::plan {
namespace {

using Levels = std::map<std::string, double>;

double change_of(const std::vector<LevelChange>& changes, const std::vector<double>& flow, double loss) {
  double sum = 0;
  for (const LevelChange& change : changes) sum += change.kept(loss) * flow[static_cast<std::size_t>(change.slice)];
  return sum;
}

/// Levels of a path that starts with `start` at its first point, where that is a start, by label.
Levels levels_of(const StorePath& path, const std::vector<double>& flow, double start, double loss = 0) {
  std::vector<double> level(path.points.size(), std::nan(""));
  level.front() = start;
  for (std::size_t round = 0; round < path.points.size(); ++round) {
    for (const LevelStep& step : path.steps) {
      const auto from = static_cast<std::size_t>(step.from);
      const auto to = static_cast<std::size_t>(step.to);
      const double change = change_of(step.changes, flow, loss);
      const double keep = std::exp(-loss * step.years);
      if (std::isnan(level[to])) level[to] = keep * level[from] + change;
      if (std::isnan(level[from])) level[from] = (level[to] - change) / keep;
    }
  }
  Levels found;
  for (std::size_t point = 0; point < level.size(); ++point) found[path.points[point].label] = level[point];
  for (const LevelCheck& check : path.checks) {
    found[check.label] = std::exp(-loss * check.years) * level[static_cast<std::size_t>(check.point)] +
                         change_of(check.changes, flow, loss);
  }
  return found;
}

/// A winter of 20 weeks and a summer of 32 weeks and a day, of five days of work and two of rest, each a day and a
/// night of 16 h and 8 h.
Chronology weeks() {
  const auto slice = [](const char* id, const char* season, const char* day, double days, double hours, double weeks) {
    return TimedSlice{id, season, day, weeks * days * hours / 8760, days, hours};
  };
  const double summer = 365.0 / 7 - 20;
  return Chronology(
      {slice("ww-day", "winter", "work", 5, 16, 20), slice("ww-night", "winter", "work", 5, 8, 20),
       slice("wr-day", "winter", "rest", 2, 16, 20), slice("wr-night", "winter", "rest", 2, 8, 20),
       slice("sw-day", "summer", "work", 5, 16, summer), slice("sw-night", "summer", "work", 5, 8, summer),
       slice("sr-day", "summer", "rest", 2, 16, summer), slice("sr-night", "summer", "rest", 2, 8, summer)});
}

Chronology three_slices() { return Chronology({{"a", "", "", 0.5}, {"b", "", "", 0.25}, {"c", "", "", 0.25}}); }

TEST(Chronology, slices_that_happen_once_add_their_flows_in_order) {
  const Levels level = levels_of(three_slices().carry(1), {4, -1, 2}, 10);
  EXPECT_DOUBLE_EQ(level.at("a"), 14);
  EXPECT_DOUBLE_EQ(level.at("b"), 13);
  EXPECT_DOUBLE_EQ(level.at("c"), 15);
}

// A slice of half a year keeps exp(−0.2/2) of what was there, and all that came in during it.
TEST(Chronology, standing_loss_takes_from_what_was_there) {
  const Levels level = levels_of(three_slices().carry(1), {4, 0, 0}, 10, 0.2);
  EXPECT_DOUBLE_EQ(level.at("a"), 10 * std::exp(-0.1) + 4);
  EXPECT_DOUBLE_EQ(level.at("c"), (10 * std::exp(-0.1) + 4) * std::exp(-0.1));
}

TEST(Chronology, a_cyclic_path_begins_where_it_ends) {
  const StorePath path = three_slices().cyclic(1);
  ASSERT_EQ(path.points.size(), 3U);
  ASSERT_EQ(path.steps.size(), 3U);
  EXPECT_EQ(path.points[static_cast<std::size_t>(path.steps.front().from)].label, "c");
  EXPECT_EQ(path.checks.size(), 3U);
  EXPECT_EQ(path.start, -1);
}

// A flow of 6 in two years is 3 a year; the second year begins where the first ended.
TEST(Chronology, a_period_of_years_goes_through_its_slices_once_a_year) {
  const StorePath path = three_slices().carry(2);
  const Levels level = levels_of(path, {6, 0, -2}, 10);
  EXPECT_DOUBLE_EQ(level.at("a"), 13);
  EXPECT_DOUBLE_EQ(level.at("c"), 12);
  EXPECT_DOUBLE_EQ(level.at("start/last-year"), 12);
  EXPECT_DOUBLE_EQ(level.at("c/last-year"), 14);
  EXPECT_EQ(path.points[static_cast<std::size_t>(path.finish)].label, "c/last-year");
  const Levels cycle = levels_of(three_slices().cyclic(2), {6, 0, -6}, 5);
  EXPECT_DOUBLE_EQ(cycle.at("b"), 5);
  EXPECT_DOUBLE_EQ(cycle.at("c"), 2);
}

// Ten years with losses: the tenth year's levels are those of going through ten years one by one.
TEST(Chronology, years_that_are_skipped_lose_as_if_they_were_gone_through) {
  const std::vector<double> flow{60, 0, -20};
  double level = 10;
  for (int year = 0; year < 9; ++year) {
    level = levels_of(three_slices().carry(1), {6, 0, -2}, level, 0.3).at("c");
  }
  EXPECT_NEAR(levels_of(three_slices().carry(10), flow, 10, 0.3).at("start/last-year"), level, 1e-12);
}

TEST(Chronology, a_quarter_is_gone_through_once) {
  const StorePath path = three_slices().carry(0.25);
  EXPECT_DOUBLE_EQ(path.steps.front().years, 0.125);
  EXPECT_DOUBLE_EQ(path.steps.front().changes.front().share, 1);
}

/// Levels of the first week, day by day: label "d<day> <slice>" at the end of each slice.
Levels first_week(const std::vector<double>& rate, double level) {
  Levels found;
  for (int day = 0; day < 7; ++day) {
    const std::size_t kind = day < 5 ? 0 : 2;
    for (const std::size_t part : {0U, 1U}) {
      level += rate[kind + part] * (part == 0 ? 16 : 8) / 8760;
      found[fmt::format("d{} {}", day, part == 0 ? "day" : "night")] = level;
    }
  }
  return found;
}

// Rates per year, turned into flows of the year by the slices' weights; every level that OSeMOSYS checks in the first
// week is found by going through the week day by day.
TEST(Chronology, the_first_week_is_that_of_going_through_its_days) {
  const std::vector<double> rate{100, -150, 40, 30, 0, 0, 0, 0};
  const std::vector<double> weight{20 * 5 * 16. / 8760, 20 * 5 * 8. / 8760, 20 * 2 * 16. / 8760, 20 * 2 * 8. / 8760};
  std::vector<double> flow(8, 0.0);
  for (std::size_t slice = 0; slice < 4; ++slice) flow[slice] = rate[slice] * weight[slice];
  const Levels level = levels_of(weeks().carry(1), flow, 3);
  const Levels day = first_week(rate, 3);
  EXPECT_NEAR(level.at("ww-day"), day.at("d0 day"), 1e-10);
  EXPECT_NEAR(level.at("ww-day/first-begin"), 3, 1e-10);
  EXPECT_NEAR(level.at("ww-night/first-begin"), day.at("d0 day"), 1e-10);
  EXPECT_NEAR(level.at("ww-day/first-end"), day.at("d4 day"), 1e-10);
  EXPECT_NEAR(level.at("wr-day/first-begin"), day.at("d4 night"), 1e-10);
  EXPECT_NEAR(level.at("wr-night/first-begin"), day.at("d5 day"), 1e-10);
  EXPECT_FALSE(level.contains("wr-day/first-end"));
}

// The winter's change is that of its weights (20 weeks); the last week is gone through backwards from its end.
TEST(Chronology, the_last_week_ends_with_the_season) {
  const std::vector<double> rate{100, -150, 40, 30, 0, 0, 0, 0};
  const std::vector<double> weight{20 * 5 * 16. / 8760, 20 * 5 * 8. / 8760, 20 * 2 * 16. / 8760, 20 * 2 * 8. / 8760};
  std::vector<double> flow(8, 0.0);
  double end = 3;
  for (std::size_t slice = 0; slice < 4; ++slice) end += flow[slice] = rate[slice] * weight[slice];
  const Levels level = levels_of(weeks().carry(1), flow, 3);
  EXPECT_NEAR(level.at("after/winter"), end, 1e-9);
  const double week = first_week(rate, 0).at("d6 night");
  const Levels day = first_week(rate, end - week);
  EXPECT_NEAR(level.at("ww-day/last-end"), day.at("d4 day"), 1e-9);
  EXPECT_NEAR(level.at("ww-night/last-end"), day.at("d4 night"), 1e-9);
  EXPECT_NEAR(level.at("wr-night/last-begin"), day.at("d5 day"), 1e-9);
  EXPECT_NEAR(level.at("wr-day/last-end"), day.at("d6 day"), 1e-9);
  EXPECT_NEAR(level.at("wr-night/last-end"), end, 1e-9);
  EXPECT_FALSE(level.contains("ww-night/last-begin"));
}

// 2 seasons × (SC1: 4, SC2: 1 of work's 2, the other being SC1's; SC3: 4, SC4: 1): the last season's end is the start.
TEST(Chronology, seasons_of_weeks_check_each_moment_once) {
  const StorePath path = weeks().cyclic(1);
  EXPECT_EQ(path.checks.size(), 2U * (4 + 1 + 4 + 1));
  EXPECT_EQ(path.start, -1);
  const LevelStep& closing = *std::find_if(path.steps.begin(), path.steps.end(), [&](const LevelStep& step) {
    return path.points[static_cast<std::size_t>(step.to)].label == "start";
  });
  EXPECT_EQ(path.points[static_cast<std::size_t>(closing.from)].label, "after/winter");
}

// With losses: the level after five days is that of five days one by one.
TEST(Chronology, days_in_a_row_lose_day_by_day) {
  const Chronology days({{"day", "s", "work", 2.0 / 3, 5, 16},
                         {"night", "s", "work", 1.0 / 3, 5, 8},
                         {"rest", "s", "rest", 1e-9, 1, 24}});
  const double loss = 20;
  double level = 3;
  for (int day = 0; day < 5; ++day) {
    level = level * std::exp(-loss * 16 / 8760) + 90 * 16. / 8760 / (2.0 / 3);
    level = level * std::exp(-loss * 8 / 8760) - 60 * 8. / 8760 / (1.0 / 3);
  }
  EXPECT_NEAR(levels_of(days.carry(1), {90, -60, 0}, 3, loss).at("before/s/rest"), level, 1e-10);
}

// 2/3 in 16 hours and 1/3 in 8: what is taken in is given out, to the last bit.
TEST(Chronology, equal_shares_of_a_day_are_equal) {
  const StorePath path = Chronology({{"day", "", "", 2.0 / 3, 1, 16}, {"night", "", "", 1.0 / 3, 1, 8}}).daily(1);
  EXPECT_EQ(path.steps[0].changes[0].share, path.steps[1].changes[0].share);
}

TEST(Chronology, each_kind_of_day_closes_by_itself) {
  const StorePath path = weeks().daily(1);
  ASSERT_EQ(path.steps.size(), 8U);
  for (std::size_t day = 0; day < 4; ++day) {
    EXPECT_EQ(path.steps[2 * day].from, path.steps[2 * day + 1].to);
    EXPECT_EQ(path.steps[2 * day + 1].from, path.steps[2 * day].to);
  }
  EXPECT_EQ(path.checks.size(), 8U);
}

// Summer (4 a year) comes twice, for 3/4 and 1/4 of its time, with the winter between.
TEST(Chronology, a_season_may_be_visited_again) {
  const Chronology visits({{"s1", "summer", "", 0.25}, {"s2", "summer", "", 0.25}, {"w", "winter", "", 0.5}},
                          {{"1", "summer", 0.375}, {"2", "winter", 0.5}, {"3", "summer", 0.125}});
  const Levels level = levels_of(visits.carry(1), {4, -2, -1}, 0);
  EXPECT_DOUBLE_EQ(level.at("1/s1"), 3);
  EXPECT_DOUBLE_EQ(level.at("1/s2"), 1.5);
  EXPECT_DOUBLE_EQ(level.at("2/w"), 0.5);
  EXPECT_DOUBLE_EQ(level.at("3/s1"), 1.5);
  EXPECT_DOUBLE_EQ(level.at("3/s2"), 1);
}

}  // namespace
}  // namespace pinchpoint::plan
