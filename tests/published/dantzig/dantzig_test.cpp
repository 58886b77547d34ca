// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::read_world;
using test_support::SolvedPlan;

/// G. B. Dantzig, Linear Programming and Extensions, Princeton 1963, section 3-3, with the figures of R. E. Rosenthal's
/// GAMS tutorial (example trnsport), whose listing gives the optimum and the marginals.
SolvedPlan shipping_plan() { return plan_of(read_world(PINCHPOINT_SOURCE_DIR "/tests/published/dantzig/model").world); }

// Total transportation costs in thousands of dollars: 153.675.
TEST(Dantzig, reaches_the_published_cost) {
  const SolvedPlan plan = shipping_plan();
  EXPECT_NEAR(plan.objective(), 153675, 1e-6);
  EXPECT_NEAR(plan.cost(CostKind::transport), 153675, 1e-6);
}

// Marginals of the demand rows: 0.225, 0.153 and 0.126 thousand dollars a case.
TEST(Dantzig, has_the_published_marginals) {
  const SolvedPlan plan = shipping_plan();
  EXPECT_NEAR(plan.dual("balance[case,new-york,2025]"), 225, 1e-6);
  EXPECT_NEAR(plan.dual("balance[case,chicago,2025]"), 153, 1e-6);
  EXPECT_NEAR(plan.dual("balance[case,topeka,2025]"), 126, 1e-6);
}

// New York may be served from either cannery at the same cost; the other flows are the published ones. Marginals of the
// two lanes not used: 0.036 and 0.009.
TEST(Dantzig, has_the_published_flows) {
  const SolvedPlan plan = shipping_plan();
  EXPECT_NEAR(plan.value("shipment[seattle-chicago,case,seattle,chicago,2025]"), 300, 1e-6);
  EXPECT_NEAR(plan.value("shipment[san-diego-topeka,case,san-diego,topeka,2025]"), 275, 1e-6);
  EXPECT_NEAR(plan.reduced_cost("shipment[seattle-topeka,case,seattle,topeka,2025]"), 36, 1e-6);
  EXPECT_NEAR(plan.reduced_cost("shipment[san-diego-chicago,case,san-diego,chicago,2025]"), 9, 1e-6);
}

}  // namespace
}  // namespace pinchpoint::plan
