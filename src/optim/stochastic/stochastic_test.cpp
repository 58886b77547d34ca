// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "optim/model/testing/dense_model.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"
#include "optim/stochastic/extensive_form.hpp"
#include "optim/stochastic/l_shaped.hpp"
#include "optim/stochastic/staged_program.hpp"

namespace pinchpoint::optim {
namespace {

/// min 100 x1 + 150 x2 + E[-q1 y1 - q2 y2] of StochasticPrograms.jl, test/problems/simple.jl: costs of the recourse
/// differ, so that each future has one of its own.
TwoStageProblem simple() {
  TwoStageProblem problem;
  problem.first = make_dense("first", {{-infinity, {1, 1}, 120}}, {{100, 40}, {150, 20}});
  const double q[2][4] = {{24, 28, 500, 100}, {28, 32, 300, 300}};
  for (const auto& row : q) {
    Recourse recourse;
    recourse.model = make_dense("second", {{-infinity, {6, 10}, 0}, {-infinity, {8, 5}, 0}},
                                {{-row[0], 0, row[2]}, {-row[1], 0, row[3]}});
    recourse.links = {{0, 0, -60}, {1, 1, -80}};
    problem.recourses.push_back(recourse);
  }
  problem.futures = {{0.4, 0, {}, {}}, {0.6, 1, {}, {}}};
  return problem;
}

/// A newsvendor: x bought at 2, sold at 5 up to the demand of each future, thrown away at 1.
TwoStageProblem newsvendor(const std::vector<double>& demand, const std::vector<double>& probability) {
  TwoStageProblem problem;
  problem.first = make_dense("first", {}, {{2, 0, 100}});
  Recourse recourse;
  recourse.model = make_dense("second", {{0, {1, 1}, 0}}, {{-5, 0, 0}, {1, 0, infinity}});
  recourse.links = {{0, 0, -1}};
  problem.recourses.push_back(recourse);
  for (std::size_t at = 0; at < demand.size(); ++at)
    problem.futures.push_back({probability[at], 0, {{{0, 0, demand[at]}}, {}}, {}});
  return problem;
}

double extensive_optimum(const TwoStageProblem& problem, const Risk& risk = {}) {
  const Model model = extensive_form(problem, risk);
  const Solution solution = solve(model);
  EXPECT_EQ(solution.status, Status::optimal);
  EXPECT_TRUE(certify(model, solution).holds());
  return solution.objective;
}

void expect_solved(const TwoStageSolution& solution, double optimum) {
  EXPECT_EQ(solution.status, Status::optimal) << solution.message << " gap " << solution.gap();
  const double slack = 1e-6 * std::max(1.0, std::abs(optimum));
  EXPECT_NEAR(solution.upper, optimum, slack);
  EXPECT_NEAR(solution.lower, optimum, slack);
  EXPECT_LE(solution.lower, solution.upper + 1e-9 * std::abs(optimum));
  EXPECT_TRUE(solution.lower_is_proved);
}

// Published: -855.83 at (46.67, 36.25).
TEST(LShaped, reaches_the_published_optimum_of_simple) {
  const TwoStageProblem problem = simple();
  EXPECT_NEAR(extensive_optimum(problem), -855.8333333333, 1e-6);
  LShaped method(problem, {}, {});
  const TwoStageSolution solution = method.solve();
  expect_solved(solution, -855.8333333333);
  EXPECT_NEAR(solution.first[0], 46.6666667, 1e-4);
  EXPECT_NEAR(solution.first[1], 36.25, 1e-4);
  const Between one = method.best_knowing(0, 1e-9, 50);
  const Between other = method.best_knowing(1, 1e-9, 50);
  EXPECT_NEAR(0.4 * one.lower + 0.6 * other.lower, -1518.75, 1e-4);
  EXPECT_NEAR(0.4 * one.upper + 0.6 * other.upper, -1518.75, 1e-4);
}

// Bought up to the quantile (5 - 2) / (5 + 1) of demand: 30.
TEST(LShaped, buys_the_newsvendors_quantile) {
  const TwoStageProblem problem = newsvendor({10, 20, 30, 40, 50}, {0.2, 0.2, 0.2, 0.2, 0.2});
  LShaped method(problem, {}, {});
  const TwoStageSolution solution = method.solve();
  expect_solved(solution, extensive_optimum(problem));
  EXPECT_NEAR(solution.first[0], 30, 1e-6);
  for (const FutureCost& future : solution.evaluation.futures) EXPECT_TRUE(future.is_certified);
}

TEST(LShaped, one_future_is_the_plain_problem_and_one_of_no_probability_does_not_count) {
  const TwoStageProblem certain = newsvendor({30}, {1});
  const TwoStageProblem shadowed = newsvendor({30, 90}, {1, 0});
  LShaped one(certain, {}, {});
  LShaped two(shadowed, {}, {});
  expect_solved(one.solve(), -90);
  expect_solved(two.solve(), -90);
}

TEST(LShaped, tail_risk_runs_from_the_mean_to_the_worst) {
  const TwoStageProblem problem = newsvendor({10, 20, 30, 40, 50}, {0.2, 0.2, 0.2, 0.2, 0.2});
  const auto solved = [&](double level) {
    LShaped method(problem, {1, level}, {});
    const TwoStageSolution solution = method.solve();
    expect_solved(solution, extensive_optimum(problem, {1, level}));
    return solution.upper;
  };
  const double mean = extensive_optimum(problem);
  EXPECT_NEAR(solved(0), mean, 1e-6);
  EXPECT_GE(solved(0.5), mean);
  // The worst future sells 10: better buy no more.
  EXPECT_NEAR(solved(0.999), -30, 1e-4);
}

TEST(LShaped, a_future_without_a_way_out_rules_points_out) {
  TwoStageProblem problem;
  problem.first = make_dense("first", {}, {{1, 0, 10}});
  Recourse recourse;
  recourse.model = make_dense("second", {{4, {1}, infinity}}, {{0.5, 0, 2}});
  recourse.links = {{0, 0, 1}};
  problem.recourses.push_back(recourse);
  problem.futures = {{0.5, 0, {}, {}}, {0.5, 0, {{}, {{0, 7, infinity}}}, {}}};
  LShapedOptions options;
  options.start = {0};
  LShaped method(problem, {}, options);
  // x ≥ 5 for the second; each unit more saves half of 0.5 and costs 1.
  expect_solved(method.solve(), 5 + 0.5 * 0 + 0.5 * 1);
}

TEST(LShaped, whole_numbers_in_the_first_stage_are_kept) {
  TwoStageProblem problem = newsvendor({10.5, 20.5, 31.5}, {0.3, 0.4, 0.3});
  problem.first.is_integer[0] = 1;
  LShaped method(problem, {}, {});
  const TwoStageSolution solution = method.solve();
  EXPECT_EQ(solution.status, Status::optimal);
  EXPECT_NEAR(solution.upper, extensive_optimum(problem), 1e-5);
  EXPECT_EQ(solution.first[0], std::round(solution.first[0]));
  EXPECT_FALSE(solution.lower_is_proved);
}

/// Random transport of bought capacity to random demand, with links that differ by future.
TwoStageProblem random_problem(std::uint32_t seed, std::size_t futures) {
  std::mt19937 random(seed);
  const auto draw = [&](double least, double most) { return least + (most - least) * (random() / 4294967296.0); };
  TwoStageProblem problem;
  problem.first = make_dense("first", {{-infinity, {1, 1, 1}, 60}},
                             {{draw(1, 3), 0, 40}, {draw(1, 3), 0, 40}, {draw(1, 3), 0, 40}});
  Recourse recourse;
  std::vector<DenseRow> rows;
  std::vector<DenseColumn> columns;
  for (int from = 0; from < 3; ++from) rows.push_back({-infinity, std::vector<double>(8, 0), 0});
  for (int to = 0; to < 2; ++to) rows.push_back({10, std::vector<double>(8, 0), infinity});
  for (std::size_t at = 0; at < 6; ++at) {
    rows[at / 2].factors[at] = 1;
    rows[3 + at % 2].factors[at] = 1;
    columns.push_back({draw(0.1, 2), 0, infinity});
  }
  for (std::size_t to = 0; to < 2; ++to) {
    rows[3 + to].factors[6 + to] = 1;
    columns.push_back({draw(5, 15), 0, infinity});
  }
  recourse.model = make_dense("second", rows, columns);
  for (std::int32_t from = 0; from < 3; ++from) recourse.links.push_back({from, from, -1});
  problem.recourses.push_back(recourse);
  for (std::size_t at = 0; at < futures; ++at) {
    Future future{1.0 / static_cast<double>(futures), 0, {}, {}};
    future.patch.rows = {{3, draw(5, 30), infinity}, {4, draw(5, 30), infinity}};
    future.links = {{static_cast<std::int32_t>(at % 3), static_cast<std::int32_t>(at % 3), draw(0, 0.9)}};
    problem.futures.push_back(future);
  }
  return problem;
}

TEST(LShaped, agrees_with_the_extensive_form_on_random_problems) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const TwoStageProblem problem = random_problem(seed, 12);
    for (const Risk risk : {Risk{0, 0}, Risk{1, 0.8}, Risk{0.5, 0.6}}) {
      LShaped method(problem, risk, {});
      const TwoStageSolution solution = method.solve();
      expect_solved(solution, extensive_optimum(problem, risk));
      const Evaluation again = method.evaluate(solution.first);
      EXPECT_NEAR(again.risk.upper, solution.upper, 1e-7 * std::abs(solution.upper));
      EXPECT_LE(again.risk.lower, again.risk.upper + 1e-9);
    }
  }
}

