// SPDX-License-Identifier: Apache-2.0
#include "optim/model/model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <span>

namespace pinchpoint::optim {
namespace {

using Dense = std::vector<std::vector<double>>;

Dense to_dense(const Model& model) {
  Dense dense(model.row_lower.size(), std::vector<double>(model.cost.size(), 0.0));
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    for (auto at = static_cast<std::size_t>(model.matrix.start[column]);
         at < static_cast<std::size_t>(model.matrix.start[column + 1]); ++at) {
      dense[static_cast<std::size_t>(model.matrix.row[at])][column] = model.matrix.value[at];
    }
  }
  return dense;
}

TEST(ModelBuilder, assembles_the_matrix_that_adding_up_densely_gives) {
  std::mt19937 random(7);
  for (int trial = 0; trial < 200; ++trial) {
    const int rows = 1 + static_cast<int>(random() % 8);
    const int columns = 1 + static_cast<int>(random() % 8);
    ModelBuilder builder;
    for (int row = 0; row < rows; ++row) builder.add_row({}, -infinity, row);
    for (int column = 0; column < columns; ++column) builder.add_column({}, column, 0, infinity);
    Dense expected(static_cast<std::size_t>(rows), std::vector<double>(static_cast<std::size_t>(columns), 0.0));
    for (int entry = 0; entry < 40; ++entry) {
      const int row = static_cast<int>(random() % static_cast<unsigned>(rows));
      const int column = static_cast<int>(random() % static_cast<unsigned>(columns));
      const double value = static_cast<double>(random() % 7) - 3;
      builder.add_entry(RowId(row), ColumnId(column), value);
      expected[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] += value;
    }
    EXPECT_EQ(to_dense(builder.build("random", nullptr)), expected);
  }
}

bool is_ascending(std::span<const std::int32_t> rows) {
  return std::adjacent_find(rows.begin(), rows.end(), std::greater_equal<>()) == rows.end();
}

// Columns and entries by turns, most of the entries near the end: some are put in their place at once, some are late.
TEST(ModelBuilder, takes_entries_of_columns_old_and_new) {
  std::mt19937 random(11);
  for (int trial = 0; trial < 50; ++trial) {
    constexpr int rows = 60;
    const int columns = 1 + static_cast<int>(random() % 40);
    ModelBuilder builder;
    for (int row = 0; row < rows; ++row) builder.add_row({}, -infinity, row);
    Dense expected(rows, std::vector<double>(static_cast<std::size_t>(columns), 0.0));
    for (int column = 0; column < columns; ++column) {
      builder.add_column({}, column, 0, infinity);
      for (auto left = static_cast<int>(random() % 90); left > 0; --left) {
        const int back = random() % 4 == 0 ? static_cast<int>(random() % 20) : static_cast<int>(random() % 2);
        const int of_column = std::max(0, column - back);
        const int row = static_cast<int>(random() % rows);
        const double value = static_cast<double>(random() % 7) - 3;
        builder.add_entry(RowId(row), ColumnId(of_column), value);
        expected[static_cast<std::size_t>(row)][static_cast<std::size_t>(of_column)] += value;
      }
    }
    const Model model = builder.build("random", nullptr);
    EXPECT_EQ(to_dense(model), expected);
    for (std::size_t at = 1; at < model.matrix.start.size(); ++at)
      EXPECT_TRUE(is_ascending(
          {model.matrix.row.begin() + model.matrix.start[at - 1], model.matrix.row.begin() + model.matrix.start[at]}));
  }
}

// Rounding differs with the order: 1e16 + 1 - 1e16 is 0 or 1.
TEST(ModelBuilder, adds_up_in_the_order_in_which_entries_came) {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, 0, 0);
  const ColumnId first = builder.add_column({}, 0, 0, 1);
  builder.add_entry(row, first, 1e16);
  builder.add_column({}, 0, 0, 1);
  builder.add_entry(row, first, -1e16);
  for (int column = 0; column < 20; ++column) builder.add_column({}, 0, 0, 1);
  builder.add_entry(row, first, 1);
  EXPECT_EQ(builder.build("m", nullptr).matrix.value, (std::vector<double>{1}));
}

