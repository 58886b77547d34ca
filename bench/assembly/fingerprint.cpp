// SPDX-License-Identifier: Apache-2.0
#include "fingerprint.hpp"

#include <cmath>

namespace pinchpoint::bench {

namespace {

double squashed(double number) {
  if (std::isinf(number)) return number > 0 ? 2 : -2;
  return number / (1 + std::abs(number));
}

/// Sum and sum of squares of the entries of each row or column.
struct Sums {
  explicit Sums(std::int32_t count) : sum(static_cast<std::size_t>(count)), square(static_cast<std::size_t>(count)) {}
  void add(std::size_t at, double value) {
    sum[at] += value;
    square[at] += value * value;
  }
  [[nodiscard]] double signature(std::size_t at, double lower, double upper) const {
    return squashed(sum[at]) + squashed(square[at]) / 2 + squashed(lower) / 4 + squashed(upper) / 8;
  }
  std::vector<double> sum, square;
};

template <class Visit>
void for_each_entry(const optim::SparseMatrix& matrix, Visit visit) {
  for (std::size_t column = 0; column + 1 < matrix.start.size(); ++column) {
    for (auto at = static_cast<std::size_t>(matrix.start[column]);
         at < static_cast<std::size_t>(matrix.start[column + 1]); ++at) {
      visit(static_cast<std::size_t>(matrix.row[at]), column, matrix.value[at]);
    }
  }
}

}  // namespace

Fingerprint fingerprint(const optim::Model& model) {
  Fingerprint made{0, 0, model.nonzero_count(), {}};
  Sums rows(model.row_count());
  Sums columns(model.column_count());
  for_each_entry(model.matrix, [&](std::size_t row, std::size_t column, double value) {
    rows.add(row, value);
    columns.add(column, value);
    made.sums[0] += value;
    made.sums[1] += value * value;
  });
  std::vector<double> row_signature, column_signature;
  for (std::size_t row = 0; row < model.row_lower.size(); ++row) {
    row_signature.push_back(rows.signature(row, model.row_lower[row], model.row_upper[row]));
    if (rows.square[row] == 0) continue;
    ++made.rows;
    made.sums[3] += row_signature.back() * row_signature.back();
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    column_signature.push_back(columns.signature(column, model.lower[column], model.upper[column]) +
                               squashed(model.cost[column]) / 3);
    // Some peers leave out what is in no row and costs nothing.
    if (columns.square[column] == 0 && model.cost[column] == 0) continue;
    ++made.columns;
    made.sums[4] += column_signature.back() * column_signature.back();
    made.sums[5] += model.cost[column];
  }
  for_each_entry(model.matrix, [&](std::size_t row, std::size_t column, double value) {
    made.sums[2] += squashed(value) * (1 + row_signature[row]) * (1 + 2 * column_signature[column]);
  });
  return made;
}

}  // namespace pinchpoint::bench
