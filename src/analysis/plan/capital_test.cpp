// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/capital.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::world_of;
using test_support::WorldText;

/// Ore wanted in A at 100 USD/t, 6 t/year; mines at 100 USD per t/year that last four years; money at 10 % a year.
WorldText steady_mine() {
  WorldText world;
  world.money(0.1)
      .regions("A")
      .commodity("ore", "t", "trade=local")
      .technology("mine", "ore", "t/year")
      .option("mine", "A");
  world.technology_figure("mine", "capex", "100 USD/(t/year)").technology_figure("mine", "lifetime", "4 years");
  world.technology_figure("mine", "variable_cost", "5 USD/t");
  world.programme("use", "ore", "A", "6 t/year", "100 USD/t");
  return world;
}

std::string year(int last) { return std::to_string(last); }

double sum_of(const std::vector<CapitalPayment>& payments) {
  double sum = 0;
  for (const CapitalPayment& payment : payments) sum += payment.money;
  return sum;
}

Capital capital_in(const World& world, int ordered = 0) {
  const auto assets = collect_assets(world);
  return CapitalBook(world).of(assets[AssetId(0)], PeriodId(ordered));
}

// Four payments, the first when the mine comes on line: A · (1 + 1/1.1 + 1/1.21 + 1/1.331) = 100.
TEST(Capital, annuity_repays_spending_over_the_life) {
  const Capital capital = capital_in(world_of(steady_mine().horizon("2025", "2030")));
  ASSERT_EQ(capital.charged.size(), 4U);
  const double payment = 100 / (1 + 1 / 1.1 + 1 / 1.21 + 1 / 1.331);
  for (const CapitalPayment& charged : capital.charged) EXPECT_NEAR(charged.money, payment, 1e-9);
  ASSERT_EQ(capital.spent.size(), 1U);
  EXPECT_NEAR(capital.spent[0].money, 100, 1e-12);
}

TEST(Capital, payments_after_the_horizon_are_not_charged) {
  EXPECT_EQ(capital_in(world_of(steady_mine().horizon("2025", "2026"))).charged.size(), 2U);
}

TEST(Capital, without_interest_an_annuity_is_a_straight_line) {
  const Capital capital = capital_in(world_of(steady_mine().horizon("2025", "2030").money(0)));
  for (const CapitalPayment& charged : capital.charged) EXPECT_NEAR(charged.money, 25, 1e-12);
}

// Half is spent in each year of building and bears interest until the mine comes on line: 50·1.21 + 50·1.1.
TEST(Capital, spending_while_building_bears_interest) {
  WorldText text = steady_mine().horizon("2025", "2032").technology_figure("mine", "build_time", "2 years");
  const Capital capital = capital_in(world_of(text));
  ASSERT_EQ(capital.spent.size(), 2U);
  EXPECT_NEAR(capital.spent[1].money, 50, 1e-12);
  EXPECT_EQ(capital.charged.front().period, PeriodId(2));
  const double owed = 50 * 1.21 + 50 * 1.1;
  EXPECT_NEAR(capital.charged[0].money, owed / (1 + 1 / 1.1 + 1 / 1.21 + 1 / 1.331), 1e-9);
}

// Two and a half years: two whole payments and half a one.
TEST(Capital, the_last_payment_is_for_the_part_of_a_period_that_is_left) {
  WorldText text = steady_mine().horizon("2025", "2030");
  text.change("technology_parameters", "parameter=lifetime", "figure=30 months");
  const Capital capital = capital_in(world_of(text));
  ASSERT_EQ(capital.charged.size(), 3U);
  EXPECT_NEAR(capital.charged[2].money, capital.charged[0].money / 2, 1e-9);
}

