// SPDX-License-Identifier: Apache-2.0
#include "conformance.hpp"

namespace pinchpoint::optim {

Model make_wyndor(bool is_integer) {
  ModelBuilder builder;
  const RowId first = builder.add_row({}, -infinity, 4);
  const RowId second = builder.add_row({}, -infinity, 12);
  const RowId both = builder.add_row({}, -infinity, 18);
  const ColumnId x = builder.add_column({}, -3, 0, infinity, is_integer);
  const ColumnId y = builder.add_column({}, -5, 0, infinity, is_integer);
  builder.add_entry(first, x, 1);
  builder.add_entry(second, y, 2);
  builder.add_entry(both, x, 3);
  builder.add_entry(both, y, 2);
  return builder.build("wyndor", nullptr);
}

Model make_knapsack() {
  ModelBuilder builder;
  const RowId weight = builder.add_row({}, -infinity, 14);
  const double items[][2] = {{8, 5}, {11, 7}, {6, 4}, {4, 3}};
  for (const auto& [value, size] : items) builder.add_entry(weight, builder.add_column({}, -value, 0, 1, true), size);
  return builder.build("knapsack", nullptr);
}

Model make_infeasible() {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, 3, infinity);
  for (int column = 0; column < 2; ++column) builder.add_entry(row, builder.add_column({}, 1, 0, 1), 1);
  return builder.build("infeasible", nullptr);
}

Model make_unbounded() {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, -infinity, 1);
  builder.add_entry(row, builder.add_column({}, -1, 0, infinity), 1);
  builder.add_entry(row, builder.add_column({}, 0, 0, infinity), -1);
  return builder.build("unbounded", nullptr);
}

}  // namespace pinchpoint::optim
