// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/cuts/dual_cuts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "optim/model/testing/dense_model.hpp"
#include "optim/solve/proof/residuals.hpp"
#include "optim/solve/solver.hpp"
#include "optim/stochastic/extensive_form.hpp"
#include "optim/stochastic/l_shaped.hpp"
#include "optim/stochastic/program_values.hpp"

namespace pinchpoint::optim {
namespace {

double draw(std::mt19937& random, double least, double most) {
  return least + (most - least) * (random() / 4294967296.0);
}

/// Three places in a row, joined by ways there and back that cost nothing, have no bound and lose on the way: rows
/// bound no way by another, and by the optimal prices the ways in use have a reduced cost of 0 but for a rounding.
/// `loss` 0: ways there and back lose nothing.
Recourse lossy_ways(std::mt19937& random, double loss) {
  std::vector<DenseRow> rows(3, {4, std::vector<double>(7, 0), infinity});
  std::vector<DenseColumn> columns;
  for (std::size_t way = 0; way < 4; ++way) {
    const std::size_t from = way < 2 ? way : way - 1;
    const std::size_t to = way < 2 ? way + 1 : way - 2;
    const double leaves = loss > 0 ? draw(random, 0.2, 0.9) : 1;
    rows[from].factors[way] = -leaves;
    rows[to].factors[way] = leaves * (1 - loss);
    columns.push_back({0, 0, infinity});
  }
  for (std::size_t place = 0; place < 3; ++place) {
    rows[place].factors[4 + place] = draw(random, 0.2, 0.9);
    columns.push_back({place == 0 ? draw(random, 0.1, 0.2) : draw(random, 5, 9), 0, infinity});
  }
  Recourse recourse;
  recourse.model = make_dense("ways", rows, columns);
  recourse.links = {{0, 0, 1}, {1, 1, 1}};
  return recourse;
}

TwoStageProblem places(std::uint32_t seed, double loss) {
  std::mt19937 random(seed);
  TwoStageProblem problem;
  problem.first = make_dense("first", {}, {{1.3, 0, 40}, {2.9, 0, 40}});
  problem.recourses.push_back(lossy_ways(random, loss));
  for (int at = 0; at < 5; ++at) {
    Future future{0.2, 0, {}, {}};
    future.patch.rows = {{1, draw(random, 5, 30), infinity}, {2, draw(random, 5, 30), infinity}};
    problem.futures.push_back(future);
  }
  return problem;
}

TEST(DualCuts, are_proved_where_columns_without_cost_and_bound_miss_their_sign_by_a_rounding) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const TwoStageProblem problem = places(seed, 0.1);
    LShaped method(problem, {}, {});
    const TwoStageSolution solution = method.solve();
    const double optimum = prove_optimum(extensive_form(problem, {})).optimum.upper;
    EXPECT_EQ(solution.status, Status::optimal) << seed;
    EXPECT_TRUE(solution.lower_is_proved) << seed;
    EXPECT_NEAR(solution.lower, optimum, 1e-6 * optimum) << seed;
    for (const FutureCost& future : solution.evaluation.futures) EXPECT_TRUE(future.is_certified) << seed;
  }
}

/// The first recourse's model and bounds.
struct Inner {
  Model model;
  InnerDuals duals;
  explicit Inner(const TwoStageProblem& problem)
      : model(problem.recourses[0].model), duals(model, model.lower, model.upper, true) {}

  [[nodiscard]] double least_reduced_cost(const std::vector<double>& dual) const {
    const MatrixView matrix(model);
    double least = infinity;
    for (std::size_t column = 0; column < model.cost.size(); ++column)
      least = std::min(least, reduced_cost_enclosure(model, matrix, dual, column).lower);
    return least;
  }
};

TEST(InnerDuals, take_away_a_rounding_and_nothing_else) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    Inner inner(places(seed, 0.1));
    const std::vector<double> optimal = solve(inner.model).row_dual;
    std::vector<double> noisy = optimal;
    noisy[1] += 1e-13;
    ASSERT_LT(inner.least_reduced_cost(noisy), 0);
    EXPECT_TRUE(inner.duals.pull_inside(noisy));
    EXPECT_GE(inner.least_reduced_cost(noisy), 0);
    for (std::size_t row = 0; row < noisy.size(); ++row) EXPECT_NEAR(noisy[row], optimal[row], 1e-9);
    const std::vector<double> once = noisy;
    EXPECT_TRUE(inner.duals.pull_inside(noisy));
    EXPECT_EQ(noisy, once);
  }
}

TEST(InnerDuals, leave_alone_what_is_no_rounding_and_what_has_no_room) {
  Inner inner(places(1, 0.1));
  std::vector<double> wrong = solve(inner.model).row_dual;
  wrong[1] += 0.1;
  const std::vector<double> before = wrong;
  EXPECT_FALSE(inner.duals.pull_inside(wrong));
  EXPECT_EQ(wrong, before);
  // There and back without loss: prices of both ends are equal, by rounding only by chance.
  Inner circle(places(1, 0));
  std::vector<double> apart = solve(circle.model).row_dual;
  apart[1] += 1e-13;
  EXPECT_FALSE(circle.duals.pull_inside(apart));
}

TEST(DualCuts, drop_slopes_that_cannot_matter_and_stay_below) {
  TwoStageProblem problem = places(1, 0.1);
  Model& model = problem.recourses[0].model;
  model = make_dense("short", {{4, {1, 0}, infinity}, {4, {0, 1}, infinity}}, {{1, 0, infinity}, {1, 0, infinity}});
  for (Future& future : problem.futures) future.patch = {};
  for (const double size : {40.0, infinity}) {
    DualCuts cuts(problem, 0, {0});
    cuts.set_box(model.lower, model.upper, {size, size});
    const Cut cut = cuts.cut(cuts.add({0.5, 1e-19}, true), 0);
    ASSERT_TRUE(cut.is_proved);
    EXPECT_EQ(cut.slope.size(), std::isfinite(size) ? 1U : 2U);
    EXPECT_EQ(cut.slope.front().second, -0.5);
    // What is dropped, -1e-19 · 40 at most, is deducted.
    EXPECT_LE(cut.constant, std::isfinite(size) ? 2 - 4e-18 : 2 + 4e-19);
    EXPECT_GE(cut.constant, 2 - 1e-14);
  }
}

}  // namespace
}  // namespace pinchpoint::optim