TEST(Capital, dearer_capital_costs_more_by_annuity) {
  WorldText text = steady_mine().horizon("2025", "2030");
  text.row("organisation_parameters", "organisation=firm; parameter=cost_of_capital; figure=15 %/year");
  const Capital capital = capital_in(world_of(text));
  EXPECT_NEAR(capital.charged[0].money, 100 / (1 + 1 / 1.15 + 1 / 1.3225 + 1 / 1.520875), 1e-9);
}

// 100 paid at the start; the years 3 and 4 of four lie beyond the horizon: (g^-2 + g^-3) / (1 + g^-1 + g^-2 + g^-3).
TEST(Capital, salvage_from_the_start_is_a_sinking_fund) {
  WorldText text = steady_mine().horizon("2025", "2026").money(0.1, "salvage");
  text.money_keys["capital_paid"] = "\"start\"";
  const World world = world_of(text);
  const Capital capital = capital_in(world);
  double worth = 0;
  for (const CapitalPayment& payment : capital.charged) worth += payment.money * world.discount(payment.at_years);
  const double sinking_fund = 1 - (std::pow(1.1, 2) - 1) / (std::pow(1.1, 4) - 1);
  EXPECT_NEAR(worth, 100 - 100 * sinking_fund / std::pow(1.1, 2), 1e-9);
}

TEST(Capital, straight_line_gives_back_the_share_of_life_that_is_left) {
  WorldText text = steady_mine().horizon("2025", "2027").money(0.1, "straight-line");
  text.money_keys["capital_paid"] = "\"start\"";
  const World world = world_of(text);
  const Capital capital = capital_in(world, 1);
  double worth = 0;
  for (const CapitalPayment& payment : capital.charged) worth += payment.money * world.discount(payment.at_years);
  EXPECT_NEAR(worth, 100 / 1.1 - 100 * 0.5 / std::pow(1.1, 3), 1e-9);
}

// Ordered in 1990 for 30 years, horizon 1990-2009 in two periods of ten years: 20 of 30 yearly payments count.
TEST(Capital, in_long_periods_life_is_paid_by_the_year) {
  WorldText text = steady_mine().horizon("1990", "2009").money(0.05, "salvage");
  text.horizon_keys["periods"] = "[1990, 2000]";
  text.money_keys["capital_paid"] = "\"start\"";
  const World world = world_of(text.change("technology_parameters", "parameter=lifetime", "figure=30 years"));
  double worth = 0;
  for (const CapitalPayment& payment : capital_in(world).charged)
    worth += payment.money * world.discount(payment.at_years);
  const double g = 1.05;
  EXPECT_NEAR(worth, 100 * (1 - std::pow(g, -20)) / (1 - std::pow(g, -30)), 1e-9);
}

TEST(Capital, salvage_gives_back_what_outlives_the_horizon) {
  const World world = world_of(steady_mine().horizon("2025", "2026").money(0, "salvage"));
  const Capital capital = capital_in(world);
  ASSERT_EQ(capital.charged.size(), 2U);
  EXPECT_NEAR(capital.charged[0].money, 100, 1e-12);
  EXPECT_EQ(capital.charged[1].period, PeriodId(1));
  EXPECT_NEAR(capital.charged[1].money, -50, 1e-12) << "two of four years are left";
  EXPECT_NEAR(sum_of(capital.charged), 50, 1e-12);
}

class CapitalHorizons : public ::testing::TestWithParam<int> {};

TEST_P(CapitalHorizons, annuity_and_salvage_agree_where_capital_costs_the_discount_rate) {
  WorldText text = steady_mine().horizon("2025", year(GetParam())).technology_figure("mine", "build_time", "1 year");
  const double annuity = plan_of(text.money(0.1, "annuity")).objective();
  const double salvage = plan_of(text.money(0.1, "salvage")).objective();
  EXPECT_NEAR(annuity, salvage, 1e-9 * annuity);
}

