// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include "optim/model/testing/dense_model.hpp"
#include "optim/solve/proof/feasibility_proof.hpp"
#include "optim/solve/proof/lower/bound_propagation.hpp"
#include "optim/solve/proof/lower/dual_bound.hpp"

namespace pinchpoint::optim {
namespace {

/// make ≤ standing, standing ≤ 5 + bought, make ≥ 7; buying costs 10: optimum 20.
Model make_purchase() {
  return make_dense("purchase", {{-infinity, {1, -1, 0}, 0}, {-infinity, {0, 1, -1}, 5}, {7, {1, 0, 0}}},
                    {{0}, {0}, {10}});
}

TEST(BoundPropagation, derives_bounds_from_the_cost_limit_through_rows) {
  const Model model = make_purchase();
  const ImpliedBounds bounds = propagate_bounds(model, MatrixView(model), 30);
  EXPECT_NEAR(bounds.upper[2], 3, 1e-12);
  EXPECT_NEAR(bounds.upper[1], 8, 1e-12);
  EXPECT_NEAR(bounds.upper[0], 8, 1e-12);
  EXPECT_GE(bounds.upper[0], 8);
  EXPECT_NEAR(bounds.lower[0], 7, 1e-12);
  EXPECT_LE(bounds.lower[0], 7);
}

TEST(BoundPropagation, claims_nothing_where_nothing_follows) {
  const Model model = make_purchase();
  const ImpliedBounds bounds = propagate_bounds(model, MatrixView(model), infinity);
  EXPECT_EQ(bounds.upper, (std::vector<double>{infinity, infinity, infinity}));
}

TEST(BoundPropagation, keeps_every_feasible_point_of_random_boxes) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> number(-2, 2);
  for (int trial = 0; trial < 300; ++trial) {
    ModelBuilder builder;
    std::vector<double> point;
    for (int column = 0; column < 5; ++column) {
      point.push_back(number(random));
      const bool is_bounded = random() % 2 == 0;
      builder.add_column({}, number(random), is_bounded ? point.back() - 1 : -infinity,
                         is_bounded ? point.back() + 3 : infinity);
    }
    for (int row = 0; row < 4; ++row) {
      double activity = 0;
      const RowId id = builder.add_row({}, 0, 0);
      for (int column = 0; column < 5; ++column) {
        const double factor = random() % 3 == 0 ? 0 : number(random);
        builder.add_entry(id, ColumnId(column), factor);
        activity += factor * point[static_cast<std::size_t>(column)];
      }
      builder.shift_row(id, activity + 1e-9);
    }
    Model model = builder.build("random", nullptr);
    for (double& lower : model.row_lower) lower -= 0.5;
    double cost = 1e-9;
    for (std::size_t column = 0; column < 5; ++column) cost += model.cost[column] * point[column];
    const ImpliedBounds bounds = propagate_bounds(model, MatrixView(model), cost);
    for (std::size_t column = 0; column < 5; ++column) {
      EXPECT_LE(bounds.lower[column], point[column]);
      EXPECT_GE(bounds.upper[column], point[column]);
    }
  }
}

TEST(SafeDualBound, is_the_optimum_for_exact_duals_and_never_above_it_for_others) {
  const Model model = make_purchase();
  const MatrixView matrix(model);
  EXPECT_EQ(safe_dual_bound(model, matrix, to_multipliers(std::vector<double>{-10, -10, 10}), infinity), 20);
  std::mt19937 random(5);
  std::uniform_real_distribution<double> number(-12, 12);
  for (int trial = 0; trial < 500; ++trial) {
    const std::vector<double> duals{number(random), number(random), number(random)};
    const double bound = safe_dual_bound(model, matrix, to_multipliers(duals), 21);
    EXPECT_LE(bound, 20);
  }
}

TEST(SafeDualBound, survives_duals_whose_signs_are_off_by_a_tolerance) {
  const Model model = make_purchase();
  const std::vector<double> duals{-10 - 1e-9, -10 - 3e-9, 10 + 2e-9};
  const double bound = safe_dual_bound(model, MatrixView(model), to_multipliers(duals), 20 + 1e-6);
  EXPECT_LE(bound, 20);
  EXPECT_NEAR(bound, 20, 1e-7);
}

TEST(Repair, pushes_a_shortfall_down_to_the_column_that_takes_it) {
  Model model = make_purchase();
  const RepairedPoint point = repair(model, MatrixView(model), {7 - 1e-9, 7 - 3e-9, 2 - 2e-9});
  EXPECT_TRUE(point.is_proved);
  EXPECT_NEAR(point.objective.upper, 20, 1e-6);
  EXPECT_GE(point.objective.upper, 20);
}

TEST(Repair, does_not_claim_what_cannot_be) {
  Model model = make_purchase();
  model.upper[2] = 1;  // 7 cannot be made
  EXPECT_FALSE(repair(model, MatrixView(model), {7, 7, 2}).is_proved);
}

TEST(Repair, solves_equality_rows_that_no_doubles_satisfy) {
  const Model model = make_dense("thirds", {{1, {3, 0}, 1}, {0, {0.1, -1}, 0}}, {{1}, {1}});
  const RepairedPoint point = repair(model, MatrixView(model), {0.333333, 0.0333333});
  ASSERT_TRUE(point.is_proved);
  EXPECT_LE(point.objective.lower, 11.0 / 30);
  EXPECT_GE(point.objective.upper, 11.0 / 30);
  EXPECT_LT(point.objective.upper - point.objective.lower, 1e-15);
}

TEST(Repair, leaves_integers_alone_and_rounds_them) {
  Model model = make_purchase();
  model.is_integer[2] = 1;
  const RepairedPoint point = repair(model, MatrixView(model), {7, 7 - 1e-9, 2 + 1e-7});
  ASSERT_TRUE(point.is_proved);
  EXPECT_EQ(point.enclosure[2].lower, 2);
}

TEST(FeasibilityProof, does_not_trust_the_order_it_is_given) {
  const Model model = make_dense("order", {{1, {1, 0.1}, 1}, {1, {0, 3}, 1}}, {{0}, {0}});
  const MatrixView matrix(model);
  const std::vector<double> value{0.5, 0.25};
  EXPECT_FALSE(prove_feasible(model, matrix, value, {{0, 0, 0}, {1, 1, 0}}).is_proved);
  EXPECT_TRUE(prove_feasible(model, matrix, value, {{1, 1, 0}, {0, 0, 0}}).is_proved);
  EXPECT_FALSE(prove_feasible(model, matrix, value, {{1, 1, 0}, {0, 1, 0}}).is_proved);
}

}  // namespace
}  // namespace pinchpoint::optim
