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

/// Ore, mined in A.
WorldText mine() {
  WorldText world;
  world.regions("A B").commodity("ore", "t").technology("mine", "ore", "kt/year").option("mine", "A");
  return world;
}

double figure(const World& world, const RegionalValue Technology::*parameter, std::string_view region,
              int year = 2025) {
  for (const RegionId at : ids(world.regions)) {
    if (world.regions[at].id != region) continue;
    return world.figure_at(world.technologies[TechnologyId(0)].*parameter, at, OrganisationId(0), Date{year * 12}, -1);
  }
  return -2;
}

TEST(LoadWorld, capacities_become_amounts_per_year) {
  WorldText text = mine().facility("mine", "A", "3 kt/month");
  const World world = world_of(text.facility("mine", "A", "36 t/year"));
  EXPECT_NEAR(world.facilities[FacilityId(0)].capacity, 36000, 1e-6);
  EXPECT_NEAR(world.facilities[FacilityId(1)].capacity, 36, 1e-9);
  EXPECT_NEAR(world.technologies[TechnologyId(0)].capacity_in_natural, 1000, 1e-9);
}

TEST(LoadWorld, figures_are_converted_to_natural_units) {
  WorldText text = mine().technology_figure("mine", "capex", "5 USD/(kg/year)");
  text.technology_figure("mine", "variable_cost", "0.002 USD/kg").technology_figure("mine", "build_time", "18 months");
  const World world = world_of(text.technology_figure("mine", "availability", "85 %"));
  EXPECT_NEAR(figure(world, &Technology::capex, "A"), 5000, 1e-6);
  EXPECT_NEAR(figure(world, &Technology::variable_cost, "A"), 2, 1e-9);
  EXPECT_NEAR(figure(world, &Technology::build_time, "A"), 1.5, 1e-9);
  EXPECT_NEAR(figure(world, &Technology::availability, "A"), 0.85, 1e-12);
}

// 10 % more in 2025 than in 2022.
TEST(LoadWorld, money_of_another_year_is_brought_to_the_price_year) {
  WorldText text = mine().technology_figure("mine", "variable_cost", "100 USD2022/t");
  text.row("deflators", "year=2022; figure=1 1").row("deflators", "year=2025; figure=1.1 1");
  EXPECT_NEAR(figure(world_of(text), &Technology::variable_cost, "A"), 110, 1e-9);
}

TEST(LoadWorld, recipes_are_per_unit_of_output_or_capacity) {
  WorldText text = mine().commodity("water", "m3").commodity("truck", "piece");
  text.recipe("mine", "input", "water", "2 litre/kg")
      .recipe("mine", "build", "truck", "3 piece/(kt/year)", "lead_months=6");
  const World world = world_of(text);
  const auto& recipe = world.technologies[TechnologyId(0)].recipe;
  ASSERT_EQ(recipe.size(), 2U);
  EXPECT_NEAR(recipe[0].amount.at({}, {}, Date{2025 * 12}).value_or(-1), 2, 1e-9) << "m3 per t";
  EXPECT_NEAR(recipe[1].amount.at({}, {}, Date{2025 * 12}).value_or(-1), 0.003, 1e-12) << "pieces per t/year";
  EXPECT_NEAR(recipe[1].lead_years.value_or(-1), 0.5, 1e-12);
}

TEST(LoadWorld, dated_recipe_rows_are_one_line) {
  WorldText text = mine().commodity("water", "m3").recipe("mine", "input", "water", "2 m3/t");
  const World world = world_of(text.recipe("mine", "input", "water", "1 m3/t", "from=2027"));
  const auto& recipe = world.technologies[TechnologyId(0)].recipe;
  ASSERT_EQ(recipe.size(), 1U);
  EXPECT_NEAR(recipe[0].amount.at({}, {}, Date{2026 * 12}).value_or(-1), 2, 1e-12);
  EXPECT_NEAR(recipe[0].amount.at({}, {}, Date{2027 * 12}).value_or(-1), 1, 1e-12);
}

