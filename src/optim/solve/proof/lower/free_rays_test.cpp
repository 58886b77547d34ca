// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/lower/free_rays.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "optim/model/testing/dense_model.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/proof/interval.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {
namespace {

constexpr double none = -infinity;

/// The solution with prices moved apart by less than any solver promises.
Solution with_noise(Solution solution) {
  double noise = 1e-15;
  for (double& dual : solution.row_dual) dual += noise *= -1.5;
  return solution;
}

/// By column: 1 if it is put at 0.
std::vector<int> at_zero(const Model& model) {
  std::vector<int> at;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    at.push_back(model.lower[column] == 0 && model.upper[column] == 0 ? 1 : 0);
  }
  return at;
}

std::vector<int> opened(Model model, const Rays& rays) {
  open_rays(model, MatrixView(model), rays);
  return at_zero(model);
}

TEST(FreeRays, have_one_column_put_at_0) {
  const Model model = make_dense("there and back", {{1, {0.3, -0.3, 1}, 1}}, {{0.7}, {-0.7}, {1}});
  EXPECT_EQ(opened(model, {{0, 1}, {}}), (std::vector<int>{0, 1, 0}));
}

TEST(FreeRays, are_left_alone_where_they_cost_something_or_miss_a_row) {
  const Model costly = make_dense("costly", {{1, {0.3, -0.3, 1}, 1}}, {{0.7}, {-0.6}, {1}});
  EXPECT_EQ(opened(costly, {{0, 1}, {}}), (std::vector<int>{0, 0, 0}));
  const double nearly = next_up(0.3);
  const Model missing = make_dense("missing", {{1, {0.3, -nearly, 1}, 1}}, {{0.7}, {-0.7}, {1}});
  EXPECT_EQ(opened(missing, {{0, 1}, {}}), (std::vector<int>{0, 0, 0}));
}

TEST(FreeRays, run_along_rows_with_one_side_once_these_have_none) {
  const Model model =
      make_dense("capacity", {{1, {0.3, -0.3, 0, 1}, 1}, {none, {1, 1, -0.7, 0}, 0}}, {{0.7}, {-0.7}, {0}, {1}});
  // Bought capacity is a ray of its own, there and back with it another.
  EXPECT_EQ(opened(model, {{0, 1, 2}, {1}}), (std::vector<int>{0, 1, 1, 0}));
  // With the row's side kept, all three must move together.
  EXPECT_EQ(opened(model, {{0, 1, 2}, {}}), (std::vector<int>{0, 1, 0, 0}));
}

TEST(FreeRays, have_factors_that_are_fractions) {
  // One of the first goes with three of the others.
  Model model =
      make_dense("thirds", {{0, {3, -1, 0}, 0}, {0, {0, 1, -1}, 0}, {0, {3, 0, -1}, 0}}, {{0.75}, {0.25}, {-0.5}});
  EXPECT_EQ(opened(model, {{0, 1, 2}, {}}), (std::vector<int>{0, 0, 1}));
  model.cost[0] = next_up(0.75);
  EXPECT_EQ(opened(model, {{0, 1, 2}, {}}), (std::vector<int>{0, 0, 0}));
}

TEST(FreeRays, have_factors_that_no_double_holds) {
  const Model model = make_dense("tenths", {{0, {0.7, -0.3, 0}, 0}, {0, {0, 0.9, -1.1}, 0}}, {{0}, {0}, {0}});
  const std::vector<int> at = opened(model, {{0, 1, 2}, {}});
  EXPECT_EQ(std::count(at.begin(), at.end(), 1), 1);
}

TEST(FreeRays, leave_no_gap_where_being_filled_earns_what_being_emptied_costs) {
  // Rows: two balances, two levels, room. Columns by time: made, dear, filled, emptied, level; then room.
  const Model model =
      make_dense("reservoir",
                 {{3, {1, 1, -0.3, 0.3, 0, 0, 0, 0, 0, 0, 0}, 3},
                  {7, {0, 0, 0, 0, 0, 1, 1, -0.3, 0.3, 0, 0}, 7},
                  {0, {0, 0, 0.3, -0.3, -1, 0, 0, 0, 0, 0.99, 0}, 0},
                  {0, {0, 0, 0, 0, 0.99, 0, 0, 0.3, -0.3, -1, 0}, 0},
                  {none, {0, 0, 0, 0, 1, 0, 0, 0, 0, 0, -1}, 0},
                  {none, {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -1}, 0}},
                 {{2.1, 0, 9}, {7.3}, {-0.13}, {0.13}, {0}, {2.1, 0, 4}, {7.3}, {-0.13}, {0.13}, {0}, {0.37}});
  const Solution noisy = with_noise(solve(model));
  ASSERT_EQ(noisy.status, Status::optimal);
  const Certificate certificate = certify(model, noisy);
  EXPECT_TRUE(certificate.holds(1e-9)) << certificate.lower << " to " << certificate.upper;
}

}  // namespace
}  // namespace pinchpoint::optim
