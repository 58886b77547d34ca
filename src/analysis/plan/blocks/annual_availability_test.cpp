// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// A plant of 10 MWh/year, half of the year day and half night, out for a fifth of the year at any time.
WorldText plant() {
  WorldText world;
  world.regions("A").row("slices", "id=day; figure=0.5 1").row("slices", "id=night; figure=0.5 1");
  world.commodity("power", "MWh", "by_slice=yes; trade=local").technology("plant", "power", "MWh/year");
  world.facility("plant", "A", "10 MWh/year").technology_figure("plant", "annual_availability", "80 %");
  world.programme("use", "power", "A", "10 MWh/year", "100 USD/MWh");
  world.row("profiles", "programme=use; slice=day; figure=1.2 1");
  return world.row("profiles", "programme=use; slice=night; figure=0.8 1");
}

// 5 MWh fit into the day, and 3 of the 4 asked for at night: 8 in all.
TEST(AnnualAvailability, takes_its_share_where_it_hurts_least) {
  const SolvedPlan plan = plan_of(plant());
  EXPECT_NEAR(plan.value("unmet[use,2025,day]") + plan.value("unmet[use,2025,night]"), 2, 1e-9);
  EXPECT_NEAR(plan.dual("annual_availability[plant,A,firm,2025]"), -100, 1e-9);
}

TEST(AnnualAvailability, of_one_has_no_row) {
  const SolvedPlan plan = plan_of(plant().remove("technology_parameters", "parameter=annual_availability"));
  EXPECT_NEAR(plan.value("unmet[use,2025,day]"), 1, 1e-9);
  EXPECT_NEAR(plan.value("unmet[use,2025,night]"), 0, 1e-9);
}

}  // namespace
}  // namespace pinchpoint::plan
