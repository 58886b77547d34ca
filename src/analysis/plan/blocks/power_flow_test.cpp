// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A plant in A that makes power at 10 USD; 3 MWh a year are wanted in C at 1000 USD. No lines yet.
WorldText plant_and_user() {
  WorldText world;
  world.regions("A B C D").commodity("power", "MWh", "trade=local").technology("plant", "power", "MWh/year");
  world.technology_figure("plant", "variable_cost", "10 USD/MWh").facility("plant", "A", "100 MWh/year");
  return world.programme("use", "power", "C", "3 MWh/year", "1000 USD/MWh");
}

/// A line from `from` to `to`, named `id`.
void add_line(WorldText& world, const std::string& id, const std::string& from, const std::string& to,
              const std::string& reactance, const std::string& capacity = "100 MWh/year") {
  world.row("technologies", "id=" + id + "; activity_unit=MWh; capacity_unit=MWh/year");
  world.technology_figure(id, "reactance", reactance);
  world.recipe(id, "input", "power", "1 1", "mode=there; at=" + from);
  world.recipe(id, "output", "power", "1 1", "mode=there; at=" + to);
  world.recipe(id, "input", "power", "1 1", "mode=back; at=" + to);
  world.recipe(id, "output", "power", "1 1", "mode=back; at=" + from);
  world.facility(id, from, capacity);
}

/// A triangle of equal lines.
WorldText triangle(const std::string& capacity_of_ac = "100 MWh/year") {
  WorldText world = plant_and_user();
  add_line(world, "ab", "A", "B", "1 1");
  add_line(world, "bc", "B", "C", "1 1");
  add_line(world, "ac", "A", "C", "1 1", capacity_of_ac);
  return world;
}

double flow(const SolvedPlan& plan, const std::string& line, const std::string& region) {
  const std::string at = "[" + line + "," + region + ",firm,";
  return plan.value("mode_activity" + at + "there,2025]") - plan.value("mode_activity" + at + "back,2025]");
}

// The way around is twice as long: 2 MWh go straight and 1 MWh around.
TEST(PowerFlow, splits_by_the_length_of_the_ways) {
  const SolvedPlan plan = plan_of(triangle());
  EXPECT_NEAR(flow(plan, "ac", "A"), 2, 1e-9);
  EXPECT_NEAR(flow(plan, "ab", "A"), 1, 1e-9);
  EXPECT_NEAR(flow(plan, "bc", "B"), 1, 1e-9);
}

// As much as the straight line carries may go around by half: 1.5 MWh arrive, though the other lines are empty.
TEST(PowerFlow, a_narrow_line_limits_the_others) {
  const SolvedPlan plan = plan_of(triangle("1 MWh/year"));
  EXPECT_NEAR(plan.value("met[use,2025]"), 1.5, 1e-9);
  EXPECT_GT(std::abs(plan.dual("power_flow[ac,A,firm,2025]")), 1);
}

TEST(PowerFlow, two_islands_have_no_rows) {
  WorldText world = plant_and_user();
  add_line(world, "ac", "A", "C", "1 1");
  add_line(world, "bd", "B", "D", "1 1");
  const SolvedPlan plan = plan_of(world);
  EXPECT_FALSE(plan.has_row("power_flow[ac,A,firm,2025]"));
  EXPECT_FALSE(plan.has_row("power_flow[bd,B,firm,2025]"));
  EXPECT_NEAR(plan.value("met[use,2025]"), 3, 1e-9);
}

TEST(PowerFlow, parallel_lines_split_by_their_reactance) {
  WorldText world = plant_and_user();
  add_line(world, "thick", "A", "C", "1 1");
  add_line(world, "thin", "C", "A", "3 1");
  const SolvedPlan plan = plan_of(world);
  EXPECT_NEAR(flow(plan, "thick", "A"), 3 * 0.75, 1e-9);
  EXPECT_NEAR(flow(plan, "thin", "C"), -3 * 0.25, 1e-9);
}

TEST(PowerFlow, a_line_without_reactance_is_in_no_loop) {
  WorldText world = triangle("1 MWh/year").remove("technology_parameters", "technology=ab; parameter=reactance");
  EXPECT_NEAR(plan_of(world).value("met[use,2025]"), 3, 1e-9);
}

// Until the straight line is there power goes around it freely; then all three make a loop.
TEST(PowerFlow, a_line_that_does_not_stand_yet_is_in_no_loop) {
  WorldText world = triangle("1 MWh/year").horizon("2025", "2026").change("facilities", "technology=ac", "from=2026");
  const SolvedPlan plan = plan_of(world);
  EXPECT_FALSE(plan.has_row("power_flow[ac,A,firm,2025]"));
  EXPECT_NEAR(plan.value("met[use,2025]"), 3, 1e-9);
  EXPECT_NEAR(plan.value("met[use,2026]"), 1.5, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