TEST(LoadWorld, a_wrong_dimension_is_refused_with_the_unit_expected) {
  const Diagnostics problems = complaints_of(mine().facility("mine", "A", "3 MW"));
  ASSERT_EQ(codes_of(problems), Codes{"UNI-003"});
  EXPECT_EQ(problems.all()[0].found, "MW");
}

TEST(LoadWorld, capacity_is_an_amount_of_the_output_per_time) {
  WorldText text = mine().change("technologies", "id=mine", "capacity_unit=MW").remove("options", "technology=mine");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{"UNI-003"});
}

TEST(LoadWorld, all_problems_are_reported_at_once) {
  WorldText text = mine().facility("mine", "A", "3 MW").technology_figure("mine", "capex", "3 USD/t");
  EXPECT_EQ(codes_of(complaints_of(text.technology_figure("mine", "block", "3 t"))), Codes(3, "UNI-003"));
}

TEST(LoadWorld, regions_know_their_country) {
  WorldText text = mine().row("regions", "id=earth; kind=world").change("regions", "id=A", "parent=earth");
  text.row("regions", "id=north; kind=state; parent=A").row("regions", "id=pit; kind=site; parent=north");
  const World world = world_of(text);
  for (const Region& region : world.regions) {
    if (region.id != "pit" && region.id != "north") continue;
    EXPECT_EQ(world.regions[region.country].id, "A");
  }
}

TEST(LoadWorld, a_region_cannot_be_its_own_ancestor) {
  WorldText text = mine().change("regions", "id=A", "parent=B").change("regions", "id=B", "parent=A");
  EXPECT_EQ(codes_of(complaints_of(text)), (Codes{"WLD-001", "WLD-001"}));
}

TEST(LoadWorld, an_organisation_cannot_be_its_own_ancestor) {
  WorldText text = mine().change("organisations", "id=firm", "parent=firm");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{"WLD-001"});
}

TEST(LoadWorld, subsidiaries_belong_to_all_their_owners) {
  WorldText text =
      mine().row("organisations", "id=top; kind=fund").row("organisations", "id=middle; kind=firm; parent=top");
  const World world = world_of(text.change("organisations", "id=firm", "parent=middle"));
  EXPECT_TRUE(world.belongs_to(OrganisationId(0), OrganisationId(1)));
  EXPECT_TRUE(world.belongs_to(OrganisationId(0), OrganisationId(0)));
  EXPECT_FALSE(world.belongs_to(OrganisationId(1), OrganisationId(0)));
}

// 12 USD over the six months of the budget are 24 USD a year while it runs.
TEST(LoadWorld, a_budget_is_money_per_time_or_in_all) {
  WorldText text = mine().budget("12 USD", "from=2025; until=2025-07").budget("1 USD/month", "from=2025-07");
  const World world = world_of(text);
  EXPECT_NEAR(world.budgets[0].per_year, 24, 1e-9);
  EXPECT_NEAR(world.budgets[1].per_year, 12, 1e-9);
}

TEST(LoadWorld, stocks_of_several_owners_add_up) {
  WorldText text = mine().change("commodities", "id=ore", "storable=yes").row("organisations", "id=other; kind=firm");
  text.stock("ore", "A", "opening", "5 t", "owner=firm").stock("ore", "A", "opening", "7000 kg", "owner=other");
  text.stock("ore", "A", "floor", "2 t", "owner=firm").stock("ore", "A", "floor", "1 t", "owner=other; from=2026");
  const World world = world_of(text);
  ASSERT_EQ(world.stocks.size(), 1U);
  EXPECT_NEAR(world.stocks[0].opening, 12, 1e-9);
  EXPECT_NEAR(world.stocks[0].floor.at(Date{2025 * 12}).value_or(-1), 2, 1e-9);
  EXPECT_NEAR(world.stocks[0].floor.at(Date{2026 * 12}).value_or(-1), 3, 1e-9);
}

