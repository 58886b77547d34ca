// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A may not send its ore to C, but to B, which mines 1 t/year and wants 1 t/year; C wants 6 t/year.
WorldText third_country() {
  WorldText world;
  world.regions("A B C").commodity("ore", "t").technology("mine", "ore", "t/year");
  world.facility("mine", "A", "10 t/year").facility("mine", "B", "1 t/year");
  world.programme("in-b", "ore", "B", "1 t/year", "100 USD/t").programme("in-c", "ore", "C", "6 t/year", "100 USD/t");
  world.measure("rule", "ban", "ore", "origin=A; destination=C");
  return world;
}

// B sends its own ton and lives on A's; five tons are short in C. One more that B might pass on would save 100 USD.
TEST(Origin, a_third_country_does_not_pass_on_what_it_imports) {
  const SolvedPlan plan = plan_of(third_country());
  EXPECT_NEAR(plan.value("met[in-c,2025]"), 1, 1e-9);
  EXPECT_NEAR(plan.value("met[in-b,2025]"), 1, 1e-9);
  EXPECT_NEAR(plan.dual("origin[ore,B,2025]"), 100, 1e-9);
  EXPECT_NEAR(plan.objective(), 500, 1e-9);
}

TEST(Origin, a_place_that_imports_nothing_has_no_row) {
  const SolvedPlan plan = plan_of(third_country());
  EXPECT_FALSE(plan.has_row("origin[ore,A,2025]"));
}

// What B does not send in 2025 it may send in 2026, when C asks for ore: a ton of each year.
TEST(Origin, own_output_may_be_stored_and_exported_later) {
  WorldText world = third_country().horizon("2025", "2026").change("commodities", "id=ore", "storable=yes");
  world.change("programme_parameters", "programme=in-c; parameter=demand", "from=2026");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(plan.value("met[in-c,2026]"), 2, 1e-9);
  EXPECT_EQ(plan.entry("origin[ore,B,2025]", "exportable[ore,B,2025]"), -1);
  EXPECT_EQ(plan.entry("origin[ore,B,2026]", "exportable[ore,B,2025]"), 1);
}

TEST(Origin, the_opening_stock_counts_as_own) {
  WorldText world = third_country().change("commodities", "id=ore", "storable=yes").stock("ore", "B", "opening", "3 t");
  EXPECT_NEAR(plan_of(world).value("met[in-c,2025]"), 1 + 3, 1e-9);
}

// Copper comes as a by-product of B's ore, half a ton a ton, and may be sent to C too.
TEST(Origin, by_products_are_own_output) {
  WorldText world = third_country().commodity("copper", "t").recipe("mine", "output", "copper", "0.5 t/t");
  world.measure("rule-2", "ban", "copper", "origin=A; destination=C");
  world.programme("wire", "copper", "C", "9 t/year", "50 USD/t")
      .programme("pipe", "copper", "B", "1 t/year", "50 USD/t");
  EXPECT_NEAR(plan_of(world).value("met[wire,2025]"), 0.5, 1e-9);
}

// B's mine is taken down in 2026 and leaves 2 t of scrap, which C may have although A's may not come there.
TEST(Origin, goods_set_free_by_retirement_are_own_output) {
  WorldText world = third_country().horizon("2025", "2026").commodity("scrap", "t");
  world.recipe("mine", "retire", "scrap", "2 t/(t/year)").change("facilities", "region=B", "until=2026");
  world.measure("rule-2", "ban", "scrap", "origin=A; destination=C");
  world.programme("reuse", "scrap", "C", "9 t/year", "50 USD/t").programme("b", "scrap", "B", "1 t/year", "1 USD/t");
  EXPECT_NEAR(plan_of(world).value("met[reuse,2026]"), 2, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
