// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/lower/dual_refinement.hpp"

#include <gtest/gtest.h>

#include <random>

#include "optim/model/testing/dense_model.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/proof/lower/dual_bound.hpp"
#include "optim/solve/proof/residuals.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {
namespace {

/// A problem whose optimum is known because it was made from its answer: all numbers are small integers.
struct Known {
  Model model;
  double optimum = 0;
};

class KnownProblems : public testing::Test {
 protected:
  int number(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }

  /// ways: pairs of rows with free ways there and back; tolls: with ways whose costs are opposite.
  Known make(int rows, int columns, int ways, int tolls) {
    Known known;
    ModelBuilder builder;
    dual_.clear();
    std::vector<int> kind;
    for (int row = 0; row < rows; ++row) {
      kind.push_back(number(0, 2));
      const int size = number(0, 5);
      dual_.push_back(kind.back() == 0 ? size : kind.back() == 1 ? -size : number(-5, 5));
      builder.add_row({}, 0, 0);
    }
    // Ways there and back cost nothing where both ends have one price.
    for (int way = 0; way < ways; ++way) {
      const int from = number(0, rows - 2);
      dual_[static_cast<std::size_t>(from) + 1] = dual_[static_cast<std::size_t>(from)];
      kind[static_cast<std::size_t>(from) + 1] = kind[static_cast<std::size_t>(from)];
    }
    std::vector<int> activity(dual_.size(), 0);
    for (int column = 0; column < columns; ++column) known.optimum += add_column(builder, activity);
    for (int row = 0; row + 1 < rows; ++row) {
      const auto at = static_cast<std::size_t>(row);
      if (dual_[at] != dual_[at + 1]) continue;
      for (const double there : {1.0, -1.0}) {
        const ColumnId way = builder.add_column({}, 0, 0, infinity);
        builder.add_entry(RowId(row), way, there);
        builder.add_entry(RowId(row + 1), way, -there);
      }
    }
    for (int toll = 0; toll < tolls; ++toll) add_toll(builder);
    known.model = builder.build("known", nullptr);
    for (std::size_t row = 0; row < dual_.size(); ++row) {
      const int slack = dual_[row] == 0 ? number(0, 3) : 0;
      known.model.row_lower[row] = kind[row] == 1 ? -infinity : activity[row] - (kind[row] == 0 ? slack : 0);
      known.model.row_upper[row] = kind[row] == 0 ? infinity : activity[row] + (kind[row] == 1 ? slack : 0);
    }
    return known;
  }

  std::mt19937 random_{17};

 private:
  /// A column at its lower bound, at its upper bound or between, with the reduced cost that goes with it.
  double add_column(ModelBuilder& builder, std::vector<int>& activity) {
    const int place = number(0, 2);
    const int value = place == 0 ? 0 : number(1, 9);
    int cost = place == 1 ? 0 : number(0, 4) * (place == 0 ? 1 : -1);
    std::vector<int> factors;
    for (std::size_t row = 0; row < dual_.size(); ++row) {
      factors.push_back(number(0, 2) == 0 ? number(-3, 3) : 0);
      cost += factors.back() * dual_[row];
      activity[row] += factors.back() * value;
    }
    const bool is_free = place == 1 && number(0, 3) == 0;
    const ColumnId column =
        builder.add_column({}, cost, is_free ? -infinity : 0, place == 2 ? static_cast<double>(value) : infinity);
    for (std::size_t row = 0; row < dual_.size(); ++row) {
      builder.add_entry(RowId(static_cast<std::int32_t>(row)), column, factors[row]);
    }
    return cost * value;
  }

  /// Ways both ways between two rows at the difference of their prices, sharing a capacity that can be had for nothing
  /// and loses a part that no double holds.
  void add_toll(ModelBuilder& builder) {
    const int last = static_cast<int>(dual_.size()) - 1;
    const int from = number(0, last - 1);
    const int to = number(from + 1, last);
    const int price = dual_[static_cast<std::size_t>(from)] - dual_[static_cast<std::size_t>(to)];
    const RowId room = builder.add_row({}, -infinity, 0);
    const RowId left = builder.add_row({}, 0, 0);
    for (const double sign : {1.0, -1.0}) {
      const ColumnId way = builder.add_column({}, sign * price, 0, infinity);
      builder.add_entry(RowId(from), way, sign);
      builder.add_entry(RowId(to), way, -sign);
      builder.add_entry(room, way, 1);
    }
    const ColumnId capacity = builder.add_column({}, 0, 0, infinity);
    const ColumnId bought = builder.add_column({}, 0, 0, infinity);
    builder.add_entry(room, capacity, -0.7);
    builder.add_entry(left, capacity, 0.3);
    builder.add_entry(left, bought, -0.9);
  }