// Whatever the horizon, a year in which 6 t are made costs the same: 6 · (annuity payment + 5), in money of its middle.
TEST_P(CapitalHorizons, every_year_of_a_steady_case_costs_the_same) {
  const double payment = 100 / (1 + 1 / 1.1 + 1 / 1.21 + 1 / 1.331);
  double expected = 0;
  for (int at = 0; at <= GetParam() - 2025; ++at) expected += 6 * (payment + 5) * std::pow(1.1, -(at + 0.5));
  EXPECT_NEAR(plan_of(steady_mine().horizon("2025", year(GetParam()))).objective(), expected, 1e-6 * expected);
}

INSTANTIATE_TEST_SUITE_P(Years, CapitalHorizons, ::testing::Values(2025, 2026, 2028, 2031, 2040));

/// A choice that a horizon too short would get wrong: a mine pays for itself only over most of its life, for otherwise
/// ore comes from abroad at 40 USD/t.
WorldText mine_or_import(const char* capital) {
  WorldText world = steady_mine().money(0.1, capital).regions("B").change("commodities", "id=ore", "trade=market");
  world.technology("abroad", "ore", "t/year").technology_figure("abroad", "variable_cost", "40 USD/t");
  world.facility("abroad", "B", "100 t/year");
  return world;
}

// The payment is 28.7 USD a year and running 5: less than 40 from abroad, so all 6 t are built at once, always.
TEST(Capital, doubling_the_horizon_leaves_first_decisions_alone) {
  for (const char* const capital : {"annuity", "salvage"}) {
    for (const int last : {2025, 2026, 2028, 2032, 2040}) {
      const SolvedPlan plan = plan_of(mine_or_import(capital).horizon("2025", year(last)));
      EXPECT_NEAR(plan.value("order[mine,A,firm,2025]"), 6, 1e-9) << capital << " to " << last;
    }
  }
}

// At 32 USD/t from abroad the mine never pays, however long the horizon.
TEST(Capital, a_longer_horizon_makes_nothing_worth_building_that_was_not) {
  for (const int last : {2025, 2028, 2032}) {
    WorldText world = mine_or_import("annuity").horizon("2025", year(last));
    world.change("technology_parameters", "technology=abroad", "figure=32 USD/t");
    EXPECT_NEAR(plan_of(world).value("order[mine,A,firm,2025]"), 0, 1e-9) << last;
  }
}

// Quarters of a year say the same as years where nothing happens within a year, but for when money is paid in it.
TEST(Capital, an_order_is_charged_over_its_life_in_quarters_too) {
  const Capital capital = capital_in(world_of(steady_mine().horizon("2025-Q1", "2030-Q4", "quarter").money(0)));
  ASSERT_EQ(capital.charged.size(), 16U);
  EXPECT_NEAR(capital.charged[0].money, 100.0 / 16, 1e-9);
}

TEST(Draws, are_spread_over_the_build_time_or_fall_before_coming_on_line) {
  WorldText text = steady_mine().horizon("2025", "2030").technology_figure("mine", "build_time", "3 years");
  text.commodity("tool", "piece").recipe("mine", "build", "tool", "1 piece/(t/year)");
  const World even = world_of(text);
  const auto assets = collect_assets(even);
  const RecipeLine& line = even.technologies[TechnologyId(0)].recipe.at(0);
  const std::vector<Draw> draws = draws_of(even, assets[AssetId(0)], PeriodId(1), line);
  ASSERT_EQ(draws.size(), 3U);
  EXPECT_EQ(draws[0].period, PeriodId(1));
  EXPECT_NEAR(draws[2].share, 1.0 / 3, 1e-12);

  const World early = world_of(text.change("recipes", "commodity=tool", "lead_months=99"));
  const RecipeLine& led = early.technologies[TechnologyId(0)].recipe.at(0);
  const std::vector<Draw> drawn = draws_of(early, assets[AssetId(0)], PeriodId(1), led);
  ASSERT_EQ(drawn.size(), 1U);
  EXPECT_EQ(drawn[0].period, PeriodId(1)) << "never before the order";
}

}  // namespace
}  // namespace pinchpoint::plan
