// SPDX-License-Identifier: Apache-2.0
#include "core/timeline/timeline.hpp"

#include <gtest/gtest.h>

namespace pinchpoint {
namespace {

Date date(const char* text) { return parse_date(text).value(); }
Timeline quarters() { return Timeline(date("2026-Q1"), Step::quarter, 8); }

TEST(Dates, are_read_as_the_first_month_they_name) {
  EXPECT_EQ(date("2026"), date("2026-01"));
  EXPECT_EQ(date("2026-Q3"), date("2026-07"));
  EXPECT_EQ(date("2026-12").month(), 12);
  EXPECT_EQ(date("2026-12").year(), 2026);
  EXPECT_EQ(to_string(date("2026-Q4")), "2026-10");
}

TEST(Dates, of_any_other_form_are_refused) {
  for (const char* text : {"", "26", "999", "2026-", "2026-13", "2026-00", "2026-1", "2026-Q0", "2026-Q5", "2026-q1",
                           "2026-Q12", "2026-01-15", "2026/01", "20260", " 2026", "2026-0x", "2026--1", "Q1-2026"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Dates, know_the_last_month_they_cover) {
  EXPECT_EQ(parse_last_month("2030"), date("2030-12"));
  EXPECT_EQ(parse_last_month("2030-Q3"), date("2030-09"));
  EXPECT_EQ(parse_last_month("2030-05"), date("2030-05"));
  EXPECT_FALSE(parse_last_month("soon"));
}

TEST(Timelines, know_their_periods) {
  const Timeline timeline = quarters();
  EXPECT_EQ(timeline.begin_of(PeriodId(5)), date("2027-Q2"));
  EXPECT_EQ(timeline.end(), date("2028-01"));
  EXPECT_EQ(timeline.period_of(date("2026-05")), PeriodId(1));
  EXPECT_EQ(timeline.period_of(date("2025-12")).index(), -1);
  EXPECT_EQ(timeline.period_of(date("2040")).index(), 8);
  EXPECT_EQ(timeline.label(PeriodId(5)), "2027Q2");
  EXPECT_DOUBLE_EQ(timeline.payment_years(PeriodId(2), PaymentTime::middle), 0.625);
}

TEST(Timelines, label_years_by_their_start) {
  EXPECT_EQ(Timeline(date("2026"), Step::year, 3).label(PeriodId(2)), "2028");
  EXPECT_EQ(Timeline(date("2026-04"), Step::year, 3).label(PeriodId(2)), "2028-04");
}

TEST(Timelines, of_months_are_named_by_month) {
  const Timeline months(date("2010-09"), Step::month, 5);
  EXPECT_EQ(months.label(PeriodId(4)), "2011-01");
  EXPECT_EQ(months.months(PeriodId(4)), 1);
  EXPECT_EQ(parse_step("month"), Step::month);
  EXPECT_EQ(parse_step("week"), std::nullopt);
}

TEST(Timelines, need_a_period) { EXPECT_THROW(Timeline(date("2026"), Step::year, 0), InternalError); }

TEST(Timelines, share_a_period_by_months) {
  const Timeline timeline = quarters();
  const PeriodId second(1);  // April to June
  EXPECT_DOUBLE_EQ(timeline.share_within(second, std::nullopt, std::nullopt), 1);
  EXPECT_DOUBLE_EQ(timeline.share_within(second, date("2026-05"), std::nullopt), 2.0 / 3);
  EXPECT_DOUBLE_EQ(timeline.share_within(second, std::nullopt, date("2026-05")), 1.0 / 3);
  EXPECT_DOUBLE_EQ(timeline.share_within(second, date("2026-05"), date("2026-06")), 1.0 / 3);
  EXPECT_DOUBLE_EQ(timeline.share_within(second, date("2026-07"), std::nullopt), 0);
  EXPECT_DOUBLE_EQ(timeline.share_within(second, date("2026-06"), date("2026-05")), 0);
}

TEST(Timelines, round_durations_up_but_forgive_a_hair) {
  const Timeline timeline = quarters();
  const PeriodId first(0);
  EXPECT_EQ(timeline.periods_rounded_up(first, 0), 0);
  EXPECT_EQ(timeline.periods_rounded_up(first, 0.5), 2);
  EXPECT_EQ(timeline.periods_rounded_up(first, 0.5 + 1e-9), 2);
  EXPECT_EQ(timeline.periods_rounded_up(first, 0.51), 3);
}

/// Ten years, one year, six months.
Timeline uneven() { return Timeline({date("1990"), date("2000"), date("2001")}, date("2001-07")); }

TEST(UnevenTimelines, know_their_periods) {
  const Timeline timeline = uneven();
  EXPECT_EQ(timeline.count(), 3);
  EXPECT_EQ(timeline.end(), date("2001-07"));
  EXPECT_DOUBLE_EQ(timeline.years(PeriodId(0)), 10);
  EXPECT_DOUBLE_EQ(timeline.years(PeriodId(2)), 0.5);
  EXPECT_EQ(timeline.period_of(date("1999-12")), PeriodId(0));
  EXPECT_EQ(timeline.period_of(date("2001-07")), PeriodId(3));
  EXPECT_EQ(timeline.label(PeriodId(0)), "1990");
  EXPECT_EQ(timeline.label(PeriodId(2)), "2001-01");
  EXPECT_EQ(timeline.begin_of(PeriodId(5)), date("2002-07")) << "beyond the horizon periods are as long as the last";
}

TEST(UnevenTimelines, must_ascend) {
  EXPECT_THROW(Timeline({date("2000"), date("1990")}, date("2010")), InternalError);
}

TEST(UnevenTimelines, round_times_up_to_the_next_begin) {
  EXPECT_EQ(uneven().periods_rounded_up(PeriodId(0), 3), 1);
  EXPECT_EQ(uneven().periods_rounded_up(PeriodId(0), 10.5), 2);
  EXPECT_EQ(uneven().periods_rounded_up(PeriodId(1), 1), 1);
}

TEST(UnevenTimelines, pay_every_year) {
  const auto payments = uneven().payments(PeriodId(0), PaymentTime::end);
  ASSERT_EQ(payments.size(), 10U);
  EXPECT_DOUBLE_EQ(payments[0].at_years, 1);
  EXPECT_DOUBLE_EQ(payments[9].at_years, 10);
  EXPECT_DOUBLE_EQ(payments[9].share, 0.1);
  const auto half = uneven().payments(PeriodId(2), PaymentTime::middle);
  ASSERT_EQ(half.size(), 1U);
  EXPECT_DOUBLE_EQ(half[0].at_years, 11.25);
  EXPECT_DOUBLE_EQ(uneven().payment_years(PeriodId(0), PaymentTime::middle), 5);
}

TEST(UnevenTimelines, spread_arrivals_by_time) {
  const auto parts = arrivals(uneven(), PeriodId(0), 1);  // the last year of ten arrives in the next period
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_NEAR(parts[0].share, 0.9, 1e-12);
  EXPECT_NEAR(parts[1].share, 0.1, 1e-12);
}

TEST(Arrivals, of_whole_periods_come_all_at_once) {
  const auto parts = arrivals(quarters(), PeriodId(0), 0.5);
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].offset, 2);
  EXPECT_DOUBLE_EQ(parts[0].share, 1);
}

TEST(Arrivals, of_a_part_of_a_period_are_spread_over_two) {
  const auto parts = arrivals(quarters(), PeriodId(0), 0.1);  // 0.4 of a quarter
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].offset, 0);
  EXPECT_NEAR(parts[0].share, 0.6, 1e-12);
  EXPECT_EQ(parts[1].offset, 1);
  EXPECT_NEAR(parts[0].share + parts[1].share, 1, 1e-12);
}

