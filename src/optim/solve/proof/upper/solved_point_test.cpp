// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/upper/solved_point.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "optim/model/testing/dense_model.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/proof/feasibility_proof.hpp"
#include "optim/solve/proof/upper/dense_system.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {
namespace {

/// Equality rows over all columns, as a dense matrix.
Model make_equations(const std::vector<std::vector<double>>& rows, const std::vector<double>& sides, double lower,
                     double upper) {
  std::vector<DenseRow> equations;
  for (std::size_t row = 0; row < rows.size(); ++row) equations.push_back({sides[row], rows[row], sides[row]});
  std::vector<DenseColumn> columns;
  for (std::size_t column = 0; column < rows.front().size(); ++column)
    columns.push_back({1 + static_cast<double>(column), lower, upper});
  return make_dense("equations", equations, columns);
}

TEST(SolvedPoint, proves_rows_that_only_a_simultaneous_solution_serves) {
  const Model model = make_equations({{0.1, 0.7}, {0.3, -0.9}}, {1, 0.1}, 0, infinity);
  const std::vector<double> value{3.233333333, 0.966666666};
  const MatrixView matrix(model);
  EXPECT_FALSE(repair(model, matrix, value).is_proved);
  const RepairedPoint point = solve_equations(model, matrix, value);
  ASSERT_TRUE(point.is_proved);
  // x = 0.97 / 0.3, y = 0.29 / 0.3
  EXPECT_NEAR(point.objective.lower, (0.97 + 2 * 0.29) / 0.3, 1e-14);
  EXPECT_LE(point.objective.upper - point.objective.lower, 1e-13);
}

TEST(SolvedPoint, leaves_a_corner_where_too_many_bounds_meet) {
  // y and z stand on 0, and no two of three columns are left to solve two rows for.
  const Model model = make_equations({{0.1, 0.7, -0.3}, {0.3, -0.9, 0.2}}, {0.1, 0.3}, 0, infinity);
  const Solution solution = solve(model);
  const Certificate certificate = certify(model, solution);
  EXPECT_TRUE(certificate.holds(1e-9)) << certificate.upper_is_proved << " " << certificate.gap;
}

TEST(SolvedPoint, does_not_claim_what_cannot_be) {
  const std::vector<std::vector<double>> rows{{0.1, 0.7}, {0.3, -0.9}, {0.4, -0.2}};
  const Model contradictory = make_equations(rows, {1, 0.1, 1.1 + 1e-15}, 0, infinity);
  EXPECT_FALSE(solve_equations(contradictory, MatrixView(contradictory), {97.0 / 30, 29.0 / 30}).is_proved);
  const Model bounded = make_equations({{0.1, 0.7}, {0.3, -0.9}}, {1, 0.1}, 0, 3.2333333333333);
  EXPECT_FALSE(solve_equations(bounded, MatrixView(bounded), {97.0 / 30, 29.0 / 30}).is_proved);
}

TEST(SolvedPoint, work_is_spared_where_rows_are_combinations_of_others) {
  const std::vector<double> value{97.0 / 30, 29.0 / 30};
  const Model twice = make_equations({{0.1, 0.7}, {0.3, -0.9}, {0.4, -0.2}}, {1, 0.1, 1.1}, 0, infinity);
  EXPECT_FALSE(may_be_solved(twice, MatrixView(twice), value));
  const Model once = make_equations({{0.1, 0.7}, {0.3, -0.9}}, {1, 0.1}, 0, infinity);
  EXPECT_TRUE(may_be_solved(once, MatrixView(once), value));
  EXPECT_FALSE(solve_equations(once, MatrixView(once), value).has_dependent_rows);
  // Said twice, but of nothing: 0 = 0 holds to the last bit.
  const Model nothing = make_equations({{0.1, 0.7}, {0.1, 0.7}}, {0, 0}, 0, infinity);
  EXPECT_TRUE(may_be_solved(nothing, MatrixView(nothing), {0, 0}));
  EXPECT_FALSE(may_be_solved(nothing, MatrixView(nothing), {0.7, -0.1}));
}

TEST(SolvedPoint, tells_rows_that_cannot_leave_their_side_and_depend_on_others) {
  // 0.1 x + 0.7 y = 1 and 0.2 x + 1.4 y >= 2: the second stays on its side, and has no column of its own.
  const Model model = make_dense("implied", {{1, {0.1, 0.7, 0}, 1}, {2, {0.2, 1.4, 0}, infinity}},
                                 {{1, 0, infinity}, {1, 0, infinity}, {1, 0, 1}});
  const MatrixView matrix(model);
  EXPECT_TRUE(may_be_solved(model, matrix, {3, 1, 0}));
  const SolvedPoint point = solve_equations(model, matrix, {3, 1, 0});
  EXPECT_FALSE(point.is_proved);
  EXPECT_TRUE(point.has_dependent_rows);
}

TEST(SolvedPoint, blocks_need_not_be_trusted) {
  const Model model = make_equations({{0.1, 0.7}, {0.3, -0.9}}, {1, 0.1}, 0, infinity);
  const MatrixView matrix(model);
  const std::vector<double> value{3, 1};
  EXPECT_TRUE(prove_feasible(model, matrix, value, std::vector<Block>{{{0, 1}, {1, 0}}}).is_proved);
  EXPECT_FALSE(prove_feasible(model, matrix, value, std::vector<Block>{{{0}, {1}}, {{1}, {0}}}).is_proved);
  EXPECT_FALSE(prove_feasible(model, matrix, value, std::vector<Block>{{{0, 0}, {0, 1}}}).is_proved);
  EXPECT_FALSE(prove_feasible(model, matrix, value, std::vector<Block>{{{0, 1}, {1, 1}}}).is_proved);
  EXPECT_FALSE(prove_feasible(model, matrix, value, std::vector<Block>{}).is_proved);
}

TEST(SolvedPoint, random_corners_with_equations_are_proved) {
  std::mt19937 random(23);
  std::uniform_real_distribution<double> number(-1, 1);
  for (int trial = 0; trial < 40; ++trial) {
    std::vector<std::vector<double>> rows(6, std::vector<double>(12));
    std::vector<double> sides(6, 0.0);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (double& entry : rows[row]) sides[row] += entry = number(random);
    }
    const Model model = make_equations(rows, sides, 0, 5);
    const Certificate certificate = certify(model, solve(model));
    EXPECT_TRUE(certificate.holds(1e-9)) << trial;
    EXPECT_LE(certificate.lower, certificate.upper) << trial;
  }
}