TEST(LoadWorld, a_later_floor_of_the_same_owner_replaces_the_earlier_one) {
  WorldText text = mine().change("commodities", "id=ore", "storable=yes");
  text.stock("ore", "A", "floor", "9 t", "owner=firm").stock("ore", "A", "floor", "4 t", "owner=firm; from=2026");
  EXPECT_NEAR(world_of(text).stocks[0].floor.at(Date{2026 * 12}).value_or(-1), 4, 1e-9);
}

TEST(LoadWorld, stocks_do_not_depend_on_the_order_of_rows) {
  WorldText text = mine().change("commodities", "id=ore", "storable=yes").row("organisations", "id=other; kind=firm");
  text.stock("ore", "A", "floor", "1 t", "owner=other; from=2026").stock("ore", "A", "floor", "2 t", "owner=firm");
  text.stock("ore", "A", "cover", "6 months", "owner=other").stock("ore", "A", "cover", "3 months", "owner=firm");
  const World world = world_of(text);
  EXPECT_NEAR(world.stocks[0].floor.at(Date{2026 * 12}).value_or(-1), 3, 1e-9);
  EXPECT_NEAR(world.stocks[0].cover.at(Date{2026 * 12}).value_or(-1), 0.5, 1e-9) << "the longest";
}

TEST(LoadWorld, a_floor_above_the_limit_is_refused) {
  WorldText text = mine().change("commodities", "id=ore", "storable=yes");
  text.stock("ore", "A", "floor", "9 t").stock("ore", "A", "limit", "4 t");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{"WLD-010"});
}

TEST(LoadWorld, a_floor_may_rise_with_its_limit) {
  WorldText text = mine().change("commodities", "id=ore", "storable=yes").stock("ore", "A", "floor", "2 t");
  text.stock("ore", "A", "floor", "9 t", "from=2027").stock("ore", "A", "limit", "4 t");
  EXPECT_EQ(codes_of(complaints_of(text.stock("ore", "A", "limit", "10 t", "from=2027"))), Codes{});
}

TEST(LoadWorld, what_cannot_be_stored_has_no_stock) {
  EXPECT_EQ(codes_of(complaints_of(mine().stock("ore", "A", "opening", "1 t"))), Codes{"WLD-005"});
}

TEST(LoadWorld, the_smallest_order_needs_a_limit) {
  WorldText text = mine().technology_figure("mine", "minimum_size", "5 t/year");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{"TAB-004"});
  EXPECT_EQ(codes_of(complaints_of(text.change("options", "technology=mine", "figure=9 t/year"))), Codes{});
}

TEST(LoadWorld, a_lane_with_goods_of_different_units_has_no_capacity) {
  WorldText text = mine().commodity("power", "MWh").lane("sea", "ore", "A", "B");
  text.change("lanes", "id=sea", "commodity=; layer=goods").lane_figure("sea", "capacity", "4 t/year");
  EXPECT_EQ(codes_of(complaints_of(text)), Codes{"UNI-003"});
}

TEST(LoadWorld, a_lane_names_a_commodity_or_a_layer) {
  EXPECT_EQ(codes_of(complaints_of(mine().lane("sea", "ore", "A", "B", "layer=goods"))), Codes{"WLD-002"});
}

TEST(LoadWorld, weights_of_slices_add_up_to_one) {
  EXPECT_EQ(codes_of(complaints_of(mine().row("slices", "id=day; figure=0.6 1"))), Codes{"WLD-004"});
}

TEST(LoadWorld, a_world_without_slices_has_one) {
  const World world = world_of(mine());
  ASSERT_EQ(world.slices.size(), 1U);
  EXPECT_EQ(world.weight(SliceId(0), PeriodId(0)), 1);
}

}  // namespace
}  // namespace pinchpoint