TEST(ModelBuilder, keeps_rows_ascending_within_a_column) {
  ModelBuilder builder;
  for (int row = 0; row < 4; ++row) builder.add_row({}, 0, 0);
  const ColumnId column = builder.add_column({}, 0, 0, 1);
  for (const int row : {3, 0, 2}) builder.add_entry(RowId(row), column, 1);
  EXPECT_EQ(builder.build("m", nullptr).matrix.row, (std::vector<std::int32_t>{0, 2, 3}));
}

TEST(ModelBuilder, drops_entries_that_cancel) {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, 0, 0);
  const ColumnId column = builder.add_column({}, 0, 0, 1);
  builder.add_entry(row, column, 2);
  builder.add_entry(row, column, -2);
  EXPECT_EQ(builder.build("m", nullptr).nonzero_count(), 0);
}

TEST(ModelBuilder, is_empty_after_building) {
  ModelBuilder builder;
  builder.add_column({}, 1, 0, 1);
  EXPECT_EQ(builder.build("m", nullptr).column_count(), 1);
  EXPECT_EQ(builder.column_count(), 0);
  EXPECT_EQ(builder.build("empty", nullptr).matrix.start, (std::vector<std::int32_t>{0}));
}

TEST(ModelBuilder, moves_a_constant_to_both_sides_of_a_row) {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, -infinity, 4);
  builder.shift_row(row, 1.5);
  const Model model = builder.build("m", nullptr);
  EXPECT_EQ(model.row_lower[0], -infinity);
  EXPECT_EQ(model.row_upper[0], 5.5);
}

TEST(Names, render_families_with_the_labels_of_their_indices) {
  Names names;
  const int place = names.add_space("place", {"NL", "TW"});
  const int period = names.add_space("period", {"2027Q1"});
  const FamilyId both = names.add_family("flow", {place, period});
  const FamilyId none = names.add_family("total", {});
  EXPECT_EQ(names.render({both, {1, 0, -1, -1}}), "flow[TW,2027Q1]");
  EXPECT_EQ(names.render({none}), "total");
}

TEST(CoefficientRanges, leave_out_zeros_and_infinities) {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, -infinity, 0);
  builder.add_entry(row, builder.add_column({}, 0, 0, infinity), -1e-3);
  builder.add_entry(row, builder.add_column({}, 7, 0, 50), 20);
  const CoefficientRanges ranges = coefficient_ranges(builder.build("m", nullptr));
  EXPECT_EQ(ranges.matrix.smallest, 1e-3);
  EXPECT_EQ(ranges.matrix.largest, 20);
  EXPECT_EQ(ranges.cost.smallest, 7);
  EXPECT_EQ(ranges.bounds.largest, 50);
  EXPECT_EQ(ranges.right_hand_sides.largest, 0);
}

TEST(ModelBuilder, tells_the_memory_that_what_comes_will_take) {
  ModelBuilder builder;
  builder.reserve(10, 20, 50);
  const auto room = builder.room(10, 20, 40);
  std::size_t bytes = 0;
  for (const auto& part : room) bytes += part.size();
  EXPECT_EQ(bytes, 10 * (2 * sizeof(double) + sizeof(Key)) + 20 * (3 * sizeof(double) + 1 + sizeof(Key) + 4) + 40 * 12);
  const RowId row = builder.add_row({}, 0, 1);
  for (int column = 0; column < 20; ++column) builder.add_entry(row, builder.add_column({}, 7, 0, 1), 3);
  const Model model = builder.build("", nullptr);
  const auto lies_within_room = [&](const void* place) {
    return std::ranges::any_of(room, [&](const auto& part) { return part.data() == place; });
  };
  for (const auto* numbers : {&model.cost, &model.lower, &model.row_upper, &model.matrix.value})
    EXPECT_TRUE(lies_within_room(numbers->data()));
  EXPECT_TRUE(lies_within_room(model.matrix.row.data()));
  EXPECT_TRUE(ModelBuilder().room(5, 5, 5).front().empty());
}

}  // namespace
}  // namespace pinchpoint::optim
