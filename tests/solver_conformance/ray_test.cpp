// SPDX-License-Identifier: Apache-2.0
#include "conformance.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

PINCHPOINT_CONFORMANCE(RayConformance);

TEST_P(RayConformance, an_infeasible_problem_comes_with_a_proof_we_can_check) {
  PINCHPOINT_NEEDS(rays);
  const Model model = make_infeasible();
  for (const Method method : {Method::simplex, Method::interior_point}) {
    const Solution solution = solve_with(model, {.method = method});
    ASSERT_EQ(solution.status, Status::infeasible) << to_string(method);
    ASSERT_TRUE(solution.has_ray) << to_string(method);
    EXPECT_TRUE(certify_infeasible(model, solution.ray)) << to_string(method);
  }
}

TEST_P(RayConformance, a_network_that_cannot_meet_its_demand_is_proved_so) {
  PINCHPOINT_NEEDS(rays);
  Model model = make_process_network(
      {.tiers = 4, .products_per_tier = 2, .regions = 2, .periods = 5, .has_fixed_capacity = true});
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    if (model.cost[column] == 2000) model.upper[column] = 0;
  }
  const Solution solution = solve_with(model);
  ASSERT_EQ(solution.status, Status::infeasible);
  ASSERT_TRUE(solution.has_ray);
  EXPECT_TRUE(certify_infeasible(model, solution.ray));
}

TEST_P(RayConformance, an_unbounded_problem_comes_with_a_direction) {
  PINCHPOINT_NEEDS(rays);
  const Solution solution = solve_with(make_unbounded());
  ASSERT_EQ(solution.status, Status::unbounded);
  ASSERT_TRUE(solution.has_ray);
  EXPECT_GT(solution.ray[0], 0);
  EXPECT_LE(solution.ray[0] - solution.ray[1], 1e-9 * solution.ray[0]);
}

TEST_P(RayConformance, says_which_of_infeasible_and_unbounded_it_is) {
  Model model = make_unbounded();
  EXPECT_EQ(solve_with(model).status, Status::unbounded);
  model.row_lower[0] = 2;
  model.row_upper[0] = infinity;
  model.upper = {1, infinity};
  EXPECT_EQ(solve_with(model).status, Status::infeasible);
}

TEST_P(RayConformance, crossed_bounds_are_infeasible) {
  Model model = make_wyndor();
  model.lower[0] = 3;
  model.upper[0] = 2;
  EXPECT_EQ(solve_with(model).status, Status::infeasible);
  EXPECT_TRUE(certify_infeasible(model, {}));
}

}  // namespace
}  // namespace pinchpoint::optim
