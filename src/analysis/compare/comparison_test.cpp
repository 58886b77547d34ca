// SPDX-License-Identifier: Apache-2.0
#include "analysis/compare/comparison.hpp"

#include <gtest/gtest.h>

namespace pinchpoint::compare {
namespace {

Date date(const char* text) { return *parse_date(text); }

std::vector<RunPeriod> quarters_of_2025() {
  return {{"2025Q1", date("2025-Q1"), date("2025-Q2")},
          {"2025Q2", date("2025-Q2"), date("2025-Q3")},
          {"2025Q3", date("2025-Q3"), date("2025-Q4")},
          {"2025Q4", date("2025-Q4"), date("2026")}};
}

std::vector<RunPeriod> years(int from, int until) {
  std::vector<RunPeriod> periods;
  for (int year = from; year < until; ++year)
    periods.push_back({std::to_string(year), Date{12 * year}, Date{12 * (year + 1)}});
  return periods;
}

/// A mine in Australia makes ore for a programme that asks for 10 t a quarter; money in USD of 2025.
RunData mine() {
  RunData run;
  run.path = "runs/first";
  run.status = "optimal";
  run.has_plan = true;
  run.model = "mine";
  run.currency = "USD";
  run.price_year = 2025;
  run.objective = 1000;
  run.periods = quarters_of_2025();
  run.names.add("programmes", "use", "Use of ore");
  run.names.add("technologies", "mine", "Ore mine");
  run.names.add("regions", "AU", "Australia");
  run.names.add("commodities", "ore", "Ore");
  run.names.add("organisations", "firm", "Firm");
  run.outputs["mine"] = {"ore", "t"};
  run.programmes["use"] = {"t", "t/year", {10, 10, 10, 10}, {8, 8, 10, 10}, {40, 40, 40, 40}, {32, 32, 40, 40}};
  run.tables[static_cast<std::size_t>(Table::activity)][{"mine", "AU", "firm", ""}] = {"t", {8, 8, 10, 10}};
  run.tables[static_cast<std::size_t>(Table::prices)][{"ore", "AU"}] = {"USD/t", {100, 100, 0, 0}};
  run.tables[static_cast<std::size_t>(Table::costs)][{"organisation", "firm", "shortage"}] = {"USD", {200, 200, 0, 0}};
  run.orders.push_back({{"mine", "AU", "firm"}, date("2025-Q2"), 4, "t/year", 80});
  run.orders.push_back({{"mine", "AU", "firm"}, date("2025-Q3"), 4, "t/year", 80});
  run.bindings.push_back({"capacity", "mine", "AU", "firm", "Ore mine", 0, 100, "USD/t", 800});
  run.options = {{"scenarios", ""}, {"step", "quarter"}};
  run.inputs = {{"model.toml", "aa"}, {"facilities.csv", "bb"}};
  return run;
}

/// The same with a mine that comes two quarters later.
RunData late_mine() {
  RunData run = mine();
  run.path = "runs/second";
  run.objective = 1600;
  run.programmes["use"].met = {8, 8, 8, 8};
  run.programmes["use"].met_rate = {32, 32, 32, 32};
  run.tables[static_cast<std::size_t>(Table::activity)][{"mine", "AU", "firm", ""}] = {"t", {8, 8, 8, 8}};
  run.tables[static_cast<std::size_t>(Table::prices)][{"ore", "AU"}] = {"USD/t", {100, 100, 100, 100}};
  run.tables[static_cast<std::size_t>(Table::costs)][{"organisation", "firm", "shortage"}] = {"USD",
                                                                                              {200, 200, 200, 200}};
  run.orders.clear();
  run.orders.push_back({{"mine", "AU", "firm"}, date("2025-Q4"), 8, "t/year", 160});
  run.bindings = {{"quota", "cap", "", "", "the rule 'Cap'", 2, 50, "USD/t", 400}};
  run.options[0].second = "late";
  run.inputs["patches/late.csv"] = "cc";
  return run;
}

const TableComparison& table(const Comparison& comparison, Table which) {
  return comparison.tables[static_cast<std::size_t>(which)];
}

TEST(Comparison, of_a_run_with_itself_finds_no_difference) {
  const Comparison same = compare_runs(mine(), mine());
  EXPECT_TRUE(same.problem.empty());
  EXPECT_TRUE(same.is_same);
  EXPECT_TRUE(same.inputs.empty());
  EXPECT_NE(same.summary.find("No difference"), std::string::npos);
}

TEST(Comparison, of_runs_with_other_inputs_and_the_same_plan_says_both) {
  RunData other = mine();
  other.inputs["facilities.csv"] = "dd";
  const Comparison same = compare_runs(mine(), other);
  EXPECT_TRUE(same.is_same);
  EXPECT_NE(same.summary.find("differs in one point"), std::string::npos) << same.summary;
}

TEST(Comparison, programmes_say_how_much_less_they_get_and_when_they_are_met) {
  const Comparison found = compare_runs(mine(), late_mine());
  ASSERT_EQ(found.programmes.size(), 1U);
  const ProgrammeChange& use = found.programmes.front();
  EXPECT_TRUE(use.is_changed);
  EXPECT_DOUBLE_EQ(use.first_met, 36);
  EXPECT_DOUBLE_EQ(use.second_met, 32);
  EXPECT_DOUBLE_EQ(use.second_unmet() - use.first_unmet(), 4);
  EXPECT_EQ(use.first_full_from, 2U) << "from 2025Q3 on";
  EXPECT_FALSE(use.second_full_from);
  EXPECT_EQ(use.peak, 2U);
}

TEST(Comparison, builds_say_by_how_much_they_come_later) {
  const Comparison found = compare_runs(mine(), late_mine());
  ASSERT_EQ(found.builds.size(), 1U);
  const BuildChange& build = found.builds.front();
  EXPECT_EQ(build.name, "Ore mine in Australia (Firm)");
  EXPECT_DOUBLE_EQ(build.second_capacity, 8);
  EXPECT_EQ(build.delay_months, 6) << "first in 2025Q4 instead of 2025Q2";
  // Half of it comes six months later, half three.
  EXPECT_DOUBLE_EQ(build.mean_delay_months, 4.5);
}

TEST(Comparison, a_build_that_only_one_run_has_has_no_delay) {
  RunData without = mine();
  without.orders.clear();
  const Comparison found = compare_runs(mine(), without);
  ASSERT_EQ(found.builds.size(), 1U);
  EXPECT_FALSE(found.builds.front().second_on_line);
  EXPECT_FALSE(found.builds.front().delay_months);
  EXPECT_NE(found.summary.find("Ore mine in Australia (Firm): 8 t a year less, none at all"), std::string::npos)
      << found.summary;
}

TEST(Comparison, changes_are_valued_at_the_price_of_what_is_made) {
  const Comparison found = compare_runs(mine(), late_mine());
  ASSERT_EQ(table(found, Table::activity).changes.size(), 1U);
  const Change& activity = table(found, Table::activity).changes.front();
  EXPECT_DOUBLE_EQ(activity.difference(), -4);
  EXPECT_DOUBLE_EQ(activity.worth, 400) << "4 t at 100 USD/t";
  const Change& price = table(found, Table::prices).changes.front();
  EXPECT_DOUBLE_EQ(price.first_total, 50) << "an average over the year";
  EXPECT_DOUBLE_EQ(price.second_total, 100);
  // Half a year at 100 USD/t more, of 36 t a year.
  EXPECT_DOUBLE_EQ(price.worth, 1800);
}

TEST(Comparison, costs_are_compared_by_payer_and_kind) {
  const Comparison found = compare_runs(mine(), late_mine());
  EXPECT_TRUE(found.has_objective);
  EXPECT_DOUBLE_EQ(found.second_cost - found.first_cost, 600);
  ASSERT_EQ(table(found, Table::costs).changes.size(), 1U);
  EXPECT_EQ(table(found, Table::costs).changes.front().name, "shortage of Firm");
  EXPECT_DOUBLE_EQ(table(found, Table::costs).changes.front().difference(), 400);
}

TEST(Comparison, limits_come_and_go) {
  const Comparison found = compare_runs(mine(), late_mine());
  ASSERT_EQ(found.bindings.size(), 2U);
  EXPECT_TRUE(found.bindings[0].went());
  EXPECT_EQ(found.bindings[0].name, "capacity of Ore mine in Australia (Firm)") << "worth most: first";
  EXPECT_TRUE(found.bindings[1].came());
  EXPECT_EQ(found.bindings[1].second_spans, (std::vector<std::size_t>{2}));
}

TEST(Comparison, what_differs_in_the_input_is_listed) {
  const Comparison found = compare_runs(mine(), late_mine());
  ASSERT_EQ(found.inputs.size(), 2U);
  EXPECT_EQ(found.inputs[0].what, "scenarios");
  EXPECT_EQ(found.inputs[0].first, "none");
  EXPECT_EQ(found.inputs[0].second, "late");
  EXPECT_EQ(found.inputs[1].what, "patches/late.csv");
  EXPECT_EQ(found.inputs[1].first, "not read");
}

TEST(Comparison, the_summary_speaks_of_programmes_money_builds_and_limits_in_this_order) {
  EXPECT_EQ(compare_runs(mine(), late_mine()).summary,
            "Use of ore gets 80.0 % of what it asks for instead of 90.0 % (4 t less), most of all in 2025Q3: 32 t a "
            "year instead of 40; it is no longer met in full at the end, as it was from 2025Q3 on. "
            "The plan costs USD 1600 instead of USD 1000 (USD 600 more, 60.0 %): shortage of Firm + USD 400. "
            "What is built differs most in Ore mine in Australia (Firm): the same 8 t a year, from 2025Q4 on, two "
            "quarters later. "
            "Of what is made and run, Ore mine in Australia (Firm) changes most: 32 t instead of 36. "
            "What binds now and did not before: the rule 'Cap' (2025Q3). "
            "What no longer binds: capacity of Ore mine in Australia (Firm) (2025Q1).");
}

TEST(Comparison, a_programme_that_gets_all_is_spoken_of_so) {
  RunData full = mine();
  full.programmes["use"].met = {10, 10, 10, 10};
  full.programmes["use"].met_rate = {40, 40, 40, 40};
  const std::string better = compare_runs(mine(), full).summary;
  EXPECT_TRUE(better.starts_with("Use of ore gets all it asks for instead of 90.0 % of what it asks for (4 t more)"))
      << better;
  EXPECT_NE(better.find("it is met in full from 2025Q1 on, two quarters sooner"), std::string::npos) << better;
  const std::string worse = compare_runs(full, mine()).summary;
  EXPECT_TRUE(worse.starts_with("Use of ore gets 90.0 % of what it asks for instead of all of it (4 t less)")) << worse;
  RunData silent = mine();
  silent.programmes["use"] = {"t", "t/year", {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}};
  EXPECT_TRUE(compare_runs(mine(), silent).summary.starts_with("Use of ore no longer asks for anything."));
  EXPECT_TRUE(compare_runs(silent, mine())
                  .summary.starts_with("Use of ore, which asked for nothing before, gets 90.0 % of what it asks for."));
}

TEST(Comparison, money_paid_at_another_time_is_no_more_money) {
  RunData other = mine();
  other.tables[static_cast<std::size_t>(Table::costs)].begin()->second.values = {150, 250, 0, 0};
  const Comparison found = compare_runs(mine(), other);
  ASSERT_EQ(table(found, Table::costs).changes.size(), 1U);
  EXPECT_EQ(table(found, Table::costs).changes[0].worth, 0);
  EXPECT_DOUBLE_EQ(table(found, Table::costs).changes[0].moved, 100);
}

TEST(Comparison, differences_below_a_millionth_are_none) {
  RunData other = mine();
  for (double& value : other.tables[static_cast<std::size_t>(Table::activity)].begin()->second.values)
    value *= 1 + 1e-8;
  EXPECT_TRUE(compare_runs(mine(), other).is_same);
  other.tables[static_cast<std::size_t>(Table::activity)].begin()->second.values[3] = 10.001;
  EXPECT_FALSE(compare_runs(mine(), other).is_same);
}

TEST(Comparison, what_is_missing_by_rounding_is_not_short) {
  RunData first = mine(), second = mine();
  for (RunData* run : {&first, &second}) run->programmes["use"].met = run->programmes["use"].asked;
  for (double& met : second.programmes["use"].met) met *= 1 - 1e-12;
  const ProgrammeChange change = compare_runs(first, second).programmes.at(0);
  EXPECT_EQ(change.second_unmet(), 0);
  EXPECT_EQ(change.second_met, change.first_met);
  EXPECT_FALSE(change.is_changed);
  for (double& met : second.programmes["use"].met) met *= 1 - 1e-7;
  EXPECT_GT(compare_runs(first, second).programmes.at(0).second_unmet(), 0);
}

TEST(Comparison, quarters_are_put_together_where_the_other_run_has_years) {
  RunData yearly = mine();
  yearly.periods = years(2025, 2026);
  yearly.programmes["use"] = {"t", "t/year", {40}, {30}, {40}, {30}};
  yearly.tables[static_cast<std::size_t>(Table::activity)][{"mine", "AU", "firm", ""}] = {"t", {30}};
  yearly.tables[static_cast<std::size_t>(Table::prices)][{"ore", "AU"}] = {"USD/t", {50}};
  yearly.tables[static_cast<std::size_t>(Table::costs)].begin()->second = {"USD", {400}};
  yearly.bindings[0].period = 0;
  yearly.orders = {{{"mine", "AU", "firm"}, date("2025"), 8, "t/year", 160}};
  const Comparison found = compare_runs(mine(), yearly);
  ASSERT_EQ(found.spans.size(), 1U);
  EXPECT_EQ(found.spans[0].label, "2025");
  EXPECT_DOUBLE_EQ(found.programmes[0].first_met, 36);
  EXPECT_DOUBLE_EQ(found.programmes[0].first_met_rate[0], 36) << "a rate is averaged";
  EXPECT_DOUBLE_EQ(table(found, Table::activity).changes[0].difference(), -6);
  EXPECT_TRUE(table(found, Table::prices).changes.empty()) << "100 for half a year is 50 for a year";
  EXPECT_TRUE(found.builds.empty()) << "what comes in some quarter comes in the year";
  EXPECT_TRUE(found.bindings.empty());
  EXPECT_FALSE(found.notes.empty());
}

TEST(Comparison, stocks_of_a_year_are_those_of_its_last_quarter) {
  RunData quarterly = mine(), yearly = mine();
  quarterly.tables[static_cast<std::size_t>(Table::stocks)][{"ore", "AU"}] = {"t", {1, 2, 3, 7}};
  yearly.periods = years(2025, 2026);
  yearly.programmes.clear();
  for (SeriesTable& each : yearly.tables) each.clear();
  yearly.bindings.clear();
  yearly.orders.clear();
  yearly.tables[static_cast<std::size_t>(Table::stocks)][{"ore", "AU"}] = {"t", {5}};
  const Comparison found = compare_runs(quarterly, yearly);
  ASSERT_EQ(table(found, Table::stocks).changes.size(), 1U);
  EXPECT_DOUBLE_EQ(table(found, Table::stocks).changes[0].first_total, 7);
}

TEST(Comparison, runs_with_other_horizons_are_compared_where_both_have_time) {
  RunData first = mine(), second = mine();
  first.periods = years(2025, 2029);
  second.periods = years(2027, 2031);
  second.discount_rate = 0.1;
  const Comparison found = compare_runs(first, second);
  ASSERT_EQ(found.spans.size(), 2U);
  EXPECT_EQ(found.spans[0].label, "2027");
  EXPECT_EQ(found.spans[0].first_from, 2U);
  EXPECT_EQ(found.spans[0].second_from, 0U);
  EXPECT_FALSE(found.has_objective) << "they add up other years at another rate";
  // The first run's 2027 is its third number, the second run's its first.
  EXPECT_DOUBLE_EQ(found.programmes[0].first_met, 20);
  EXPECT_DOUBLE_EQ(found.programmes[0].second_met, 16);
}

TEST(Comparison, runs_without_common_time_are_refused) {
  RunData later = mine();
  later.periods = years(2031, 2035);
  EXPECT_NE(compare_runs(mine(), later).problem.find("2031 to 2034"), std::string::npos);
}

TEST(Comparison, runs_of_models_with_nothing_in_common_are_refused_by_name) {
  RunData other = mine();
  other.model = "bakery";
  other.programmes.clear();
  for (SeriesTable& each : other.tables) each.clear();
  other.programmes["bread"] = {"kg", "kg/year", {1, 1, 1, 1}, {1, 1, 1, 1}, {4, 4, 4, 4}, {4, 4, 4, 4}};
  const std::string problem = compare_runs(mine(), other).problem;
  EXPECT_NE(problem.find("the model 'mine'"), std::string::npos) << problem;
  EXPECT_NE(problem.find("of 'bakery'"), std::string::npos) << problem;
}

TEST(Comparison, money_of_another_currency_is_left_out_and_said_so) {
  RunData euros = late_mine();
  euros.currency = "EUR";
  const Comparison found = compare_runs(mine(), euros);
  EXPECT_FALSE(found.has_money);
  EXPECT_TRUE(table(found, Table::costs).changes.empty());
  EXPECT_EQ(found.summary.find("costs"), std::string::npos) << found.summary;
  ASSERT_FALSE(found.notes.empty());
  EXPECT_NE(found.notes.front().find("EUR"), std::string::npos);
}

TEST(DelayText, counts_in_years_quarters_or_months) {
  EXPECT_EQ(delay_text(6), "two quarters later");
  EXPECT_EQ(delay_text(-3), "one quarter sooner");
  EXPECT_EQ(delay_text(24), "two years later");
  EXPECT_EQ(delay_text(-5), "five months sooner");
  EXPECT_EQ(delay_text(0), "");
}

TEST(SpansText, says_how_many_periods_of_a_stretch_are_meant) {
  const auto periods = quarters_of_2025();
  const std::vector<Span> spans = common_spans(periods, periods);
  EXPECT_EQ(spans_text(spans, {1}), "2025Q2");
  EXPECT_EQ(spans_text(spans, {0, 1, 2}), "2025Q1 to 2025Q3");
  EXPECT_EQ(spans_text(spans, {0, 3}), "2025Q1 to 2025Q4 (2 of 4 periods)");
}

TEST(CommonSpans, of_periods_that_never_begin_together_are_none) {
  const std::vector<RunPeriod> shifted = {{"a", date("2025-02"), date("2025-05")},
                                          {"b", date("2025-05"), date("2025-08")}};
  EXPECT_TRUE(common_spans(quarters_of_2025(), shifted).empty());
}

}  // namespace
}  // namespace pinchpoint::compare
