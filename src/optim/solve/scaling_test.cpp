// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/scaling.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {
namespace {

/// min 3e6 x + 2 y + 7   x/1e4 + 1e3 y ≥ 5e3, x ≤ 1e8
Model badly_scaled() {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, 5e3, infinity);
  const ColumnId x = builder.add_column({}, 3e6, 0, 1e8);
  const ColumnId y = builder.add_column({}, 2, 0, 4);
  builder.add_entry(row, x, 1e-4);
  builder.add_entry(row, y, 1e3);
  builder.add_offset(7);
  return builder.build("badly scaled", nullptr);
}

TEST(Scaling, is_exact_both_ways) {
  const Model model = badly_scaled();
  const ScaledModel scaled = scale(model);
  for (std::size_t at = 0; at < model.matrix.value.size(); ++at) {
    const std::size_t column = at;
    const double back =
        std::ldexp(scaled.model.matrix.value[at], -scaled.scaling.column[column] - scaled.scaling.row[0]);
    EXPECT_EQ(back, model.matrix.value[at]);
  }
}

/// By how much costs, or sides and bounds, are spread.
double spread(const std::vector<double>& numbers) {
  double least = infinity, most = 0;
  for (const double number : numbers) {
    if (number == 0 || !std::isfinite(number)) continue;
    least = std::min(least, std::abs(number));
    most = std::max(most, std::abs(number));
  }
  return most / least;
}

TEST(Scaling, for_an_interior_point_method_evens_costs_and_bounds_too) {
  ModelBuilder builder;  // two makers of one good: one counts in pieces, the other in millions
  const RowId demand = builder.add_row({}, 4e6, infinity);
  const RowId work = builder.add_row({}, -infinity, 9e6);
  const ColumnId pieces = builder.add_column({}, 3, 0, 5e6);
  const ColumnId millions = builder.add_column({}, 2e6, 0, 5);
  for (const RowId row : {demand, work}) {
    builder.add_entry(row, pieces, 1);
    builder.add_entry(row, millions, 1e6);
  }
  const Model model = builder.build("two makers", nullptr);
  const ScaledModel scaled = scale_for_interior_point(model);
  EXPECT_LE(spread(scaled.model.cost), 4);
  EXPECT_LE(spread(scaled.model.upper), 4);
  EXPECT_LE(spread(scaled.model.matrix.value), 4);
  EXPECT_LE(spread({scaled.model.row_lower[0], scaled.model.row_upper[1], scaled.model.upper[0]}), 8);
  const Solution found = unscale(solve(scaled.model), scaled.scaling);
  EXPECT_EQ(found.objective, solve(model).objective);
  EXPECT_EQ(found.value, solve(model).value);
}

TEST(Scaling, for_an_interior_point_method_never_tears_the_matrix_apart) {
  ModelBuilder builder;  // each column costs and may be what the next one is to the other end
  const RowId row = builder.add_row({}, 1, infinity);
  for (const double size : {1e-60, 1e60}) {
    const ColumnId column = builder.add_column({}, size, 0, size);
    builder.add_entry(row, column, 1);
  }
  const Model model = builder.build("far apart", nullptr);
  EXPECT_LE(spread(scale_for_interior_point(model).model.matrix.value), 1e9);
}

TEST(Scaling, narrows_the_range_of_the_matrix) {
  const Model model = badly_scaled();
  const auto before = coefficient_ranges(model).matrix;
  const auto after = coefficient_ranges(scale(model).model).matrix;
  EXPECT_LT(after.largest / after.smallest, before.largest / before.smallest);
}

/// Columns of one unit but for two entries far out, on opposite sides: means follow the many.
TEST(Scaling, brings_far_entries_nearer_where_means_leave_a_wide_range) {
  ModelBuilder builder;
  for (int row = 0; row < 12; ++row) builder.add_row({}, 1, infinity);
  for (int column = 0; column < 12; ++column) {
    const ColumnId id = builder.add_column({}, 1, 0, infinity);
    for (int row = 0; row < 12; ++row) {
      const double far = row == column ? 1e5 : row == (column + 1) % 12 ? 1e-5 : 1;
      builder.add_entry(RowId(row), id, column < 2 ? far : 1);
    }
  }
  const Model model = builder.build("far entries", nullptr);
  const auto range = coefficient_ranges(scale(model).model).matrix;
  EXPECT_LT(range.largest / range.smallest, 1e8);
  const auto given = coefficient_ranges(model).matrix;
  EXPECT_GT(given.largest / given.smallest, 9e9);
}

TEST(Scaling, gives_the_same_optimum_and_duals) {
  const Model model = badly_scaled();
  const ScaledModel scaled = scale(model);
  const Solution direct = solve(model);
  const Solution natural = unscale(solve(scaled.model), scaled.scaling);
  ASSERT_EQ(direct.status, Status::optimal);
  ASSERT_EQ(natural.status, Status::optimal);
  EXPECT_NEAR(natural.objective, direct.objective, 1e-9 * direct.objective);
  EXPECT_NEAR(natural.row_dual[0], direct.row_dual[0], 1e-6 * direct.row_dual[0]);
  EXPECT_NEAR(natural.value[0], direct.value[0], 1e-6 * direct.value[0]);
}

}  // namespace
}  // namespace pinchpoint::optim
