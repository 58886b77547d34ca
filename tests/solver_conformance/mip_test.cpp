// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "conformance.hpp"
#include "optim/solve/polish.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

PINCHPOINT_CONFORMANCE(MipConformance);

TEST_P(MipConformance, reaches_the_optimum_of_a_knapsack) {
  PINCHPOINT_NEEDS(integers);
  const Model model = make_knapsack();
  const Solution solution = solve_with(model, {.relative_gap = 0});
  ASSERT_EQ(solution.status, Status::optimal);
  EXPECT_NEAR(solution.objective, -21, 1e-9);
  const Certificate certificate = certify(model, solution);
  EXPECT_TRUE(certificate.is_mip);
  EXPECT_TRUE(certificate.holds(1e-9));
}

TEST_P(MipConformance, says_how_far_its_bound_is) {
  PINCHPOINT_NEEDS(integers);
  const Model model = make_process_network({.tiers = 3,
                                            .products_per_tier = 2,
                                            .regions = 2,
                                            .makers_per_product = 3,
                                            .periods = 4,
                                            .unit_of_capacity = 20});
  const Solution solution = solve_with(model, {.relative_gap = 0.05});
  ASSERT_EQ(solution.status, Status::optimal);
  EXPECT_LE(solution.mip_bound, solution.objective + 1e-6);
  EXPECT_LE((solution.objective - solution.mip_bound) / std::abs(solution.objective), 0.05);
}

TEST_P(MipConformance, the_relaxation_is_certified_from_its_own_duals) {
  PINCHPOINT_NEEDS(integers);
  const Model model = make_knapsack();
  Model relaxed = model;
  relaxed.is_integer.assign(relaxed.is_integer.size(), 0);
  const Solution relaxation = solve_with(relaxed);
  EXPECT_NEAR(relaxation.objective, -22, 1e-9);
  const Certificate certificate = certify(model, solve_with(model), &relaxation);
  EXPECT_NEAR(certificate.relaxation_lower, -22, 1e-9);
  EXPECT_NEAR(certificate.upper, -21, 1e-9);
}

TEST_P(MipConformance, says_when_integers_make_it_infeasible) {
  PINCHPOINT_NEEDS(integers);
  ModelBuilder builder;
  builder.add_entry(builder.add_row({}, 0.25, 0.75), builder.add_column({}, 1, 0, 5, true), 1);
  EXPECT_EQ(solve_with(builder.build("between", nullptr)).status, Status::infeasible);
}

TEST(Polish, makes_integers_whole_and_the_rest_fit_them) {
  const Model model = make_process_network({.tiers = 3,
                                            .products_per_tier = 2,
                                            .regions = 2,
                                            .makers_per_product = 3,
                                            .periods = 4,
                                            .unit_of_capacity = 20});
  const Solution solution = solve(model);
  ASSERT_EQ(solution.status, Status::optimal);
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    if (model.is_integer[column] == 0) continue;
    EXPECT_EQ(solution.value[column], std::round(solution.value[column]));
  }
  const Certificate certificate = certify(model, solution);
  EXPECT_TRUE(certificate.holds(2e-4)) << certificate.mip_gap_claimed;
  EXPECT_LE(certificate.relaxation_lower, certificate.upper);
}

TEST(Polish, solving_twice_gives_the_same_bytes) {
  const Model model = make_process_network({.tiers = 3,
                                            .products_per_tier = 2,
                                            .regions = 2,
                                            .makers_per_product = 3,
                                            .periods = 4,
                                            .is_degenerate = true,
                                            .unit_of_capacity = 20});
  const Solution one = solve(model, {.threads = 1});
  const Solution two = solve(model, {.threads = 2});
  EXPECT_EQ(one.value, two.value);
  EXPECT_EQ(one.row_dual, two.row_dual);
  EXPECT_EQ(one.mip_bound, two.mip_bound);
}

TEST(Polish, leaves_a_solution_whose_integers_cannot_be_rounded) {
  ModelBuilder builder;
  builder.add_entry(builder.add_row({}, 0.4, 0.6), builder.add_column({}, 1, 0, 1, true), 1);
  const Model model = builder.build("half", nullptr);
  Solution solution;
  solution.status = Status::limit_reached;
  solution.value = {0.5};
  polish_integers(model, {}, solution);
  EXPECT_EQ(solution.value[0], 0.5);
}

}  // namespace
}  // namespace pinchpoint::optim
