// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/conditioning.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace pinchpoint::optim {
namespace {

/// A thing's key in one period.
Key key(std::int32_t thing, std::int32_t period = 0) { return {FamilyId(0), {thing, period, -1, -1}}; }

/// Two rows and three columns in which every row and column meets a 1, so that scaling can do little about the 1e-8.
///   1 a +     1 b + 1e-8 c
///   1 a +  1e+2 b +    1 c
Model stubborn() {
  ModelBuilder builder;
  const RowId first = builder.add_row(key(0), 1, infinity), second = builder.add_row(key(1), 1, infinity);
  const ColumnId a = builder.add_column(key(10), 1, 0, infinity);
  const ColumnId b = builder.add_column(key(11), 1, 0, infinity);
  const ColumnId c = builder.add_column(key(12), 1, 0, infinity);
  builder.add_entry(first, a, 1);
  builder.add_entry(first, b, 1);
  builder.add_entry(first, c, 1e-8);
  builder.add_entry(second, a, 1);
  builder.add_entry(second, b, -1e2);
  builder.add_entry(second, c, 1);
  return builder.build("stubborn", nullptr);
}

/// A model as if it had been scaled by nothing at all.
ScaledModel unscaled(const Model& model) {
  return {model,
          {std::vector<int>(static_cast<std::size_t>(model.row_count()), 0),
           std::vector<int>(static_cast<std::size_t>(model.column_count()), 0), 0}};
}

TEST(Conditioning, names_the_entries_at_both_ends_and_no_row_twice) {
  const Model model = stubborn();
  const Conditioning found = measure_conditioning(model, unscaled(model));
  ASSERT_EQ(found.smallest.size(), 2U) << "two rows only";
  EXPECT_EQ(found.smallest[0].row, RowId(0));
  EXPECT_EQ(found.smallest[0].column, ColumnId(2));
  EXPECT_EQ(found.smallest[0].given, 1e-8);
  EXPECT_EQ(found.smallest[1].row, RowId(1));
  ASSERT_EQ(found.largest.size(), 2U);
  EXPECT_EQ(found.largest[0].scaled, -1e2);
  EXPECT_EQ(found.largest[0].column, ColumnId(1));
  EXPECT_EQ(found.largest[1].row, RowId(0));
  EXPECT_EQ(found.largest[1].column, ColumnId(0));
}

TEST(Conditioning, names_a_thing_once_for_all_its_periods) {
  ModelBuilder builder;
  for (const std::int32_t period : {0, 1, 2})
    builder.add_entry(builder.add_row(key(0, period), 1, infinity), builder.add_column(key(1, period), 1, 0, infinity),
                      1e-9);
  builder.add_entry(builder.add_row(key(2), 1, infinity), builder.add_column(key(3), 1, 0, infinity), 1e-3);
  const Model model = builder.build("periods", nullptr);
  const Conditioning found = measure_conditioning(model, unscaled(model));
  ASSERT_EQ(found.smallest.size(), 2U);
  EXPECT_EQ(found.smallest[0].given, 1e-9);
  EXPECT_EQ(found.smallest[1].given, 1e-3);
}

TEST(Conditioning, spread_is_of_the_scaled_matrix) {
  const Model model = stubborn();
  EXPECT_DOUBLE_EQ(measure_conditioning(model, unscaled(model)).spread(), 1e10);
  EXPECT_TRUE(measure_conditioning(model, unscaled(model)).is_poor());
  const ScaledModel scaled = scale(model);
  const Conditioning found = measure_conditioning(model, scaled);
  EXPECT_EQ(found.given.matrix.smallest, 1e-8);
  EXPECT_LT(found.spread(), 1e10) << "geometric means share the burden";
  EXPECT_EQ(std::abs(found.smallest[0].scaled), found.scaled.matrix.smallest);
  EXPECT_EQ(std::abs(found.largest[0].scaled), found.scaled.matrix.largest);
}

TEST(Conditioning, of_a_diagonal_is_good_after_scaling_however_wide_it_was) {
  ModelBuilder builder;
  for (const double value : {1e-9, 1.0, 1e9})
    builder.add_entry(builder.add_row({}, 1, infinity), builder.add_column({}, 1, 0, infinity), value);
  const Model model = builder.build("diagonal", nullptr);
  const Conditioning found = measure_conditioning(model, scale(model));
  EXPECT_EQ(found.given.matrix.largest / found.given.matrix.smallest, 1e18);
  EXPECT_LT(found.spread(), 4) << "powers of two: no entry is further than a factor of two from 1";
  EXPECT_FALSE(found.is_poor());
}

TEST(Conditioning, of_an_empty_matrix_is_good) {
  const Model model = ModelBuilder().build("empty", nullptr);
  const Conditioning found = measure_conditioning(model, scale(model));
  EXPECT_EQ(found.spread(), 1);
  EXPECT_FALSE(found.is_poor());
  EXPECT_TRUE(found.smallest.empty());
}

}  // namespace
}  // namespace pinchpoint::optim
