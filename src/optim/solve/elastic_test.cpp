// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/elastic.hpp"

#include <gtest/gtest.h>

#include "optim/model/testing/dense_model.hpp"

namespace pinchpoint::optim {
namespace {

/// x ≤ 3 (row 0), x ≥ 5 (row 1), whole numbers if asked.
Model make_contradiction(bool is_integer) {
  return make_dense("contradiction", {{-infinity, {1}, 3}, {4.5, {1}}}, {{7, 0, 100, is_integer}});
}

TEST(Elastic, the_cheaper_row_gives_way) {
  const Model model = make_contradiction(false);
  const ElasticResult upper = solve_elastic(model, {1, 10});
  ASSERT_TRUE(upper.is_feasible);
  ASSERT_EQ(upper.relaxed.size(), 1U);
  EXPECT_EQ(upper.relaxed[0].row, RowId(0));
  EXPECT_NEAR(upper.relaxed[0].amount, 1.5, 1e-9);
  const ElasticResult lower = solve_elastic(model, {10, 1});
  ASSERT_EQ(lower.relaxed.size(), 1U);
  EXPECT_EQ(lower.relaxed[0].row, RowId(1));
  EXPECT_NEAR(lower.relaxed[0].amount, -1.5, 1e-9);
}

TEST(Elastic, rows_of_weight_zero_stay_hard) {
  const Model model = make_contradiction(false);
  EXPECT_FALSE(solve_elastic(model, {0, 0}).is_feasible);
  const ElasticResult result = solve_elastic(model, {0, 5});
  ASSERT_EQ(result.relaxed.size(), 1U);
  EXPECT_EQ(result.relaxed[0].row, RowId(1));
}

TEST(Elastic, integers_stay_integers) {
  const ElasticResult result = solve_elastic(make_contradiction(true), {1, 10});
  ASSERT_TRUE(result.is_feasible);
  ASSERT_EQ(result.relaxed.size(), 1U);
  EXPECT_NEAR(result.relaxed[0].amount, 2, 1e-9);
}

TEST(Elastic, a_problem_with_a_solution_needs_no_relaxation) {
  Model model = make_contradiction(false);
  model.row_lower[1] = 2;
  const ElasticResult result = solve_elastic(model, {1, 1});
  EXPECT_TRUE(result.is_feasible);
  EXPECT_TRUE(result.relaxed.empty());
}

/// 1e-3 of a demand of small numbers is a contradiction, 1e-8 of a demand of large ones the solver's.
TEST(Elastic, what_is_noise_depends_on_the_side) {
  const auto short_by = [](double demand, double share) {
    return make_dense("short", {{-infinity, {1}, demand * (1 - share)}, {demand, {1}}}, {{0, 0, 1e4}});
  };
  const ElasticResult small = solve_elastic(short_by(1e-4, 1e-3), {0, 1});
  ASSERT_EQ(small.relaxed.size(), 1U);
  EXPECT_NEAR(small.relaxed[0].amount, -1e-7, 2e-9);
  EXPECT_EQ(solve_elastic(short_by(7.5e-4, 5e-6), {0, 1}).relaxed.size(), 1U);
  EXPECT_TRUE(solve_elastic(short_by(5, 1e-8), {0, 1}).relaxed.empty());
}

}  // namespace
}  // namespace pinchpoint::optim