TEST(Arrivals, of_no_transit_are_at_once) {
  const auto parts = arrivals(quarters(), PeriodId(0), 0);
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].offset, 0);
}

TEST(DatedValues, hold_from_their_date_until_the_next) {
  DatedValue value;
  EXPECT_TRUE(value.empty());
  value.set(date("2027"), 20);
  value.set(date("2026"), 10);
  EXPECT_FALSE(value.at(date("2025-12")));
  EXPECT_EQ(value.at(date("2026")), 10);
  EXPECT_EQ(value.at(date("2026-12")), 10);
  EXPECT_EQ(value.at(date("2030")), 20);
}

TEST(DatedValues, without_date_hold_from_the_beginning) {
  DatedValue value;
  value.set(std::nullopt, 5);
  value.set(date("2026"), 6);
  value.set(date("2026"), 7);
  EXPECT_EQ(value.at(date("1000")), 5);
  EXPECT_EQ(value.at(date("2026")), 7);
  EXPECT_EQ(value.entries().size(), 2U);
}

TEST(DatedValues, average_over_a_period_by_months) {
  DatedValue value;
  value.set(std::nullopt, 3);
  value.set(date("2026-02"), 9);
  EXPECT_DOUBLE_EQ(value.average(quarters(), PeriodId(0)).value(), 7);
  EXPECT_DOUBLE_EQ(value.average(quarters(), PeriodId(1)).value(), 9);
}

TEST(DatedValues, average_over_the_part_of_a_period_they_cover) {
  DatedValue value;
  value.set(date("2026-06"), 4);
  EXPECT_FALSE(value.average(quarters(), PeriodId(0)));
  EXPECT_DOUBLE_EQ(value.average(quarters(), PeriodId(1)).value(), 4);
}

}  // namespace
}  // namespace pinchpoint
