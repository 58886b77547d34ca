// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

ProcessNetwork small_network(std::uint64_t seed) {
  return {.tiers = 5, .products_per_tier = 3, .regions = 3, .makers_per_product = 3, .periods = 6, .seed = seed};
}

void expect_proved(const ProcessNetwork& size) {
  const Model model = make_process_network(size);
  for (const Method method : {Method::simplex, Method::interior_point}) {
    const Solution solution = solve(model, {.method = method});
    ASSERT_EQ(solution.status, Status::optimal) << solution.message;
    const Certificate certificate = certify(model, solution);
    EXPECT_TRUE(certificate.upper_is_proved) << "seed " << size.seed << ", " << to_string(method);
    EXPECT_LE(certificate.gap, 1e-11) << "seed " << size.seed << ", " << to_string(method);
    EXPECT_TRUE(certificate.holds(1e-9));
  }
}

TEST(NetworkCertificate, closes_the_gap_whatever_the_seed) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) expect_proved(small_network(seed));
}

TEST(NetworkCertificate, closes_the_gap_of_degenerate_networks) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    ProcessNetwork size = small_network(seed);
    size.is_degenerate = true;
    expect_proved(size);
  }
}

TEST(NetworkCertificate, closes_the_gap_where_balances_are_equalities) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    ProcessNetwork size = small_network(seed);
    size.is_exact = true;
    expect_proved(size);
  }
}

TEST(NetworkCertificate, repairs_values_that_are_off_by_far_more_than_a_tolerance) {
  const Model model = make_process_network(small_network(7));
  const Solution solution = solve(model);
  const double optimum = certify(model, solution).lower;
  std::mt19937 random(1);
  std::uniform_real_distribution<double> noise(-1, 1);
  for (const double size : {1e-9, 1e-7, 1e-5}) {
    Solution rough = solution;
    for (double& value : rough.value) value += size * noise(random);
    const Certificate certificate = certify(model, rough);
    EXPECT_TRUE(certificate.upper_is_proved) << size;
    EXPECT_GE(certificate.upper, optimum);
    EXPECT_LE(certificate.upper, optimum * (1 + 1e3 * size)) << size;
  }
}

TEST(NetworkCertificate, a_bound_from_rough_duals_is_lower_but_true) {
  const Model model = make_process_network(small_network(3));
  const Solution solution = solve(model);
  const double optimum = certify(model, solution).upper;
  std::mt19937 random(1);
  std::uniform_real_distribution<double> noise(-1, 1);
  for (const double size : {1e-8, 1e-6, 1e-4}) {
    Solution rough = solution;
    for (double& dual : rough.row_dual) dual *= 1 + size * noise(random);
    const Certificate certificate = certify(model, rough);
    EXPECT_LE(certificate.lower, optimum);
    EXPECT_GE(certificate.lower, optimum * (1 - 3000 * size)) << size;
  }
}

TEST(NetworkCertificate, proves_a_feasible_plan_with_whole_units) {
  ProcessNetwork size = small_network(5);
  size.unit_of_capacity = 10;
  const Model model = make_process_network(size);
  const Solution solution = solve(model, {.time_limit = 20, .relative_gap = 0.01});
  ASSERT_TRUE(solution.has_values);
  const Certificate certificate = certify(model, solution);
  EXPECT_TRUE(certificate.upper_is_proved);
  EXPECT_NEAR(certificate.upper, solution.objective, 1e-6 * solution.objective);
  EXPECT_LE(certificate.relaxation_lower, certificate.upper);
  EXPECT_GT(certificate.relaxation_lower, 0);
}

}  // namespace
}  // namespace pinchpoint::optim
