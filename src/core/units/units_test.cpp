// SPDX-License-Identifier: Apache-2.0
#include "core/units/units.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/units/trade_units.hpp"

namespace pinchpoint {
namespace {

UnitSystem make_units() {
  return UnitSystem({.price_year = 2025, .deflators = {{2020, 100}, {2024, 120}, {2025, 123}}, .extra = {}});
}

std::optional<double> factor(const UnitSystem& units, std::string_view from, std::string_view to) {
  const auto left = units.parse(from);
  const auto right = units.parse(to);
  if (!left || !right) return std::nullopt;
  return units.factor(*left, *right);
}

UnitProblem problem_of(const UnitSystem& units, std::string_view text) {
  UnitProblem problem = UnitProblem::none;
  const bool is_read = units.parse(text, &problem).has_value();
  EXPECT_EQ(is_read, problem == UnitProblem::none);
  return problem;
}

TEST(Units, time_units_agree_with_one_another) {
  const UnitSystem units = make_units();
  EXPECT_NEAR(*factor(units, "year", "months"), 12, 1e-12);
  EXPECT_NEAR(*factor(units, "years", "quarter"), 4, 1e-12);
  EXPECT_NEAR(*factor(units, "quarters", "month"), 3, 1e-12);
  EXPECT_NEAR(*factor(units, "wafer/month", "wafers/year"), 12, 1e-12);
}

TEST(Units, energy_over_time_is_power) {
  const UnitSystem units = make_units();
  EXPECT_NEAR(*factor(units, "GWh", "MWh"), 1000, 1e-9);
  EXPECT_NEAR(*factor(units, "MW.h", "MWh"), 1, 1e-12);
  EXPECT_NEAR(*factor(units, "TWh/year", "MW"), 1e6 / 8765.81277, 1e-3);
  EXPECT_NEAR(*factor(units, "MW month", "MW.year"), 1.0 / 12, 1e-12);
}

TEST(Units, counts_of_different_things_do_not_convert) {
  const UnitSystem units = make_units();
  EXPECT_FALSE(factor(units, "wafer", "die"));
  EXPECT_FALSE(factor(units, "h100e", "accelerator"));
  EXPECT_FALSE(factor(units, "bit", "1"));
  EXPECT_FALSE(factor(units, "rack", "1"));
}

TEST(Units, trade_units_take_plurals_and_prefixes) {
  const UnitSystem units = make_units();
  for (const auto& [name, about] : UnitSystem::trade_units()) EXPECT_TRUE(units.parse(name)) << name;
  EXPECT_EQ(factor(units, "dies/wafer", "die/wafer"), 1.0);
  EXPECT_EQ(factor(units, "kwafer", "wafer"), 1000.0);
  EXPECT_EQ(factor(units, "people", "person"), 1.0);
  EXPECT_EQ(factor(units, "million accelerators", "accelerator"), 1e6);
  EXPECT_EQ(factor(units, "PFLOP/s", "FLOP/s"), 1e15);
}

TEST(Units, every_trade_word_is_read_whichever_came_before) {
  std::vector<std::string> words;
  for (const auto& unit : units_internal::trade_unit_table) {
    words.emplace_back(unit.name);
    if (!unit.plural.empty()) words.emplace_back(unit.plural);
  }
  const UnitSystem forwards(UnitSystem::Settings{});
  const UnitSystem backwards(UnitSystem::Settings{});
  for (const std::string& word : words) EXPECT_TRUE(forwards.parse(word)) << word;
  for (auto word = words.rbegin(); word != words.rend(); ++word) EXPECT_TRUE(backwards.parse(*word)) << *word;
  for (const std::string& word : words) {
    EXPECT_EQ(forwards.dimension(*forwards.parse(word)), backwards.dimension(*backwards.parse(word))) << word;
  }
}

TEST(Units, words_that_begin_with_per_are_no_division) {
  const UnitSystem units = make_units();
  EXPECT_EQ(factor(units, "1e6 person", "person"), 1e6);
  EXPECT_EQ(factor(units, "USD/(1e6 person.month)", "USD/(million persons.month)"), 1.0);
  EXPECT_EQ(factor(units, "10 percent", "1"), 0.1);
  EXPECT_EQ(factor(units, "token per person", "token/person"), 1.0);
  EXPECT_EQ(factor(units, "token person-1", "token/person"), 1.0);
  EXPECT_EQ(factor(units, "token person^2", "token.person2"), 1.0);
}

TEST(Units, bytes_and_bits_are_of_one_family) {
  const UnitSystem units = make_units();
  EXPECT_EQ(factor(units, "GB", "byte"), 1e9);
  EXPECT_NEAR(*factor(units, "TB", "GB"), 1000, 1e-9);
  EXPECT_EQ(factor(units, "GiB", "byte"), 1073741824.0);
  EXPECT_EQ(factor(units, "GB", "Gb"), 8.0);
  EXPECT_EQ(factor(units, "Gbit", "Gb"), 1.0);
}

TEST(Units, a_kt_is_a_thousand_tonnes_and_a_ton_is_refused) {
  const UnitSystem units = make_units();
  EXPECT_EQ(factor(units, "kt", "t"), 1000.0);
  EXPECT_EQ(factor(units, "kt/year", "t/year"), 1000.0);
  EXPECT_EQ(problem_of(units, "ton"), UnitProblem::unknown);
  EXPECT_EQ(problem_of(units, "USD/unit"), UnitProblem::unknown);
}

TEST(Units, shares_may_be_one_or_percent) {
  const UnitSystem units = make_units();
  EXPECT_EQ(factor(units, "%", "1"), 0.01);
  EXPECT_NEAR(*factor(units, "%/year", "1/year"), 0.01, 1e-15);
}

TEST(Units, money_of_another_year_is_inflated) {
  const UnitSystem units = make_units();
  EXPECT_NEAR(*factor(units, "USD2024", "USD"), 123.0 / 120, 1e-12);
  EXPECT_NEAR(*factor(units, "MUSD2020/MW", "USD/kW"), 1.23 * 1000, 1e-9);
  EXPECT_NEAR(*factor(units, "USD2024/(MW.year)", "USD/MW/year"), 123.0 / 120, 1e-12);
  EXPECT_EQ(factor(units, "USD2025", "USD"), 1.0);
}

TEST(Units, money_without_a_deflator_says_so) {
  const UnitSystem units = make_units();
  EXPECT_EQ(problem_of(units, "USD1999/MW"), UnitProblem::no_deflator);
  EXPECT_EQ(problem_of(units, "USD20245"), UnitProblem::unknown);
  const UnitSystem bare({.price_year = 2025, .deflators = {}, .extra = {}});
  EXPECT_EQ(problem_of(bare, "USD2025"), UnitProblem::none);
  EXPECT_EQ(problem_of(bare, "USD2024"), UnitProblem::no_deflator);
}

TEST(Units, unreadable_text_is_a_problem) {
  const UnitSystem units = make_units();
  for (const char* text : {"", "   ", "wafr", "wafer/", "(wafer", "MW;", "0", "wafer/mnth", "$", "USD/wafer,"}) {
    EXPECT_EQ(problem_of(units, text), UnitProblem::unknown) << text;
  }
  EXPECT_EQ(problem_of(units, std::string(10'000, '(')), UnitProblem::unknown);
}

TEST(Units, surrounding_spaces_and_utf8_are_read) {
  const UnitSystem units = make_units();
  EXPECT_EQ(factor(units, " wafer ", "wafer"), 1.0);
  EXPECT_EQ(factor(units, "mm²", "mm2"), 1.0);
  EXPECT_EQ(factor(units, "µm", "um"), 1.0);
}

TEST(Units, offsets_reciprocals_and_logarithms_have_no_factor) {
  const UnitSystem units = make_units();
  EXPECT_FALSE(factor(units, "degC", "K"));
  EXPECT_FALSE(factor(units, "s", "Hz"));
  EXPECT_FALSE(factor(units, "year", "1/year"));
  EXPECT_FALSE(factor(units, "lg(re 1 mW)", "W"));
  EXPECT_FALSE(factor(units, "-1", "1"));
}

TEST(Units, products_and_quotients_can_be_compared) {
  const UnitSystem units = make_units();
  const Unit capacity = units.divide(*units.parse("wafer"), *units.parse("month"));
  EXPECT_EQ(capacity.text(), "wafer/month");
  const Unit cost = units.divide(*units.parse("USD"), capacity);
  EXPECT_EQ(cost.text(), "USD/(wafer/month)");
  EXPECT_NEAR(*units.factor(cost, *units.parse("USD.year/wafer")), 1.0 / 12, 1e-12);
  const Unit amount = units.multiply(capacity, *units.parse("month"));
  EXPECT_NEAR(*units.factor(amount, *units.parse("wafer")), 1.0, 1e-12);
}

TEST(Units, dimension_is_told_in_base_units) {
  const UnitSystem units = make_units();
  EXPECT_EQ(units.dimension(*units.parse("wafer/month")), "wafer s-1");
  EXPECT_EQ(units.dimension(*units.parse("kUSD/wafer")), "USD wafer-1");
  EXPECT_EQ(units.dimension(*units.parse("GB/accelerator")), "bit accelerator-1");
  EXPECT_EQ(units.dimension(*units.parse("%")), "1");
}

TEST(Units, extra_units_may_use_one_another) {
  const UnitSystem units({.price_year = 2025,
                          .deflators = {},
                          .extra = {{"cassette", "2 foup"}, {"foup", "25 wafer"}, {"mask_set", "base"}}});
  EXPECT_TRUE(units.bad_definitions().empty());
  EXPECT_EQ(factor(units, "cassette", "wafer"), 50.0);
  EXPECT_TRUE(units.parse("mask_set/year"));
  EXPECT_FALSE(factor(units, "mask_set", "wafer"));
}

TEST(Units, extra_units_that_cannot_be_read_are_listed) {
  const UnitSystem units({.price_year = 2025,
                          .deflators = {},
                          .extra = {{"lot", "25 wafr"}, {"t", "base"}, {"two words", "base"}, {"pod2", "base"}}});
  EXPECT_EQ(units.bad_definitions().size(), 4U);
}

TEST(Units, another_currency_takes_the_place_of_dollars) {
  const UnitSystem units({.currency = "EUR", .price_year = 2025, .deflators = {{2024, 1}, {2025, 2}}, .extra = {}});
  EXPECT_EQ(factor(units, "EUR2024", "EUR"), 2.0);
  EXPECT_EQ(problem_of(units, "USD"), UnitProblem::unknown);
}

TEST(Units, closest_mends_the_misspelt_word) {
  const UnitSystem units = make_units();
  EXPECT_EQ(units.closest("wafr/month"), "wafer/month");
  EXPECT_EQ(units.closest("USD/mnths"), "USD/months");
  EXPECT_EQ(units.closest("mw"), "MW");
  EXPECT_EQ(units.closest("USD/ton"), "USD/tonne");
  EXPECT_EQ(units.closest("xyzzyxyzzy"), "");
}

TEST(Units, a_unit_outlives_its_system) {
  std::optional<Unit> unit;
  {
    const UnitSystem units = make_units();
    unit = units.parse("wafer/month");
  }
  EXPECT_EQ(unit->text(), "wafer/month");
}

}  // namespace
}  // namespace pinchpoint
