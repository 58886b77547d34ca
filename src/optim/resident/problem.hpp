// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/model/model.hpp"
#include "optim/resident/factor/triangle.hpp"
#include "optim/resident/sparse_vector.hpp"

namespace pinchpoint::optim::resident {

/// min offset + cost'x,  A x − r = 0, lower ≤ (x, r) ≤ upper.
/// Variables 0 … columns−1 are the model's columns; variable columns + i is the activity of row i, with the row's
/// sides.
struct Problem {
  explicit Problem(const Model& model);

  Index rows = 0, columns = 0;
  double offset = 0;
  std::vector<double> cost, lower, upper;  ///< by variable

  struct Entry {
    Index index;
    double value;
  };
  std::vector<Index> column_start, row_start;
  std::vector<Entry> by_column, by_row;  ///< of A

  [[nodiscard]] Index variables() const { return rows + columns; }
  /// Of the matrix whose columns are those of `variables`: major = place in the list, minor = row.
  [[nodiscard]] std::vector<Triplet> entries_of(const std::vector<Index>& variables) const;
  /// by_rows += factor · column of a variable
  void add_column(Index variable, double factor, SparseVector& by_rows) const {
    if (variable >= columns) return by_rows.add(variable - columns, -factor);
    for (Index at = column_start[variable]; at < column_start[variable + 1]; ++at)
      by_rows.add(by_column[at].index, factor * by_column[at].value);
  }
  /// by_rows' · column of A
  [[nodiscard]] double times_column(Index column, const SparseVector& by_rows) const {
    double sum = 0;
    for (Index at = column_start[column]; at < column_start[column + 1]; ++at)
      sum += by_column[at].value * by_rows.value[by_column[at].index];
    return sum;
  }
  /// by_variable += factor · row of [A −I]
  void add_row(Index row, double factor, PriceRow& by_variable) const {
    for (Index at = row_start[row]; at < row_start[row + 1]; ++at)
      by_variable.add(by_row[at].index, factor * by_row[at].value);
    by_variable.add(columns + row, -factor);
  }
};

}  // namespace pinchpoint::optim::resident
