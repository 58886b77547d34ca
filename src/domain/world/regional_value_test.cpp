// SPDX-License-Identifier: Apache-2.0
#include "domain/world/regional_value.hpp"

#include <gtest/gtest.h>

#include "support/world_text.hpp"

namespace pinchpoint {
namespace {

using test_support::world_of;
using test_support::WorldText;

constexpr double none = -1;

/// Site `pit` in state `north` of country A; B is another country. `firm` and `other` own things.
WorldText places() {
  WorldText world;
  world.regions("A B")
      .row("regions", "id=north; kind=state; parent=A")
      .row("regions", "id=pit; kind=site; parent=north");
  world.row("organisations", "id=other; kind=firm").commodity("ore", "t").technology("mine", "ore", "t/year");
  return world;
}

double cost_at(const WorldText& text, std::string_view region, int year = 2025, int owner = 0) {
  const World world = world_of(text);
  for (const RegionId at : ids(world.regions)) {
    if (world.regions[at].id != region) continue;
    const RegionalValue& cost = world.technologies[TechnologyId(0)].variable_cost;
    return world.figure_at(cost, at, OrganisationId(owner), Date{year * 12}, none);
  }
  return -2;
}

TEST(RegionalValue, the_nearest_region_wins) {
  WorldText text = places().technology_figure("mine", "variable_cost", "1 USD/t");
  text.technology_figure("mine", "variable_cost", "2 USD/t", "region=A");
  text.technology_figure("mine", "variable_cost", "3 USD/t", "region=north");
  EXPECT_EQ(cost_at(text, "pit"), 3);
  EXPECT_EQ(cost_at(text, "A"), 2);
  EXPECT_EQ(cost_at(text, "B"), 1);
}

TEST(RegionalValue, among_rows_of_one_region_the_owners_own_wins) {
  WorldText text = places().technology_figure("mine", "variable_cost", "1 USD/t", "owner=firm");
  text.technology_figure("mine", "variable_cost", "2 USD/t", "region=A");
  text.technology_figure("mine", "variable_cost", "3 USD/t", "region=A; owner=firm");
  EXPECT_EQ(cost_at(text, "A"), 3);
  EXPECT_EQ(cost_at(text, "A", 2025, 1), 2);
  EXPECT_EQ(cost_at(text, "B"), 1);
  EXPECT_EQ(cost_at(text, "B", 2025, 1), none);
}

TEST(RegionalValue, holds_from_its_date) {
  WorldText text = places().technology_figure("mine", "variable_cost", "1 USD/t", "from=2026");
  EXPECT_EQ(cost_at(text, "A", 2025), none);
  EXPECT_EQ(cost_at(text, "A", 2026), 1);
}

// A region's own figure from 2027 says nothing of 2026, for which the one for everywhere still holds.
TEST(RegionalValue, a_nearer_figure_counts_from_its_date_only) {
  WorldText text = places().technology_figure("mine", "variable_cost", "1 USD/t");
  text.technology_figure("mine", "variable_cost", "2 USD/t", "region=A; from=2027");
  EXPECT_EQ(cost_at(text, "A", 2026), 1);
  EXPECT_EQ(cost_at(text, "A", 2027), 2);
}

}  // namespace
}  // namespace pinchpoint
