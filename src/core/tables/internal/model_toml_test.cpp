// SPDX-License-Identifier: Apache-2.0
#include "core/tables/internal/model_toml.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace pinchpoint::tables::internal {
namespace {

struct Reading {
  ModelSettings settings;
  std::vector<std::string> complaints;
};

Reading read(std::string_view text, const ReadOptions& options = {}) {
  Diagnostics diagnostics;
  const ModelKeys keys = read_model_toml(text, "model.toml", diagnostics);
  Reading reading;
  if (!diagnostics.has_errors()) reading.settings = settings_of(keys, options, diagnostics);
  for (const Diagnostic& item : diagnostics.all()) {
    reading.complaints.push_back(fmt::format("{}:{} {}", item.where.line, item.where.column, info(item.code).code));
  }
  return reading;
}

const std::string least = "name = \"n\"\n[horizon]\nstart = \"2026-Q1\"\nend = \"2027-Q4\"\n";

TEST(ModelToml, reads_all_keys) {
  const Reading reading = read(
      "name = \"n\"\ntitle = \"The title\"\npatches = [\"p\"]\n"
      "[horizon]\nstart = \"2026\"\nend = \"2030\"\nstep = \"year\"\n"
      "[money]\ncurrency = \"EUR\"\nprice_year = 2024\ndiscount_rate = 0\ncapital = \"salvage\"\n"
      "[scenarios]\nhigh = [\"p\", \"q\"]\n[units]\nfoup = \"base\"\n");
  EXPECT_TRUE(reading.complaints.empty());
  const ModelSettings& settings = reading.settings;
  EXPECT_EQ(settings.title, "The title");
  EXPECT_EQ(settings.step, Step::year);
  EXPECT_EQ(to_string(settings.last), "2030-01");
  EXPECT_EQ(settings.currency, "EUR");
  EXPECT_EQ(settings.price_year, 2024);
  EXPECT_EQ(settings.capital, CapitalCharge::salvage);
  EXPECT_EQ(settings.scenarios.at("high"), (std::vector<std::string>{"p", "q"}));
  EXPECT_EQ(settings.patches, std::vector<std::string>{"p"});
  EXPECT_EQ(settings.extra_units.at("foup"), "base");
}

TEST(ModelToml, needs_few_keys) {
  const Reading reading = read(least);
  EXPECT_TRUE(reading.complaints.empty());
  EXPECT_EQ(reading.settings.title, "n");
  EXPECT_EQ(reading.settings.currency, "USD");
  EXPECT_EQ(reading.settings.capital, CapitalCharge::annuity);
  EXPECT_EQ(read("").complaints, (std::vector<std::string>{"0:0 MOD-003", "0:0 MOD-003", "0:0 MOD-003"}));
}

TEST(ModelToml, refuses_values_of_the_wrong_kind) {
  for (const char* line : {"title = 3",
                           "patches = \"p\"",
                           "patches = [3]",
                           "money = 3",
                           "units = 3",
                           "scenarios = []",
                           "extends = \"\"",
                           "[money]\ncurrency = \"dollar\"",
                           "[money]\nprice_year = 2025.5",
                           "[money]\nprice_year = 25",
                           "[money]\ndiscount_rate = \"8%\"",
                           "[money]\ndiscount_rate = 8",
                           "[money]\ndiscount_rate = nan",
                           "[money]\ncapital = \"lease\"",
                           "[scenarios]\na = \"p\"",
                           "[units]\nfoup = 25",
                           "horizon = 2026",
                           "[horizon]\nstart = \"soon\"",
                           "[horizon]\nstep = \"week\"",
                           "[horizon]\nend = 2026-01-01"}) {
    const Reading reading = read(line);
    ASSERT_EQ(reading.complaints.size(), 1U) << line;
    EXPECT_TRUE(reading.complaints.front().ends_with("MOD-004")) << line;
  }
}

TEST(ModelToml, refuses_unknown_keys_and_bad_toml) {
  EXPECT_EQ(read("nam = \"n\"\n").complaints, std::vector<std::string>{"1:1 MOD-002"});
  EXPECT_EQ(read("[horizon]\nbegin = 2026\n").complaints, std::vector<std::string>{"2:1 MOD-002"});
  for (const char* text : {"name = \n", "name = \"n", "[\x01", "na\u0142me = 1", "name = 1\nname = 2\n", "\xFF = 1"}) {
    const Reading reading = read(text);
    ASSERT_EQ(reading.complaints.size(), 1U) << text;
    EXPECT_TRUE(reading.complaints.front().ends_with("MOD-001")) << text;
  }
}

TEST(ModelToml, refuses_a_horizon_without_period_or_off_its_step) {
  EXPECT_EQ(read("name = \"n\"\n[horizon]\nstart = 2027\nend = 2026\n").complaints,
            std::vector<std::string>{"3:9 MOD-009"});
  EXPECT_EQ(read("name = \"n\"\n[horizon]\nstart = \"2027-02\"\nend = 2028\n").complaints,
            std::vector<std::string>{"3:9 MOD-004"});
}

TEST(ModelToml, lays_a_childs_keys_over_its_bases) {
  Diagnostics diagnostics;
  ModelKeys keys = read_model_toml(least + "[scenarios]\na = [\"p\"]\nb = [\"q\"]\n", "base", diagnostics);
  lay_over(keys, read_model_toml("name = \"m\"\n[scenarios]\nb = []\n", "child", diagnostics));
  const ModelSettings settings = settings_of(keys, {}, diagnostics);
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_EQ(settings.name, "m");
  EXPECT_EQ(settings.scenarios.at("a").size(), 1U);
  EXPECT_TRUE(settings.scenarios.at("b").empty());
}

TEST(ModelToml, rules_are_a_base_and_a_vintage) {
  EXPECT_FALSE(read(least).settings.rules.has_value());
  const ModelSettings path = read(least + "[rules]\n").settings;
  ASSERT_TRUE(path.rules.has_value());
  EXPECT_EQ(path.rules->base + path.rules->as_of, "");
  const ModelSettings vintage = read(least + "[rules]\nbase = \"r\"\nas_of = \"2024-02-29\"\n").settings;
  EXPECT_EQ(vintage.rules->base, "r");
  EXPECT_EQ(vintage.rules->as_of, "2024-02-29");
  ReadOptions options;
  options.rules_as_of = "path";
  EXPECT_EQ(read(least + "[rules]\nas_of = \"2024-02-29\"\n", options).settings.rules->as_of, "");
  EXPECT_EQ(read(least, options).complaints, std::vector<std::string>{"0:0 MOD-003"});
  for (const char* const text :
       {"2025-02-29", "2025-13-01", "2025-01", "2025-01-1", "2025-01-00", "2025/01/01", "spring"})
    EXPECT_EQ(read(least + fmt::format("[rules]\nas_of = \"{}\"\n", text)).complaints.size(), 1U) << text;
}

}  // namespace
}  // namespace pinchpoint::tables::internal
