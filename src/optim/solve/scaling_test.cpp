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
