// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/race.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "optim/solve/certificate.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

/// Round costs and recipes: many vertices are optimal, and methods that differ end at different ones.
Model make_degenerate() {
  return make_process_network(
      {.tiers = 4, .products_per_tier = 3, .regions = 3, .makers_per_product = 3, .periods = 6, .is_degenerate = true});
}

constexpr RaceRules simplex_wins{.least_columns = 1, .simplex_iterations_per_row = 1000};
constexpr RaceRules interior_point_wins{.least_columns = 1, .simplex_iterations_per_row = 0.05};

void expect_same_bytes(const Solution& one, const Solution& other) {
  EXPECT_EQ(one.method, other.method);
  EXPECT_EQ(one.objective, other.objective);
  EXPECT_EQ(one.value, other.value);
  EXPECT_EQ(one.row_dual, other.row_dual);
  EXPECT_EQ(one.column_basis, other.column_basis);
  EXPECT_EQ(one.row_basis, other.row_basis);
}

TEST(Race, methods_end_at_different_optima_of_a_degenerate_model) {
  const Model model = make_degenerate();
  const Solution simplex = race(model, {.own_methods = false}, simplex_wins);
  const Solution interior = race(model, {.own_methods = false}, interior_point_wins);
  EXPECT_EQ(simplex.method, Method::simplex);
  EXPECT_EQ(interior.method, Method::interior_point);
  EXPECT_NEAR(simplex.objective, interior.objective, 1e-9 * simplex.objective);
  EXPECT_NE(simplex.value, interior.value) << "the model is not degenerate enough to test determinism";
}

TEST(Race, gives_the_same_bytes_on_one_thread_and_two_whoever_wins) {
  const Model model = make_degenerate();
  for (const RaceRules& rules : {simplex_wins, interior_point_wins}) {
    const Solution alone = race(model, {.own_methods = false, .threads = 1}, rules);
    for (int repeat = 0; repeat < 3; ++repeat)
      expect_same_bytes(race(model, {.own_methods = false, .threads = 2}, rules), alone);
    EXPECT_TRUE(certify(model, alone).holds(1e-8));
  }
}

TEST(Race, gives_the_same_bytes_while_other_threads_load_the_machine) {
  const Model model = make_degenerate();
  const Solution quiet = race(model, {.own_methods = false}, interior_point_wins);
  std::atomic<bool> stop = false;
  std::vector<std::thread> loads;
  for (int thread = 0; thread < 3; ++thread) {
    loads.emplace_back([&stop] {
      while (!stop.load(std::memory_order_relaxed)) std::this_thread::yield();
    });
  }
  const Solution busy = race(model, {.own_methods = false}, interior_point_wins);
  stop = true;
  for (std::thread& load : loads) load.join();
  expect_same_bytes(busy, quiet);
}

TEST(Race, goes_on_with_simplex_where_interior_point_fails) {
  // Netlib's box1 in small: interior point stalls on an infeasible model, simplex settles it.
  Model model = make_degenerate();
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    if (model.cost[column] == 2000)
      model.upper[column] = 0;
    else if (model.cost[column] > 0)
      model.upper[column] = 1;
  }
  for (const int threads : {1, 2}) {
    const Solution solution = race(model, {.own_methods = false, .threads = threads}, interior_point_wins);
    ASSERT_EQ(solution.status, Status::infeasible);
    EXPECT_TRUE(certify_infeasible(model, solution.ray));
  }
}

TEST(Race, without_determinism_takes_an_optimum_all_the_same) {
  const Model model = make_degenerate();
  const Solution solution = race(model, {.own_methods = false, .deterministic = false}, interior_point_wins);
  EXPECT_TRUE(certify(model, solution).holds(1e-8));
}

TEST(Race, listens_to_interrupts_and_time_limits) {
  const Model model =
      make_process_network({.tiers = 8, .products_per_tier = 6, .regions = 6, .makers_per_product = 6, .periods = 20});
  std::atomic<bool> stop = true;
  for (const int threads : {1, 2}) {
    EXPECT_EQ(race(model, {.own_methods = false, .threads = threads, .interrupt = &stop}, {}).status,
              Status::limit_reached);
    EXPECT_EQ(race(model, {.time_limit = 0.3, .own_methods = false, .threads = threads}, {}).status,
              Status::limit_reached);
  }
}

TEST(Race, keeps_to_the_callers_own_iteration_limit) {
  const Solution solution = race(make_degenerate(), {.simplex_iteration_limit = 5, .own_methods = false}, simplex_wins);
  EXPECT_EQ(solution.method, Method::interior_point);
}

TEST(ResidualCheck, notices_values_and_duals_that_are_off) {
  const Model model = make_degenerate();
  const Solution solution = race(model, {.own_methods = false}, simplex_wins);
  EXPECT_TRUE(passes_residual_check(model, solution));
  Solution wrong = solution;
  wrong.value[0] = -1;
  EXPECT_FALSE(passes_residual_check(model, wrong));
  wrong = solution;
  wrong.row_dual[0] = -1;
  EXPECT_FALSE(passes_residual_check(model, wrong));
}

}  // namespace
}  // namespace pinchpoint::optim
