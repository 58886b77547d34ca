// SPDX-License-Identifier: Apache-2.0
#include "analysis/ruling/ruling.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/solved_plan.hpp"

namespace pinchpoint::ruling {
namespace {

using test_support::codes_of;
using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::TemporaryFolder;
using test_support::WorldText;

/// China and Japan make gallium at 2 and 50 USD/t; the US and Korea want 6 t a year each at 100 USD/t. In the shipped
/// base Chinese gallium may not go to the US from 2024-12-03 to 2025-11-08, and needs a licence for everywhere.
WorldText gallium() {
  WorldText world;
  world.horizon("2025", "2026").regions("CN JP US KR").commodity("gallium", "t");
  world.commodity_figure("gallium", "transport_cost", "3 USD/t");
  world.technology("works", "gallium", "t/year").technology_figure("works", "variable_cost", "2 USD/t");
  world.technology_figure("works", "variable_cost", "50 USD/t", "region=JP");
  world.facility("works", "CN", "20 t/year").facility("works", "JP", "5 t/year");
  world.programme("in-us", "gallium", "US", "6 t/year", "100 USD/t");
  world.programme("in-kr", "gallium", "KR", "6 t/year", "100 USD/t");
  world.row("rule_items", "id=gallium; commodity=gallium; item=gallium");
  return world;
}

WorldText& granted(WorldText& world, const char* figure, const char* more = "") {
  world.row("licence_outcomes",
            std::string("id=granted; rule=CN-GA-GE-LIC; commodity=gallium; figure=") + figure + "; " + more);
  return world;
}

Result<RuledWorld> ruled(const WorldText& text) {
  const TemporaryFolder folder;
  text.write(folder.path());
  const auto read = tables::read_model_folder(folder.path());
  if (!read) return read.error();
  return load_ruled_world(*read);
}

SolvedPlan plan_under(WorldText text, const char* as_of) {
  const auto world = ruled(text.rules(as_of));
  if (!world) throw std::runtime_error(render_text(world.error()));
  return plan_of(world->world);
}

const RuledFlow& flow_of(const World& world, std::string_view origin, std::string_view destination, Date month) {
  const auto found = std::find_if(world.ruled_flows.begin(), world.ruled_flows.end(), [&](const RuledFlow& flow) {
    return world.regions[flow.origin].id == origin && world.regions[flow.destination].id == destination &&
           flow.from <= month && month < flow.until;
  });
  if (found == world.ruled_flows.end()) throw std::runtime_error("no such flow was judged");
  return *found;
}

// The ban holds in ten months of 2025: the US has the 5 t of Japan at 53 and one short at 100; 2026 is free at 5.
TEST(Ruling, what_is_prohibited_has_no_column) {
  WorldText world = gallium();
  const SolvedPlan plan = plan_under(granted(world, "1 1"), "path");
  EXPECT_FALSE(plan.has_column("import[gallium,US,gallium/market-1,2025]"));
  EXPECT_NEAR(plan.value("import[gallium,US,gallium/market-2,2025]"), 5, 1e-9);
  EXPECT_NEAR(plan.value("import[gallium,US,gallium/market-1,2026]"), 6, 1e-9);
  EXPECT_NEAR(plan.objective(), (5 * 53 + 100 + 6 * 5) + 2 * 6 * 5.0, 1e-6);
}

// As of the day before the ban nothing but licences is known, and they are granted: 12 t at 5 USD in both years.
TEST(Ruling, rules_after_the_vintage_are_not_known) {
  WorldText world = gallium();
  EXPECT_NEAR(plan_under(granted(world, "1 1"), "2024-12-02").objective(), 24 * 5.0, 1e-6);
  EXPECT_GT(plan_under(world, "2024-12-03").objective(), 24 * 5.0);
}

// 4 t a year of both destinations together; one ton more saves Korea's 100 - 5 (Japan's 5 t are used up).
TEST(Ruling, flows_of_an_outcome_share_its_amount) {
  WorldText world = gallium();
  const SolvedPlan plan = plan_under(granted(world, "4 t/year"), "2024-12-02");
  const char* const row = "quota[rules-cn-gallium-2-places-2025-01,2025]";
  EXPECT_NEAR(plan.row_upper(row), 4, 1e-9);
  EXPECT_NEAR(plan.activity(row), 4, 1e-9);
  EXPECT_NEAR(plan.dual(row), -95, 1e-9);
}

TEST(Ruling, a_share_is_one_of_what_the_origin_makes) {
  WorldText world = gallium();
  const SolvedPlan plan = plan_under(
      granted(world, "50 %", "destination=KR").row("licence_outcomes", "id=else; commodity=gallium; figure=1 1"),
      "2024-12-02");
  EXPECT_EQ(plan.entry("licence_share[rules-cn-gallium-kr-2025-01,2025]", "import[gallium,KR,gallium/market-1,2025]"),
            1);
  EXPECT_EQ(plan.entry("licence_share[rules-cn-gallium-kr-2025-01,2025]", "activity[works,CN,firm,2025]"), -0.5);
}

TEST(Ruling, the_world_says_why) {
  WorldText text = gallium();
  const auto world = ruled(granted(text, "1 1").rules("path"));
  ASSERT_TRUE(world.has_value()) << render_text(world.error());
  const RuledFlow& banned = flow_of(world->world, "CN", "US", *parse_date("2025-05"));
  EXPECT_EQ(banned.verdict, "prohibited");
  EXPECT_NE(banned.rules.find("CN-46-2"), std::string::npos);
  EXPECT_NE(banned.citations.find("Announcement 46 of 2024"), std::string::npos);
  EXPECT_EQ(banned.limits, (std::vector<FlowLimit>{{"CN", FlowLimitKind::none, 0, ""}}));
  EXPECT_EQ(to_string(banned.until), "2025-11");
  const RuledFlow& licensed = flow_of(world->world, "CN", "KR", *parse_date("2025-05"));
  EXPECT_EQ(licensed.verdict, "licence_required");
  EXPECT_TRUE(licensed.limits.empty());
  EXPECT_NE(licensed.note.find("granted"), std::string::npos);
  EXPECT_TRUE(flow_of(world->world, "JP", "US", *parse_date("2025-05")).limits.empty());
}

TEST(Ruling, a_licence_that_nothing_is_said_about_is_refused) {
  WorldText world = gallium();
  const auto refused = ruled(world.rules("path"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(codes_of(refused.error()).front(), "RUL-017");
}

TEST(Ruling, what_the_rules_cannot_tell_is_refused_unless_the_row_says_how_to_take_it) {
  WorldText world = gallium();
  world.change("rule_items", "id=gallium", "item=; facts=kind=mineral");
  granted(world, "1 1").rules("2024-12-03");
  const auto refused = ruled(world);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(codes_of(refused.error()).front(), "RUL-015");
  world.change("rule_items", "id=gallium", "undetermined=strictest");
  const double strict = plan_of(ruled(world).value().world).objective();
  world.change("rule_items", "id=gallium", "undetermined=mildest");
  const double mild = plan_of(ruled(world).value().world).objective();
  EXPECT_GT(strict, mild);
  EXPECT_NEAR(mild, 24 * 5.0, 1e-6);
}

TEST(Ruling, a_country_that_the_base_does_not_have_needs_one_that_stands_for_it) {
  WorldText world = gallium();
  world.regions("XW").programme("rest", "gallium", "XW", "1 t/year", "100 USD/t");
  granted(world, "1 1").rules("path");
  EXPECT_EQ(codes_of(ruled(world).error()), (std::vector<std::string>{"RUL-016"}));
  EXPECT_TRUE(ruled(world.row("rule_places", "region=XW; country=FR")).has_value());
}

// By hand 2 t a year; the rules grant all. Replaced, it is gone; beside them it still holds, and a warning says so.
TEST(Ruling, a_measure_that_stands_for_a_rule_is_replaced_by_it) {
  WorldText world = gallium();
  world.measure("by-hand", "quota", "gallium", "origin=CN; figure=2 t/year");
  granted(world, "1 1").rules("2024-12-02");
  const auto beside = ruled(world);
  ASSERT_TRUE(beside.has_value());
  EXPECT_EQ(codes_of(beside->warnings), (std::vector<std::string>{"RUL-018"}));
  EXPECT_TRUE(plan_of(beside->world).has_row("quota[by-hand,2025]"));
  world.change("rule_items", "id=gallium", "beside=by-hand");
  EXPECT_TRUE(ruled(world)->warnings.empty());
  world.change("rule_items", "id=gallium", "beside=; replaces=by-hand");
  const auto replaced = ruled(world);
  ASSERT_TRUE(replaced.has_value());
  EXPECT_TRUE(replaced->warnings.empty());
  EXPECT_NEAR(plan_of(replaced->world).objective(), 24 * 5.0, 1e-6);
}

// The park in Malaysia is a listed firm's, the rest of the country is not: plain goods need a licence for the park
// alone.
TEST(Ruling, a_place_is_judged_as_the_party_that_its_row_names) {
  WorldText world;
  world.horizon("2025", "2025").regions("US MY").row("regions", "id=park; kind=site; parent=MY");
  world.commodity("part", "piece").technology("works", "part", "piece/year");
  world.technology_figure("works", "variable_cost", "1 USD/piece").facility("works", "US", "100 piece/year");
  world.programme("in-park", "part", "park", "6 piece/year", "100 USD/piece");
  world.programme("elsewhere", "part", "MY", "6 piece/year", "100 USD/piece");
  world.row("rule_items", "id=anybody; commodity=part; facts=kind=dual_use");
  world.row("rule_items", "id=listed; commodity=part; facts=kind=dual_use; destination=park; end_user=huawei");
  world.row("licence_outcomes", "id=denied; posture=presumption_of_denial; figure=0 1");
  const SolvedPlan plan = plan_under(world, "path");
  EXPECT_NEAR(plan.value("unmet[in-park,2025]"), 6, 1e-9);
  EXPECT_NEAR(plan.value("unmet[elsewhere,2025]"), 0, 1e-9);
}

// Korea: two months of 12 t a year and one of nothing are 2 t. The US: the ban holds in one month of three, so not at
// all.
TEST(Ruling, months_of_a_period_are_added_up) {
  WorldText world = gallium();
  world.horizon("2024-Q4", "2024-Q4", "quarter");
  granted(world, "12 t/year", "destination=KR; until=2024-12")
      .row("licence_outcomes",
           "id=none; rule=CN-GA-GE-LIC; commodity=gallium; destination=KR; from=2024-12; figure=0 1")
      .row("licence_outcomes", "id=else; commodity=gallium; figure=1 1");
  const SolvedPlan plan = plan_under(world, "path");
  EXPECT_NEAR(plan.row_upper("quota[rules-cn-gallium-kr-2024-10,2024Q4]"), 2, 1e-9);
  EXPECT_TRUE(plan.has_column("import[gallium,US,gallium/market-1,2024Q4]"));
}

TEST(Ruling, switches_cost_what_the_rules_cost) {
  WorldText text = gallium();
  granted(text, "4 t/year").rules("2024-12-02");
  const TemporaryFolder folder;
  text.write(folder.path());
  const auto read = tables::read_model_folder(folder.path());
  ASSERT_TRUE(read.has_value());
  auto ruler = Ruler::read(*read);
  ASSERT_TRUE(ruler.has_value());
  Shocks shocks;
  shocks.push_back({});
  shocks[ShockId(0)].rules_as_of = "path";
  const auto open = ruler->rule_with_switches(*load_world(*read), shocks);
  ASSERT_TRUE(open.has_value()) << render_text(open.error());
  EXPECT_EQ(shocks[ShockId(0)].problem, "");
  // In 2025 the US ban holds; the amount that both destinations share stays.
  // It is back in December 2026, so that year the US has eleven months of it at most.
  ASSERT_EQ(shocks[ShockId(0)].switched.size(), 2U);
  EXPECT_EQ(shocks[ShockId(0)].switched[0].second, 0);
  EXPECT_NEAR(shocks[ShockId(0)].switched[1].second, 4 * 11 / 12.0, 1e-12);
  EXPECT_NEAR(plan_of(*open).objective(), plan_of(ruled(text).value().world).objective(), 1e-6);
}

}  // namespace
}  // namespace pinchpoint::ruling
