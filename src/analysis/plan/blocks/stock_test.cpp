// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// 10 t of ore lie in A and nothing more is made; 10 t are wanted in 2026 at 100 USD/t.
WorldText a_heap_for_next_year() {
  WorldText world;
  world.horizon("2025", "2026").regions("A").commodity("ore", "t", "storable=yes; trade=local");
  world.stock("ore", "A", "opening", "10 t").programme("use", "ore", "A", "0 t/year", "100 USD/t");
  world.programme_figure("use", "demand", "10 t/year", "from=2026");
  return world;
}

/// A mine of 10 t/year; 10 t/year wanted at 100 USD/t.
WorldText mine_and_user() {
  WorldText world;
  world.regions("A").commodity("ore", "t", "storable=yes; trade=local").technology("mine", "ore", "t/year");
  world.facility("mine", "A", "10 t/year").programme("use", "ore", "A", "10 t/year", "100 USD/t");
  return world;
}

TEST(Stock, is_kept_for_the_next_period) {
  const SolvedPlan plan = plan_of(a_heap_for_next_year());
  EXPECT_NEAR(plan.objective(), 0, 1e-9);
  EXPECT_NEAR(plan.value("stock[ore,A,2025]"), 10, 1e-9);
  EXPECT_NEAR(plan.value("stock[ore,A,2026]"), 0, 1e-9);
}

// 10 % a year, continuously: of 10 t put away 10·exp(−0.1) are left a year later.
TEST(Stock, decays) {
  const SolvedPlan plan = plan_of(a_heap_for_next_year().commodity_figure("ore", "decay", "10 %/year"));
  EXPECT_NEAR(plan.value("met[use,2026]"), 10 * std::exp(-0.1), 1e-9);
}

TEST(Stock, costs_its_holding) {
  const SolvedPlan plan = plan_of(a_heap_for_next_year().commodity_figure("ore", "holding_cost", "5 USD/t/year"));
  EXPECT_NEAR(plan.cost(CostKind::holding), 10 * 5, 1e-9);
}

TEST(Stock, holds_no_more_than_its_limit) {
  const SolvedPlan plan = plan_of(a_heap_for_next_year().stock("ore", "A", "limit", "4 t"));
  EXPECT_NEAR(plan.value("met[use,2026]"), 4, 1e-9);
}

// Of 10 t 4 must stay, so 4 t are short; each ton more of reserve is a ton more short, at 100 USD.
TEST(Stock, a_floor_is_not_touched) {
  const SolvedPlan plan = plan_of(a_heap_for_next_year().stock("ore", "A", "floor", "4 t", "from=2026"));
  EXPECT_NEAR(plan.value("met[use,2026]"), 6, 1e-9);
  EXPECT_FALSE(plan.has_row("stock_floor[ore,A,2025]"));
  EXPECT_NEAR(plan.dual("stock_floor[ore,A,2026]"), 100, 1e-9);
}

// use + 3/12 · use = 10 t made: use 8, cover 2. A ton of ore lets 0.8 t be used, which is worth 80 USD.
TEST(Stock, cover_is_a_time_of_use) {
  const SolvedPlan plan = plan_of(mine_and_user().stock("ore", "A", "cover", "3 months"));
  EXPECT_NEAR(plan.value("met[use,2025]"), 8, 1e-6);
  EXPECT_NEAR(plan.value("stock[ore,A,2025]"), 2, 1e-6);
  EXPECT_NEAR(plan.dual("stock_cover[ore,A,2025]"), 80, 1e-4);
  EXPECT_NEAR(plan.dual("balance[ore,A,2025]"), 80, 1e-4);
}

// Inputs of makers count as use: 5 t of metal need 10 t of ore, of which 3 months are kept.
TEST(Stock, cover_counts_what_makers_use) {
  WorldText world = mine_and_user().remove("programmes", "id=use").remove("programme_parameters", "programme=use");
  world.commodity("metal", "t").technology("smelter", "metal", "t/year").facility("smelter", "A", "9 t/year");
  world.recipe("smelter", "input", "ore", "2 t/t").programme("use", "metal", "A", "9 t/year", "100 USD/t");
  const SolvedPlan plan = plan_of(world.stock("ore", "A", "cover", "3 months"));
  EXPECT_NEAR(plan.entry("stock_cover[ore,A,2025]", "activity[smelter,A,firm,2025]"), -2 * 0.25, 1e-6);
  EXPECT_NEAR(plan.value("met[use,2025]"), 4, 1e-6);
}

TEST(Stock, what_cannot_be_stored_has_no_column) {
  const SolvedPlan plan = plan_of(mine_and_user().change("commodities", "id=ore", "storable=no"));
  EXPECT_FALSE(plan.has_column("stock[ore,A,2025]"));
}

}  // namespace
}  // namespace pinchpoint::plan
