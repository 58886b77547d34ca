// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/thin_factor.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim::interior {

ThinFactor::ThinFactor(Elimination elimination)
    : of_(std::move(elimination)),
      lower_start_(of_.order.size() + 1, 0),
      pivot_(of_.order.size()),
      count_(of_.order.size()),
      mark_(of_.order.size()),
      path_(of_.order.size()),
      pattern_(of_.order.size()),
      dense_(of_.order.size(), 0.0),
      permuted_(of_.order.size()) {
  for (Index at = 0; at < of_.size; ++at) lower_start_[at + 1] = lower_start_[at] + of_.count[at];
  lower_row_.resize(static_cast<std::size_t>(lower_start_.back()));
  lower_value_.resize(lower_row_.size());
}

/// Columns that row `row` of L meets, in pattern_ from the place returned on, each after those it depends on.
Index ThinFactor::reach(Index row) {
  Index top = of_.size;
  mark_[row] = row;
  for (Index at = of_.upper_start[row]; at < of_.upper_start[row + 1]; ++at) {
    dense_[of_.upper_row[at]] += of_.upper_value[at];
    Index length = 0;
    for (Index node = of_.upper_row[at]; mark_[node] != row; node = of_.parent[node]) {
      path_[length++] = node;
      mark_[node] = row;
    }
    while (length > 0) pattern_[--top] = path_[--length];
  }
  return top;
}

bool ThinFactor::factorise(const std::vector<double>& diagonal) {
  std::fill(mark_.begin(), mark_.end(), -1);
  std::fill(count_.begin(), count_.end(), 0);
  for (Index row = 0; row < of_.size; ++row) {
    double pivot = diagonal[of_.order[row]];
    for (Index top = reach(row); top < of_.size; ++top) {
      const Index column = pattern_[top];
      const double value = dense_[column];
      dense_[column] = 0;
      const std::int64_t begin = lower_start_[column];
      const std::int64_t end = begin + count_[column]++;
      for (std::int64_t at = begin; at < end; ++at) dense_[lower_row_[at]] -= lower_value_[at] * value;
      const double entry = value / pivot_[column];
      pivot -= entry * value;
      lower_row_[end] = row;
      lower_value_[end] = entry;
    }
    if (pivot == 0 || !std::isfinite(pivot)) return false;
    pivot_[row] = pivot;
  }
  return true;
}

void ThinFactor::solve(std::vector<double>& right) const {
  for (Index at = 0; at < of_.size; ++at) permuted_[at] = right[of_.order[at]];
  for (Index column = 0; column < of_.size; ++column) {
    const double value = permuted_[column];
    for (std::int64_t at = lower_start_[column]; at < lower_start_[column + 1]; ++at)
      permuted_[lower_row_[at]] -= lower_value_[at] * value;
  }
  for (Index column = of_.size - 1; column >= 0; --column) {
    double value = permuted_[column] / pivot_[column];
    for (std::int64_t at = lower_start_[column]; at < lower_start_[column + 1]; ++at)
      value -= lower_value_[at] * permuted_[lower_row_[at]];
    permuted_[column] = value;
  }
  for (Index at = 0; at < of_.size; ++at) right[of_.order[at]] = permuted_[at];
}

}  // namespace pinchpoint::optim::interior