TEST(LShaped, knowing_the_future_is_never_worse) {
  const TwoStageProblem problem = random_problem(5, 12);
  LShaped method(problem, {}, {});
  const TwoStageSolution solution = method.solve();
  double sum = 0;
  for (std::size_t at = 0; at < problem.futures.size(); ++at) {
    const Between best = method.best_knowing(at, 1e-8, 100);
    const double alone_optimum = extensive_optimum(alone(problem, at));
    EXPECT_NEAR(best.lower, alone_optimum, 1e-5);
    EXPECT_NEAR(best.upper, alone_optimum, 1e-5);
    sum += best.lower / 12;
  }
  EXPECT_LE(sum, solution.upper);
}

/// Twenty columns that cost 1 and are worth a millionth, and one of which 100 earn a quarter of that: its reduced cost
/// of 5e-8 is below what solvers look at.
TwoStageProblem small_beside_the_tolerance() {
  ModelBuilder builder;
  std::vector<ColumnId> columns;
  for (int at = 0; at < 20; ++at) {
    columns.push_back(builder.add_column({}, 1, 0, infinity));
    builder.add_entry(builder.add_row({}, 1e-6, infinity), columns.back(), 1);
    builder.add_entry(builder.add_row({}, -infinity, 1e6), columns.back(), 1);
  }
  const ColumnId large = builder.add_column({}, -5e-8, 0, infinity);
  builder.add_entry(builder.add_row({}, -infinity, 100), large, 1);
  TwoStageProblem problem;
  problem.first = builder.build("small", nullptr);
  Recourse recourse;
  recourse.model = make_dense("second", {{0, {1}, infinity}}, {{1, 0, infinity}});
  recourse.links = {{0, 0, -1}};
  problem.recourses.push_back(recourse);
  problem.futures = {{0.5, 0, {}, {}}, {0.5, 0, {{}, {{0, 1e-6, infinity}}}, {}}};
  return problem;
}

