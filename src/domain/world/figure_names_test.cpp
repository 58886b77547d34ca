// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/world_text.hpp"

namespace pinchpoint {
namespace {

using test_support::read_world;
using test_support::ReadWorld;
using test_support::TemporaryFolder;
using test_support::WorldText;

std::vector<std::string> names_in(const WorldText& text) {
  const TemporaryFolder folder;
  text.write(folder.path());
  const ReadWorld read = read_world(folder.path());
  std::vector<std::string> names = name_figures(read.folder);
  EXPECT_EQ(names.size(), list_figures(read.folder).size());
  return names;
}

WorldText mine() {
  WorldText text;
  text.regions("A").commodity("ore", "t", "name=Iron ore").technology("mine", "ore", "t/year");
  text.change("technologies", "id=mine", "name=Open-pit mine");
  return text;
}

TEST(FigureNames, say_what_things_are_called_and_which_parameter_it_is) {
  const auto names = names_in(mine().technology_figure("mine", "variable_cost", "2 USD/t", "from=2025-07"));
  EXPECT_EQ(names, std::vector<std::string>{"Open-pit mine, variable cost, from 2025-07"});
}

TEST(FigureNames, of_a_thing_with_one_figure_end_with_what_it_is) {
  const auto names = names_in(mine().facility("mine", "A", "5 t/year", "name=Pit 1"));
  EXPECT_EQ(names, std::vector<std::string>{"Pit 1, capacity"});
}

TEST(FigureNames, fall_back_on_ids) {
  WorldText text = mine().commodity("water", "m3").recipe("mine", "input", "water", "2 m3/t");
  text.change("technologies", "id=mine", "name=");
  EXPECT_EQ(names_in(text), std::vector<std::string>{"mine, water, input"});
}

}  // namespace
}  // namespace pinchpoint
