// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "analysis/plan/plan.hpp"
#include "support/world_text.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::world_of;
using test_support::WorldText;

/// A ton of a makes `there` t of b, a ton of b makes `back` t of a.
WorldText there_and_back(const char* a_for_b, const char* b_for_a) {
  WorldText world;
  world.regions("A").commodity("a", "t").commodity("b", "t");
  world.technology("to-b", "b", "t/year").recipe("to-b", "input", "a", a_for_b);
  world.technology("to-a", "a", "t/year").recipe("to-a", "input", "b", b_for_a);
  return world;
}

// 0.5 t of a makes a ton of b, a ton of b a ton of a: half a ton of a is gained in every round.
TEST(FreeLoops, a_loop_that_gains_is_found) {
  const World world = world_of(there_and_back("0.5 t/t", "1 t/t"));
  const std::vector<FreeLoop> loops = find_free_loops(world);
  ASSERT_EQ(loops.size(), 1U);
  EXPECT_EQ(loops[0].technologies.size(), 2U);
  EXPECT_FALSE(loops[0].gained.empty());
}

TEST(FreeLoops, a_loop_that_loses_is_none) {
  EXPECT_TRUE(find_free_loops(world_of(there_and_back("1.1 t/t", "1 t/t"))).empty());
}

TEST(FreeLoops, a_loop_that_breaks_even_is_none) {
  EXPECT_TRUE(find_free_loops(world_of(there_and_back("1 t/t", "1 t/t"))).empty());
}

// A mine needs no input, and what is made of its ore is no gain from nothing.
TEST(FreeLoops, what_starts_from_a_mine_is_no_loop) {
  WorldText text = there_and_back("1 t/t", "1 t/t");
  text.commodity("ore", "t").technology("mine", "ore", "t/year");
  text.technology("smelter", "a", "t/year").recipe("smelter", "input", "ore", "2 t/t");
  EXPECT_TRUE(find_free_loops(world_of(text)).empty());
}

TEST(FreeLoops, a_by_product_can_close_a_loop) {
  WorldText text = there_and_back("1 t/t", "1 t/t");
  text.recipe("to-b", "output", "a", "0.2 t/t");
  EXPECT_EQ(find_free_loops(world_of(text)).size(), 1U);
}

// c and d are made of what the loop leaves over.
TEST(FreeLoops, what_only_hangs_on_a_loop_does_not_hide_it) {
  WorldText text = there_and_back("0.5 t/t", "1 t/t");
  text.commodity("c", "t").technology("to-c", "c", "t/year").recipe("to-c", "input", "b", "1 t/t");
  text.commodity("d", "t").technology("to-d", "d", "t/year").recipe("to-d", "input", "c", "1 t/t");
  const std::vector<FreeLoop> loops = find_free_loops(world_of(text));
  ASSERT_EQ(loops.size(), 1U);
  EXPECT_EQ(loops[0].technologies.size(), 2U) << "to-c and to-d make nothing of nothing by themselves";
}

// Two tons of a are turned into as much, with a ton of c beside: c is on no loop.
TEST(FreeLoops, a_by_product_of_a_loop_can_be_the_gain) {
  WorldText text = there_and_back("1 t/t", "1 t/t").commodity("c", "t").recipe("to-b", "output", "c", "1 t/t");
  const std::vector<FreeLoop> loops = find_free_loops(world_of(text));
  ASSERT_EQ(loops.size(), 1U);
  EXPECT_EQ(loops[0].gained.size(), 1U);
}

// What leads from one loop to another gains nothing of its own.
TEST(FreeLoops, what_joins_two_loops_that_break_even_is_none) {
  WorldText text = there_and_back("1 t/t", "1 t/t").commodity("c", "t").commodity("d", "t");
  text.technology("to-d", "d", "t/year").recipe("to-d", "input", "c", "1 t/t");
  text.technology("to-c", "c", "t/year").recipe("to-c", "input", "d", "1 t/t");
  text.technology("join", "c", "t/year").recipe("join", "input", "a", "1 t/t");
  EXPECT_TRUE(find_free_loops(world_of(text)).empty());
}

// What is its own input is the shortest loop.
TEST(FreeLoops, a_technology_alone_can_be_a_loop) {
  WorldText text;
  text.regions("A").commodity("a", "t").technology("breeder", "a", "t/year");
  text.recipe("breeder", "input", "a", "0.5 t/t");
  EXPECT_EQ(find_free_loops(world_of(text)).size(), 1U);
}

// The substitute c is made by nobody, so only a counts, and with a there is no gain.
TEST(FreeLoops, a_substitute_counts_only_if_it_can_be_had) {
  WorldText text =
      there_and_back("1 t/t", "1 t/t").commodity("c", "t").change("recipes", "technology=to-b", "group=feed");
  text.recipe("to-b", "input", "c", "0.1 t/t", "group=feed");
  EXPECT_TRUE(find_free_loops(world_of(text)).empty());
  text.technology("to-c", "c", "t/year").recipe("to-c", "input", "a", "1 t/t");
  EXPECT_EQ(find_free_loops(world_of(text)).size(), 1U) << "ten rounds by way of c";
}

}  // namespace
}  // namespace pinchpoint::plan
