// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/world_text.hpp"

namespace pinchpoint {
namespace {

using test_support::codes_of;
using test_support::read_world;
using test_support::ReadWorld;
using test_support::WorldText;

using Codes = std::vector<std::string>;

/// Ore of A goes to a smelter in B, and metal to a programme there.
WorldText chain() {
  WorldText world;
  world.regions("A B").commodity("ore", "t").commodity("metal", "t").technology("mine", "ore", "t/year");
  world.technology("smelter", "metal", "t/year").recipe("smelter", "input", "ore", "2 t/t");
  world.facility("mine", "A", "9 t/year").facility("smelter", "B", "9 t/year");
  world.programme("use", "metal", "B", "4 t/year", "9 USD/t");
  return world;
}

Codes structure_of(const WorldText& text) {
  const ReadWorld read = read_world(text);
  return codes_of(check_structure(read.world, read.folder));
}

TEST(CheckStructure, a_sound_world_has_nothing_to_complain_of) { EXPECT_EQ(structure_of(chain()), Codes{}); }

// Ore is made by nobody; so the smelter cannot run, and the programme cannot be served. Metal has a maker.
TEST(CheckStructure, what_is_used_must_be_made) {
  EXPECT_EQ(structure_of(chain().remove("facilities", "technology=mine")), (Codes{"STR-001", "STR-002", "STR-003"}));
}

TEST(CheckStructure, a_stock_is_a_supply) {
  WorldText text = chain().remove("facilities", "technology=mine").change("commodities", "id=ore", "storable=yes");
  EXPECT_EQ(structure_of(text.stock("ore", "A", "opening", "3 t")), Codes{});
}

TEST(CheckStructure, local_goods_do_not_travel) {
  EXPECT_EQ(structure_of(chain().change("commodities", "id=ore", "trade=local")), (Codes{"STR-002", "STR-003"}));
}

TEST(CheckStructure, goods_of_lanes_travel_on_lanes) {
  WorldText text = chain().change("commodities", "id=ore", "trade=lanes");
  EXPECT_EQ(structure_of(text.lane("sea", "ore", "A", "B")), Codes{});
}

TEST(CheckStructure, one_input_of_a_group_is_enough) {
  WorldText text = chain().commodity("scrap", "t").change("recipes", "commodity=ore", "group=feed");
  text.recipe("smelter", "input", "scrap", "1 t/t", "group=feed");
  EXPECT_EQ(structure_of(text), Codes{"STR-001"}) << "scrap is made by nobody, but ore will do";
}

TEST(CheckStructure, what_nobody_uses_is_told) {
  EXPECT_EQ(structure_of(chain().commodity("gold", "t")), Codes{"STR-005"});
}

TEST(CheckStructure, growth_from_nothing_needs_a_seed) {
  WorldText text = chain().option("mine", "B").technology_figure("mine", "growth_limit", "20 %/year");
  EXPECT_EQ(structure_of(text), Codes{"STR-006"});
  EXPECT_EQ(structure_of(text.technology_figure("mine", "growth_seed", "1 t/year/year")), Codes{});
}

}  // namespace
}  // namespace pinchpoint
