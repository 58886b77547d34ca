// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/world_text.hpp"

namespace pinchpoint {
namespace {

using test_support::codes_of;
using test_support::complaints_of;
using test_support::world_of;
using test_support::WorldText;

using Codes = std::vector<std::string>;

WorldText ore_with(std::string_view kind, std::string_view cells) {
  WorldText world;
  world.regions("A B").commodity("ore", "t").commodity("coal", "t").commodity_figure("ore", "price", "5 USD/t");
  return world.measure("rule", kind, "ore", cells);
}

Measure only_measure(const WorldText& text) { return world_of(text).measures[MeasureId(0)]; }

TEST(LoadMeasures, a_quota_is_an_amount_per_year) {
  EXPECT_NEAR(only_measure(ore_with("quota", "figure=2 kt/month")).value, 24000, 1e-6);
  EXPECT_EQ(codes_of(complaints_of(ore_with("quota", "figure=20 %"))), Codes{"UNI-003"});
}

TEST(LoadMeasures, a_tariff_is_a_share_or_money_per_amount) {
  EXPECT_TRUE(only_measure(ore_with("tariff", "figure=20 %")).value_is_share);
  const Measure specific = only_measure(ore_with("tariff", "figure=2 USD/kg"));
  EXPECT_FALSE(specific.value_is_share);
  EXPECT_NEAR(specific.value, 2000, 1e-9);
}

TEST(LoadMeasures, a_share_of_value_needs_a_price) {
  WorldText text = ore_with("tariff", "figure=20 %");
  EXPECT_EQ(codes_of(complaints_of(text.change("measures", "id=rule", "commodity=coal"))), Codes{"WLD-008"});
  text.change("measures", "id=rule", "kind=content; origin=A; destination=B");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{"WLD-008"});
}

TEST(LoadMeasures, everything_but_a_ban_needs_a_value) {
  EXPECT_EQ(codes_of(complaints_of(ore_with("quota", ""))), Codes{"TAB-004"});
  EXPECT_EQ(codes_of(complaints_of(ore_with("ban", ""))), Codes{});
}

TEST(LoadMeasures, forms_that_mean_nothing_are_refused) {
  const Codes unsupported{"WLD-006"};
  EXPECT_EQ(codes_of(complaints_of(ore_with("licence_share", "figure=20 %"))), unsupported) << "whose output?";
  EXPECT_EQ(codes_of(complaints_of(ore_with("content", "figure=20 %; destination=B"))), unsupported);
  EXPECT_EQ(codes_of(complaints_of(ore_with("subsidy", "figure=20 %; origin=A"))), unsupported);
  EXPECT_EQ(codes_of(complaints_of(ore_with("quota", "figure=2 t/year; end_user=firm"))), unsupported);
  EXPECT_EQ(codes_of(complaints_of(ore_with("ban", "origin=A; end_user=firm"))), unsupported);
}

TEST(LoadMeasures, a_layer_stands_for_all_its_commodities) {
  WorldText text = ore_with("ban", "").change("measures", "id=rule", "commodity=; layer=goods");
  EXPECT_EQ(only_measure(text).commodities.size(), 2U);
}

TEST(LoadMeasures, a_quota_on_goods_of_different_units_is_refused) {
  WorldText text = ore_with("quota", "figure=2 t/year").commodity("power", "MWh");
  EXPECT_EQ(codes_of(complaints_of(text.change("measures", "id=rule", "commodity=; layer=goods"))), Codes{"UNI-003"});
}

TEST(LoadMeasures, a_group_of_organisations_covers_no_region) {
  WorldText text = ore_with("ban", "origin=club").row("groups", "group=club; member=firm");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{"WLD-009"});
}

TEST(LoadMeasures, members_keep_their_dates) {
  WorldText text = ore_with("ban", "origin=club").row("groups", "group=club; member=A; from=2026; until=2028");
  const World world = world_of(text);
  const RegionSet& origin = world.measures[MeasureId(0)].origin;
  EXPECT_FALSE(world.contains(origin, RegionId(0), Date{2025 * 12}));
  EXPECT_TRUE(world.contains(origin, RegionId(0), Date{2026 * 12}));
  EXPECT_FALSE(world.contains(origin, RegionId(0), Date{2028 * 12}));
  EXPECT_FALSE(world.contains(origin, RegionId(1), Date{2026 * 12}));
}

}  // namespace
}  // namespace pinchpoint