TEST(DenseSystem, bounds_the_solution_of_what_it_can_invert) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> number(-1, 1);
  for (int trial = 0; trial < 50; ++trial) {
    DenseSystem system(8);
    std::vector<double> solution(8);
    for (double& entry : solution) entry = number(random);
    std::vector<Interval> side(8);
    double largest = 0;
    for (std::size_t row = 0; row < 8; ++row) {
      IntervalSum sum;
      for (std::size_t column = 0; column < 8; ++column) {
        system.at(row, column) = number(random);
        sum.add_product(system.at(row, column), {solution[column], solution[column]});
      }
      side[row] = sum.enclosure();
      largest = std::max(largest, std::abs(solution[row]));
    }
    ASSERT_TRUE(system.invert());
    const std::optional<double> bound = system.bound_of_solution(side);
    ASSERT_TRUE(bound);
    EXPECT_GE(*bound, largest);
  }
}

TEST(DenseSystem, bounds_nothing_where_a_side_or_an_entry_is_infinite) {
  DenseSystem identity(3);
  for (std::size_t at = 0; at < 3; ++at) identity.at(at, at) = 1;
  ASSERT_TRUE(identity.invert());
  EXPECT_EQ(identity.bound_of_solution({{0, 0}, {0, 0}, {-1, 1}}), 2 + 1e-200);
  EXPECT_FALSE(identity.bound_of_solution({{0, infinity}, {-infinity, 0}, {0, 1}}));
  identity.at(0, 1) = infinity;
  EXPECT_FALSE(identity.bound_of_solution({{0, 0}, {0, 0}, {0, 1}}));
}

TEST(DenseSystem, refuses_what_is_singular_or_nearly_so) {
  DenseSystem singular(2);
  singular.at(0, 0) = singular.at(1, 1) = singular.at(0, 1) = singular.at(1, 0) = 0.1;
  EXPECT_FALSE(singular.invert());
  DenseSystem hilbert(14);
  for (std::size_t row = 0; row < 14; ++row) {
    for (std::size_t column = 0; column < 14; ++column) {
      hilbert.at(row, column) = 1 / static_cast<double>(row + column + 1);
    }
  }
  EXPECT_FALSE(hilbert.invert() && hilbert.bound_of_solution(std::vector<Interval>(14, {0, 1})));
}

}  // namespace
}  // namespace pinchpoint::optim