  std::vector<int> dual_;
};

TEST_F(KnownProblems, have_bounds_that_reach_their_optimum_and_never_pass_it) {
  for (int trial = 0; trial < 300; ++trial) {
    const Known known = make(8, 14, trial % 4, 0);
    const Solution solution = solve(known.model);
    ASSERT_EQ(solution.status, Status::optimal) << trial;
    const double lower = certify(known.model, solution).lower;
    EXPECT_LE(lower, known.optimum) << trial;
    EXPECT_GE(lower, known.optimum - 1e-9 * std::max(1.0, std::abs(known.optimum))) << trial;
  }
}

TEST_F(KnownProblems, have_such_bounds_where_columns_move_for_ever_at_no_cost) {
  for (int trial = 0; trial < 300; ++trial) {
    const Known known = make(8, 14, trial % 3, 1 + trial % 4);
    Solution solution = solve(known.model);
    ASSERT_EQ(solution.status, Status::optimal) << trial;
    if (trial % 2 == 0) {
      for (double& dual : solution.row_dual) dual += 1e-12 * number(-5, 5);
    }
    const double lower = certify(known.model, solution).lower;
    EXPECT_LE(lower, known.optimum) << trial;
    EXPECT_GE(lower, known.optimum - 1e-9 * std::max(1.0, std::abs(known.optimum))) << trial;
  }
}

TEST_F(KnownProblems, have_true_bounds_whatever_duals_and_bases_are_handed_in) {
  for (int trial = 0; trial < 200; ++trial) {
    const Known known = make(7, 12, 2, trial % 3);
    Solution wrong = solve(known.model);
    for (double& dual : wrong.row_dual) dual += (trial % 2 == 0 ? 1e-7 : 1e-1) * number(-5, 5);
    if (trial % 3 == 0) std::shuffle(wrong.column_basis.begin(), wrong.column_basis.end(), random_);
    if (trial % 3 == 1) wrong.row_basis.assign(wrong.row_basis.size(), static_cast<std::uint8_t>(number(0, 9)));
    EXPECT_LE(certify(known.model, wrong).lower, known.optimum) << trial;
  }
}

TEST_F(KnownProblems, lose_nothing_where_only_the_duals_are_rough) {
  for (int trial = 0; trial < 50; ++trial) {
    const Known known = make(7, 12, 2, trial % 3);
    const Solution solution = solve(known.model);
    const double lower = certify(known.model, solution).lower;
    if (lower == -infinity) continue;
    Solution rough = solution;
    for (double& dual : rough.row_dual) dual += 1e-6 * number(-5, 5);
    EXPECT_NEAR(certify(known.model, rough).lower, lower, 1e-8 * std::max(1.0, std::abs(lower))) << trial;
  }
}

/// make ≥ 7 of thirds and tenths: prices that no double holds.
Model make_thirds() { return make_dense("thirds", {{7, {3, 0}}, {0, {-1, 0.7}, 0}}, {{0, -infinity}, {0.1}}); }

TEST(DualRefinement, leaves_basic_columns_a_reduced_cost_of_0_to_twice_the_digits) {
  const Model model = make_thirds();
  const MatrixView matrix(model);
  const std::optional<Multipliers> refined = refine_duals(model, matrix, solve(model));
  ASSERT_TRUE(refined);
  for (std::size_t column = 0; column < 2; ++column) {
    const Interval reduced_cost = reduced_cost_enclosure(model, matrix, *refined, column);
    EXPECT_LT(std::max(std::abs(reduced_cost.lower), std::abs(reduced_cost.upper)), 1e-30);
  }
  EXPECT_FALSE((*refined)[1].is_double());
}

TEST(DualRefinement, takes_no_basis_for_one_where_there_is_none) {
  const Model model = make_thirds();
  const MatrixView matrix(model);
  Solution solution = solve(model);
  solution.row_basis.assign(2, 9);
  EXPECT_FALSE(refine_duals(model, matrix, solution));
  solution.column_basis.clear();
  EXPECT_FALSE(refine_duals(model, matrix, solution));
}

}  // namespace
}  // namespace pinchpoint::optim
