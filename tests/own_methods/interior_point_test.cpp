// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/interior_point.hpp"

#include <gtest/gtest.h>

#include "optim/solve/solver.hpp"
#include "random_model.hpp"

namespace pinchpoint::optim {
namespace {

TEST(InteriorPoint, comes_to_the_optimum_of_random_models) {
  int optimal = 0;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Model model = random_model(draw, seed % 2 == 0);
    const Solution expected = solve(model, {.method = Method::simplex, .own_methods = false});
    ASSERT_EQ(expected.status, Status::optimal);
    const std::optional<InteriorPoint> point = solve_by_interior_point(model, {});
    ASSERT_TRUE(point.has_value());
    if (!point->is_optimal) continue;
    ++optimal;
    EXPECT_NEAR(point->objective, expected.objective, 1e-7 * std::max(1.0, std::abs(expected.objective)));
  }
  EXPECT_GE(optimal, 390);
}

/// Rows twice, and their sum: no factor without the hold.
TEST(InteriorPoint, rows_may_depend_on_each_other) {
  ModelBuilder builder;
  std::vector<ColumnId> columns;
  for (int column = 0; column < 6; ++column) columns.push_back(builder.add_column({}, 1 + column, 0, infinity));
  const auto add = [&](std::initializer_list<int> members, double side) {
    const RowId row = builder.add_row({}, side, side);
    for (const int member : members) builder.add_entry(row, columns[static_cast<std::size_t>(member)], 1);
  };
  add({0, 1, 2}, 3);
  add({0, 1, 2}, 3);
  add({3, 4, 5}, 2);
  add({0, 1, 2, 3, 4, 5}, 5);
  const std::optional<InteriorPoint> point = solve_by_interior_point(builder.build("dependent", nullptr), {});
  ASSERT_TRUE(point && point->is_optimal);
  EXPECT_NEAR(point->objective, 3 * 1 + 2 * 4, 1e-8);
}

TEST(InteriorPoint, free_columns_and_ranges) {
  ModelBuilder builder;
  const ColumnId free = builder.add_column({}, 1, -infinity, infinity);
  const ColumnId other = builder.add_column({}, -1, -infinity, 4);
  const RowId row = builder.add_row({}, -2, 3);
  builder.add_entry(row, free, 1);
  builder.add_entry(row, other, 1);
  const std::optional<InteriorPoint> point = solve_by_interior_point(builder.build("free", nullptr), {});
  ASSERT_TRUE(point && point->is_optimal);
  EXPECT_NEAR(point->value[0], -6, 1e-7);
  EXPECT_NEAR(point->value[1], 4, 1e-7);
  EXPECT_NEAR(point->row_dual[0], 1, 1e-7);
}

TEST(InteriorPoint, claims_nothing_without_an_optimum) {
  ModelBuilder builder;
  const ColumnId column = builder.add_column({}, 1, 0, 1);
  const ColumnId other = builder.add_column({}, 1, 0, 1);
  const RowId row = builder.add_row({}, 3, infinity);
  builder.add_entry(row, column, 1);
  builder.add_entry(row, other, 1);
  Model model = builder.build("infeasible", nullptr);
  std::optional<InteriorPoint> point = solve_by_interior_point(model, {});
  ASSERT_TRUE(point.has_value());
  EXPECT_FALSE(point->is_optimal);
  model.upper = {infinity, infinity};
  model.cost = {-1, 1};
  point = solve_by_interior_point(model, {});
  ASSERT_TRUE(point.has_value());
  EXPECT_FALSE(point->is_optimal);
}

TEST(InteriorPoint, columns_that_cannot_move_are_where_they_are) {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, 1, 9);
  builder.add_entry(row, builder.add_column({}, 2, 3, 3), 1);
  const std::optional<InteriorPoint> point = solve_by_interior_point(builder.build("fixed", nullptr), {});
  ASSERT_TRUE(point && point->is_optimal);
  EXPECT_EQ(point->objective, 6);
  EXPECT_EQ(point->value, std::vector<double>{3});
  EXPECT_EQ(point->reduced_cost, std::vector<double>{2});
}

TEST(InteriorPoint, refuses_too_much_work) {
  Draw draw(3);
  const Model model = random_model(draw, false);
  EXPECT_FALSE(solve_by_interior_point(model, {.most_work = 1}).has_value());
}

}  // namespace
}  // namespace pinchpoint::optim
