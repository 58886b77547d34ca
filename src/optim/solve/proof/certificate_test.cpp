// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/certificate.hpp"

#include <gtest/gtest.h>

#include <random>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {
namespace {

/// A random LP with a feasible point and an optimum: A x ≥ b, 0 ≤ x, costs positive.
Model random_covering(std::mt19937& random, int rows, int columns) {
  std::uniform_real_distribution<double> number(0.1, 3);
  ModelBuilder builder;
  for (int row = 0; row < rows; ++row) builder.add_row({}, number(random), infinity);
  for (int column = 0; column < columns; ++column) {
    const ColumnId id = builder.add_column({}, number(random), 0, random() % 3 == 0 ? 50.0 : infinity);
    for (int row = 0; row < rows; ++row) {
      if (random() % 3 == 0 || row == column % rows) builder.add_entry(RowId(row), id, number(random));
    }
  }
  builder.add_offset(number(random));
  return builder.build("covering", nullptr);
}

TEST(Certificate, two_threads_prove_what_one_does) {
  std::mt19937 random(5);
  const Model model = random_covering(random, 60, 120);
  ASSERT_GE(model.nonzero_count(), worth_a_thread);
  const Solution solution = solve(model);
  const Certificate alone = certify(model, solution);
  const Certificate together = certify(model, solution, nullptr, 2);
  EXPECT_TRUE(together.holds(1e-12)) << together.gap;
  EXPECT_EQ(together.lower, alone.lower);
  EXPECT_EQ(together.upper, alone.upper);
  EXPECT_EQ(together.repaired, alone.repaired);
  EXPECT_EQ(together.dual_objective, alone.dual_objective);
  EXPECT_EQ(together.worst_row, alone.worst_row);
  EXPECT_EQ(together.worst_column, alone.worst_column);
}

class Tampering : public testing::Test {
 protected:
  std::mt19937 random_{11};
  Model model_ = random_covering(random_, 12, 30);
  Solution solution_ = solve(model_);
};

TEST_F(Tampering, an_honest_solution_holds_to_1e_12) {
  const Certificate certificate = certify(model_, solution_);
  EXPECT_TRUE(certificate.holds(1e-12)) << certificate.gap;
  EXPECT_LE(certificate.lower, certificate.upper);
  EXPECT_LT(certificate.primal_violation, 1e-9);
  EXPECT_LT(certificate.dual_violation, 1e-9);
}

TEST_F(Tampering, any_single_value_changed_is_noticed) {
  for (std::size_t column = 0; column < solution_.value.size(); ++column) {
    for (const double change : {1e-3, -1e-3}) {
      Solution wrong = solution_;
      wrong.value[column] += change;
      EXPECT_FALSE(certify(model_, wrong).holds(1e-9)) << "column " << column;
    }
  }
}

TEST_F(Tampering, any_single_dual_changed_is_noticed_and_the_bound_stays_true) {
  const double optimum = certify(model_, solution_).lower;
  for (std::size_t row = 0; row < solution_.row_dual.size(); ++row) {
    for (const double change : {1e-2, -1e-2}) {
      Solution wrong = solution_;
      wrong.row_dual[row] += change;
      const Certificate certificate = certify(model_, wrong);
      EXPECT_LE(certificate.lower, optimum + 1e-9);
      EXPECT_FALSE(certificate.holds(1e-9)) << "row " << row;
    }
  }
}

TEST_F(Tampering, a_claimed_objective_that_is_not_the_values_is_noticed) {
  Solution wrong = solution_;
  wrong.objective *= 1 - 1e-4;
  EXPECT_FALSE(certify(model_, wrong).holds());
}

TEST_F(Tampering, the_solution_of_another_model_is_noticed) {
  const Model other = random_covering(random_, 12, 30);
  const Solution foreign = solve(other);
  EXPECT_FALSE(certify(model_, foreign).holds());
  Solution mixed = solution_;
  mixed.row_dual = foreign.row_dual;
  EXPECT_FALSE(certify(model_, mixed).holds());
}

TEST_F(Tampering, values_that_are_no_numbers_are_noticed) {
  Solution wrong = solution_;
  wrong.value[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(certify(model_, wrong).holds());
  wrong = solution_;
  wrong.row_dual[3] = infinity;
  EXPECT_FALSE(certify(model_, wrong).holds(1e-9));
}

TEST(Certificate, a_feasible_point_that_is_not_optimal_has_a_true_gap) {
  std::mt19937 random(2);
  for (int trial = 0; trial < 20; ++trial) {
    const Model model = random_covering(random, 6, 12);
    const Solution solution = solve(model);
    const double optimum = certify(model, solution).upper;
    Solution worse = solution;
    for (double& value : worse.value) value = std::min(value + 1, 50.0);
    const Certificate certificate = certify(model, worse);
    EXPECT_TRUE(certificate.upper_is_proved);
    EXPECT_GT(certificate.upper, optimum + 0.1);
    EXPECT_LE(certificate.lower, optimum);
    EXPECT_FALSE(certificate.holds());
  }
}

TEST(Certificate, names_the_row_and_the_column_that_are_worst) {
  const auto names = std::make_shared<Names>();
  ModelBuilder builder;
  const RowId row = builder.add_row({names->add_family("need", {})}, 4, infinity);
  const ColumnId column = builder.add_column({names->add_family("make", {})}, 2, 0, infinity);
  builder.add_entry(row, column, 1);
  const Model model = builder.build("m", names);
  Solution solution;
  solution.value = {3};
  solution.row_dual = {2.5};
  solution.objective = 6;
  const Certificate certificate = certify(model, solution);
  EXPECT_EQ(certificate.worst_row, "need");
  EXPECT_NEAR(certificate.primal_violation, 1, 1e-12);
  EXPECT_NEAR(certificate.primal_violation_scaled, 0.25, 1e-12);
  EXPECT_EQ(certificate.worst_column, "make");
  EXPECT_NEAR(certificate.dual_violation, 0.5, 1e-12);
  EXPECT_NEAR(certificate.recomputed, 6, 1e-12);
}

TEST(Certificate, without_duals_claims_no_lower_bound) {
  std::mt19937 random(4);
  const Model model = random_covering(random, 6, 12);
  Solution solution = solve(model);
  solution.row_dual.clear();
  const Certificate certificate = certify(model, solution);
  EXPECT_TRUE(certificate.upper_is_proved);
  EXPECT_EQ(certificate.lower, -infinity);
  EXPECT_FALSE(certificate.holds());
}

TEST(CertifyInfeasible, takes_only_rays_that_prove_it) {
  ModelBuilder builder;
  const RowId least = builder.add_row({}, 3, infinity);
  const RowId most = builder.add_row({}, -infinity, 2);
  const ColumnId x = builder.add_column({}, 1, 0, infinity);
  const ColumnId y = builder.add_column({}, 1, 0, infinity);
  for (const ColumnId column : {x, y}) {
    builder.add_entry(least, column, 1);
    builder.add_entry(most, column, 1);
  }
  Model model = builder.build("none", nullptr);
  EXPECT_TRUE(certify_infeasible(model, {1, -1}));
  EXPECT_TRUE(certify_infeasible(model, {-1, 1}));
  EXPECT_TRUE(certify_infeasible(model, {1, -1 - 1e-10}));
  EXPECT_FALSE(certify_infeasible(model, {1, 1}));
  EXPECT_FALSE(certify_infeasible(model, {0, 0}));
  EXPECT_FALSE(certify_infeasible(model, {}));
  model.row_upper[1] = 3;
  EXPECT_FALSE(certify_infeasible(model, {1, -1}));
}

}  // namespace
}  // namespace pinchpoint::optim
