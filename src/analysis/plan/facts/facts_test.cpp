// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/facts/facts.hpp"

#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::world_of;
using test_support::WorldText;

/// Coal makes 10 of the 12 MWh/year that A asks for, wind 2; a facility of 4 MWh/year of wind more comes in July 2025.
WorldText coal_and_wind() {
  WorldText world;
  world.horizon("2025-Q1", "2026-Q4", "quarter");
  world.regions("A B").commodity("power", "MWh", "trade=local");
  world.technology("coal", "power", "MWh/year").technology_figure("coal", "variable_cost", "10 USD/MWh");
  world.technology("wind", "power", "MWh/year").technology_figure("wind", "variable_cost", "30 USD/MWh");
  world.facility("coal", "A", "10 MWh/year").facility("wind", "A", "10 MWh/year");
  return world.programme("use", "power", "A", "12 MWh/year", "100 USD/MWh");
}

WorldText with_fact(WorldText world, const std::string& cells, std::initializer_list<std::string> values,
                    std::initializer_list<std::string> terms) {
  world.row("facts", "id=seen; " + cells);
  for (const std::string& value : values) world.row("fact_values", "fact=seen; " + value);
  for (const std::string& term : terms) world.row("fact_terms", "fact=seen; " + term);
  return world;
}

std::vector<ComparedFact> compared(const WorldText& text) { return make_plan(world_of(text)).facts; }

TEST(Facts, amounts_add_up_over_the_dates_of_a_value_in_its_own_unit) {
  const auto facts =
      compared(with_fact(coal_and_wind(), "measure=amount",
                         {"from=2025-01; until=2026-01; figure=2 MWh", "from=2025-04; until=2025-10; figure=900 kWh"},
                         {"what=activity; technology=wind; figure=1 1"}));
  ASSERT_EQ(facts.size(), 2);
  EXPECT_NEAR(*facts[0].planned, 2, 1e-9);
  EXPECT_NEAR(*facts[0].ratio, 1, 1e-9);
  EXPECT_TRUE(*facts[0].is_within);
  EXPECT_NEAR(*facts[1].planned, 1, 1e-9);  // half a year of 2 MWh/year, in the unit of the fact's first value
  EXPECT_NEAR(*facts[1].ratio, 1 / 0.9, 1e-9);
}

TEST(Facts, rates_and_capacities_are_averages) {
  const auto flow =
      compared(with_fact(coal_and_wind(), "measure=rate", {"from=2025-04; until=2025-10; figure=2 MWh/year"},
                         {"what=made; commodity=power; technology=wind; figure=1 1"}));
  EXPECT_NEAR(*flow[0].planned, 2, 1e-9);
  WorldText world = coal_and_wind();
  world.row("facilities",
            "id=more; technology=wind; region=A; owner=firm; status=existing; from=2025-07; figure=4 MWh/year");
  const auto capacity = compared(with_fact(world, "measure=rate", {"from=2025-01; until=2026-01; figure=10 MWh/year"},
                                           {"what=capacity; technology=wind; figure=1 1"}));
  EXPECT_NEAR(*capacity[0].planned, 12, 1e-9);
  EXPECT_FALSE(*capacity[0].is_within);  // 20 per cent off, 15 are forgiven
}

TEST(Facts, dates_that_cut_a_period_or_leave_the_horizon_are_not_compared) {
  const auto facts =
      compared(with_fact(coal_and_wind(), "measure=amount",
                         {"from=2025-02; until=2026-01; figure=2 MWh", "from=2024-01; until=2025-01; figure=2 MWh"},
                         {"what=activity; technology=wind; figure=1 1"}));
  for (const ComparedFact& fact : facts) EXPECT_FALSE(fact.planned.has_value());
}

TEST(Facts, a_fact_changes_nothing_in_the_problem) {
  const Plan without = make_plan(world_of(coal_and_wind()));
  const Plan with =
      make_plan(world_of(with_fact(coal_and_wind(), "measure=amount", {"from=2025-01; until=2026-01; figure=700 MWh"},
                                   {"what=activity; technology=wind; figure=1 1"})));
  EXPECT_EQ(with.problem.model.row_count(), without.problem.model.row_count());
  EXPECT_EQ(with.solution.value, without.solution.value);
}

TEST(Facts, a_score_leaves_given_facts_out_if_asked) {
  const World world =
      world_of(with_fact(coal_and_wind(), "measure=amount; is_given=yes",
                         {"from=2025-01; until=2026-01; figure=2 MWh", "from=2026-01; until=2027-01; figure=3 MWh"},
                         {"what=activity; technology=wind; figure=1 1"}));
  const Plan plan = make_plan(world);
  EXPECT_EQ(score(world, plan.facts, true).compared, 2);
  EXPECT_EQ(score(world, plan.facts, true).within, 1);
  EXPECT_EQ(score(world, plan.facts, false).compared, 0);
}

}  // namespace
}  // namespace pinchpoint::plan
