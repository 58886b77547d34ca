// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/cuts/clusters.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "optim/model/testing/dense_model.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"
#include "optim/stochastic/extensive_form.hpp"
#include "optim/stochastic/l_shaped.hpp"

namespace pinchpoint::optim {
namespace {

constexpr std::size_t many = 1200;

/// Two columns bought at 1 and 2, of at most `most` each, that serve two random demands, the first of them both; what
/// is not served costs 6 and 9, or 3 in place of 9 in every second recourse.
TwoStageProblem bought_for_many(double most) {
  std::mt19937 random(11);
  TwoStageProblem problem;
  problem.first = make_dense("first", {}, {{1, 0, most}, {2, 0, most}});
  for (const double price : {9.0, 3.0}) {
    Recourse recourse;
    recourse.model =
        make_dense("second",
                   {{-infinity, {1, 1, 0, 0, 0}, 0},
                    {-infinity, {0, 0, 1, 0, 0}, 0},
                    {0, {1, 0, 0, 1, 0}, infinity},
                    {0, {0, 1, 1, 0, 1}, infinity}},
                   {{0.1, 0, infinity}, {0.2, 0, infinity}, {0, 0, infinity}, {6, 0, infinity}, {price, 0, infinity}});
    recourse.links = {{0, 0, -1}, {1, 1, -1}};
    problem.recourses.push_back(recourse);
  }
  for (std::size_t at = 0; at < many; ++at) {
    const double a = static_cast<double>(random() % 1000) / 50, b = static_cast<double>(random() % 1000) / 50;
    problem.futures.push_back(
        {1.0 / many, static_cast<std::int32_t>(at % 2), {{}, {{2, a, infinity}, {3, b, infinity}}}, {}});
  }
  return problem;
}

double extensive_optimum(const TwoStageProblem& problem) {
  const Model model = extensive_form(problem);
  const Solution solution = solve(model);
  EXPECT_TRUE(certify(model, solution).holds());
  return solution.objective;
}

void expect_solved_by_few_cuts(const TwoStageProblem& problem, const TwoStageSolution& solution) {
  const double optimum = extensive_optimum(problem);
  EXPECT_EQ(solution.status, Status::optimal) << solution.message << " gap " << solution.gap();
  EXPECT_TRUE(solution.lower_is_proved);
  EXPECT_NEAR(solution.lower, optimum, 2e-6 * optimum);
  EXPECT_NEAR(solution.upper, optimum, 2e-6 * optimum);
  EXPECT_LE(solution.lower, optimum + 1e-9 * optimum);
  for (const FutureCost& future : solution.evaluation.futures) EXPECT_TRUE(future.is_certified);
}

TEST(LShaped, many_futures_are_counted_together) {
  const TwoStageProblem problem = bought_for_many(infinity);
  LShaped method(problem, {}, {});
  const TwoStageSolution solution = method.solve();
  expect_solved_by_few_cuts(problem, solution);
  // A cut a future would be more after one round.
  EXPECT_LT(solution.cuts, many);
  for (const std::size_t future : {std::size_t{0}, std::size_t{7}}) {
    const Between best = method.best_knowing(future, 1e-9, 50);
    const double alone_optimum = extensive_optimum(alone(problem, future));
    EXPECT_NEAR(best.lower, alone_optimum, 1e-6);
    EXPECT_NEAR(best.upper, alone_optimum, 1e-6);
  }
}

// What is left over may be sold, so that bounds of columns alone say nothing, and masters fall for ever at first.
TEST(LShaped, many_futures_whose_columns_have_no_least_cost) {
  TwoStageProblem problem = bought_for_many(infinity);
  for (Recourse& recourse : problem.recourses) recourse.model.cost[2] = -0.5;
  LShapedOptions options;
  options.start = {0, 0};
  LShaped method(problem, {}, options);
  expect_solved_by_few_cuts(problem, method.solve());
}

// Where no more than 2 can be left out, too little leaves no way out.
TEST(LShaped, many_futures_of_which_some_have_no_way_out) {
  TwoStageProblem problem = bought_for_many(50);
  for (Recourse& recourse : problem.recourses) recourse.model.upper[3] = 2;
  LShapedOptions options;
  options.start = {0, 0};
  LShaped method(problem, {}, options);
  expect_solved_by_few_cuts(problem, method.solve());
}

TEST(LShaped, answers_of_many_futures_do_not_depend_on_threads) {
  const TwoStageProblem problem = bought_for_many(40);
  LShapedOptions one, three;
  one.threads = 1;
  three.threads = 3;
  LShaped first(problem, {}, one), second(problem, {}, three);
  const TwoStageSolution alone = first.solve(), together = second.solve();
  EXPECT_EQ(alone.first, together.first);
  EXPECT_EQ(alone.lower, together.lower);
  EXPECT_EQ(alone.upper, together.upper);
}

TEST(Clusters, weights_are_scaled_probabilities) {
  TwoStageProblem problem = bought_for_many(infinity);
  problem.futures[3].probability = 0;
  std::vector<double> cost(many, 0);
  cost[5] = -1;
  const Clusters clusters = clusters_of(problem, cost, 7);
  ASSERT_EQ(clusters.members.size(), 7u);
  EXPECT_EQ(clusters.members.front().front(), 5u);
  std::size_t count = 0;
  double factors = 0;
  for (std::size_t at = 0; at < 7; ++at) {
    double sum = 0;
    for (const std::size_t future : clusters.members[at]) {
      sum += std::ldexp(problem.futures[future].probability, clusters.exponent[at]);
      EXPECT_NE(future, 3u);
    }
    EXPECT_GE(sum, 0.5);
    EXPECT_LT(sum, 1);
    factors += sum * clusters.factor(at);
    count += clusters.members[at].size();
  }
  EXPECT_EQ(count, many - 1);
  EXPECT_NEAR(factors, 1 - 1.0 / many, 1e-12);
}

TEST(Clusters, a_sum_of_cuts_says_no_more_than_they_do) {
  TwoStageProblem problem = bought_for_many(40);
  problem.first.lower = {-40, 0};
  const Clusters clusters = clusters_of(problem, std::vector<double>(many, 0), 3);
  std::mt19937 random(3);
  const auto draw = [&] { return static_cast<double>(random()) / 4294967296.0 - 0.5; };
  std::vector<Cut> cuts(many);
  for (Cut& cut : cuts) {
    cut.constant = 1000 * draw();
    cut.slope = {{0, draw()}, {1, draw()}};
  }
  const Cut sum = sum_of(problem, clusters, 1, cuts, {40, infinity});
  EXPECT_TRUE(sum.is_proved);
  for (const std::vector<double>& point : {std::vector<double>{-40, 3}, {0.1, 0.7}, {17, 40}}) {
    long double exact = 0;
    for (const std::size_t future : clusters.members[1]) {
      const Cut& cut = cuts[future];
      const long double weight = std::ldexp(problem.futures[future].probability, clusters.exponent[1]);
      exact += weight * (static_cast<long double>(cut.constant) +
                         static_cast<long double>(cut.slope[0].second) * static_cast<long double>(point[0]) +
                         static_cast<long double>(cut.slope[1].second) * static_cast<long double>(point[1]));
    }
    const long double found = static_cast<long double>(sum.constant) +
                              static_cast<long double>(sum.slope[0].second) * static_cast<long double>(point[0]) +
                              static_cast<long double>(sum.slope[1].second) * static_cast<long double>(point[1]);
    EXPECT_LE(found, exact);
    EXPECT_NEAR(static_cast<double>(found), static_cast<double>(exact), 1e-10);
  }
  cuts[clusters.members[1].back()] = {};
  EXPECT_EQ(sum_of(problem, clusters, 1, cuts, {40, infinity}).constant, -infinity);
  // A column that may be of any sign and size: what rounding takes of it is not known.
  problem.first.lower = {-infinity, 0};
  EXPECT_FALSE(sum_of(problem, clusters, 0, cuts, {infinity, infinity}).is_proved);
}

}  // namespace
}  // namespace pinchpoint::optim