TEST(LShaped, an_objective_that_is_small_beside_the_tolerances_is_solved_all_the_same) {
  const TwoStageProblem problem = small_beside_the_tolerance();
  LShaped method(problem, {}, {});
  const TwoStageSolution solution = method.solve();
  EXPECT_EQ(solution.status, Status::optimal) << solution.gap();
  // 20 · 1e-6 of the first stage, less 100 · 5e-8, and y = 1e-6 or 2e-6.
  EXPECT_NEAR(solution.upper, 20e-6 - 5e-6 + 1.5e-6, 1e-11);
  EXPECT_NEAR(solution.lower, solution.upper, 1e-11);
}

TEST(LShaped, answers_do_not_depend_on_threads) {
  const TwoStageProblem problem = random_problem(7, 40);
  LShapedOptions one, two;
  one.threads = 1;
  LShaped first(problem, {}, one), second(problem, {}, two);
  EXPECT_EQ(first.solve().first, second.solve().first);
}

/// x ≥ 1 at 3, and y at 2 or 5 with x + y ≥ 4 or 6: all four.
TEST(StagedProgram, futures_with_the_same_costs_and_entries_share_a_recourse) {
  StagedProgram program;
  program.core = make_dense("core", {{1, {1, 0}, infinity}, {4, {1, 1}, infinity}}, {{3, 0, 10}, {2, 0, infinity}});
  program.row_stage = {0, 1};
  program.column_stage = {0, 1};
  program.stages = 2;
  program.nodes = {{-1, 0, 1, {}}};
  for (const double cost : {2.0, 5.0}) {
    for (const double side : {4.0, 6.0}) {
      StagedProgram::Node node{0, 1, 0.25, {{DataChange::What::row_lower, 1, -1, side}}};
      if (cost != 2) node.changes.push_back({DataChange::What::cost, -1, 1, cost});
      program.nodes.push_back(node);
    }
  }
  const TwoStageProblem problem = two_stage_of(program);
  EXPECT_EQ(problem.recourses.size(), 2u);
  EXPECT_EQ(problem.futures[2].recourse, problem.futures[3].recourse);
  LShaped method(problem, {}, {});
  expect_solved(method.solve(), extensive_optimum(problem));
  EXPECT_NEAR(extensive_optimum(problem), solve(extensive_form(program)).objective, 1e-9);
}

TEST(Risk, is_the_mean_of_the_worst_part) {
  const std::vector<double> cost = {1, 2, 3, 4};
  const std::vector<double> even = {0.25, 0.25, 0.25, 0.25};
  EXPECT_NEAR(risk_of({0, 0}, cost, even), 2.5, 1e-12);
  EXPECT_NEAR(risk_of({1, 0}, cost, even), 2.5, 1e-12);
  EXPECT_NEAR(risk_of({1, 0.5}, cost, even), 3.5, 1e-12);
  EXPECT_NEAR(risk_of({1, 0.6}, cost, even), (0.25 * 4 + 0.15 * 3) / 0.4, 1e-12);
  EXPECT_NEAR(risk_of({0.5, 0.5}, cost, even), 3, 1e-12);
}

}  // namespace
}  // namespace pinchpoint::optim
