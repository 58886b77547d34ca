// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <thread>

#include "conformance.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

PINCHPOINT_CONFORMANCE(LimitConformance);

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Takes simplex well over ten seconds.
const Model& large_model() {
  static const Model model =
      make_process_network({.tiers = 8, .products_per_tier = 6, .regions = 6, .makers_per_product = 6, .periods = 20});
  return model;
}

void expect_interrupted_soon(const Backend& backend, Method method) {
  const std::unique_ptr<Session> session = backend.open();
  session->load(large_model());
  std::atomic<bool> stop = false;
  std::chrono::steady_clock::time_point asked;
  std::thread waiter([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    asked = std::chrono::steady_clock::now();
    stop = true;
  });
  const Solution solution = session->solve({.method = method, .interrupt = &stop});
  waiter.join();
  EXPECT_EQ(solution.status, Status::limit_reached);
  EXPECT_EQ(solution.message, "interrupted");
  EXPECT_LT(seconds_since(asked), 1.0);
}

TEST_P(LimitConformance, simplex_stops_within_a_second_of_an_interrupt) {
  expect_interrupted_soon(GetParam(), Method::simplex);
}

TEST_P(LimitConformance, interior_point_stops_within_a_second_of_an_interrupt) {
  PINCHPOINT_NEEDS(interior_point);
  expect_interrupted_soon(GetParam(), Method::interior_point);
}

TEST_P(LimitConformance, stops_at_the_time_limit) {
  const auto begin = std::chrono::steady_clock::now();
  const Solution solution = solve_with(large_model(), {.time_limit = 0.5});
  EXPECT_EQ(solution.status, Status::limit_reached);
  EXPECT_EQ(solution.message, "time limit");
  EXPECT_LT(seconds_since(begin), 3.0);
}

TEST_P(LimitConformance, the_time_limit_counts_each_solve_by_itself) {
  const Model model = make_process_network({.tiers = 4, .products_per_tier = 2, .regions = 3, .periods = 6});
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(large_model());
  ASSERT_EQ(session->solve({.time_limit = 0.4}).status, Status::limit_reached);
  session->load(model);
  EXPECT_EQ(session->solve({.time_limit = 30}).status, Status::optimal);
}

TEST_P(LimitConformance, stops_at_the_iteration_limit_and_goes_on_from_there) {
  const Model model = make_process_network({.tiers = 4, .products_per_tier = 2, .regions = 3, .periods = 6});
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(model);
  const Solution stopped = session->solve({.method = Method::simplex, .simplex_iteration_limit = 50});
  EXPECT_EQ(stopped.status, Status::limit_reached);
  EXPECT_EQ(stopped.message, "iteration limit");
  EXPECT_LE(stopped.iterations, 50);
  const Solution finished = session->solve({.method = Method::simplex});
  EXPECT_EQ(finished.status, Status::optimal);
  EXPECT_TRUE(certify(model, finished).holds(1e-8));
}

TEST_P(LimitConformance, tells_of_its_progress) {
  int reports = 0;
  double last = 0;
  SolveOptions options{.time_limit = 1.5};
  options.on_progress = [&](const Progress& progress) {
    ++reports;
    EXPECT_FALSE(progress.phase.empty());
    EXPECT_GE(progress.seconds, last);
    last = progress.seconds;
  };
  EXPECT_EQ(solve_with(large_model(), options).status, Status::limit_reached);
  EXPECT_GT(reports, 2);
  EXPECT_LE(reports, 20);
}

TEST_P(LimitConformance, a_mip_stopped_early_keeps_its_best_solution_and_bound) {
  PINCHPOINT_NEEDS(integers);
  const Model model = make_process_network({.tiers = 5,
                                            .products_per_tier = 4,
                                            .regions = 4,
                                            .makers_per_product = 4,
                                            .periods = 14,
                                            .unit_of_capacity = 15});
  std::atomic<bool> stop = false;
  SolveOptions options{.time_limit = 60, .relative_gap = 0, .interrupt = &stop};
  options.on_progress = [&](const Progress& progress) {
    if (progress.phase == "branch and bound" && progress.objective < 1e29) stop = true;
  };
  const Solution solution = solve_with(model, options);
  ASSERT_EQ(solution.status, Status::limit_reached) << "the model is too easy for this test";
  ASSERT_TRUE(solution.has_values);
  EXPECT_LE(solution.mip_bound, solution.objective);
  EXPECT_FALSE(certify(model, solution).holds(1e-9));
}

}  // namespace
}  // namespace pinchpoint::optim
