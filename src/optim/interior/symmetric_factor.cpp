// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/symmetric_factor.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim::interior {

std::optional<SymmetricFactor> SymmetricFactor::make(const SymmetricPattern& pattern, const std::vector<double>& value,
                                                     double most_work) {
  SymmetricFactor factor;
  factor.size_ = pattern.size;
  factor.order_ = elimination_order(pattern);
  factor.permute(pattern, value);
  if (!factor.analyse(most_work)) return std::nullopt;
  return factor;
}

void SymmetricFactor::permute(const SymmetricPattern& pattern, const std::vector<double>& value) {
  std::vector<Index> step(order_.size());
  for (Index at = 0; at < size_; ++at) step[order_[at]] = at;
  upper_start_.assign(order_.size() + 1, 0);
  for (std::size_t pair = 0; pair < value.size(); ++pair)
    ++upper_start_[std::max(step[pattern.first[pair]], step[pattern.second[pair]]) + 1];
  for (Index at = 0; at < size_; ++at) upper_start_[at + 1] += upper_start_[at];
  upper_row_.resize(value.size());
  upper_value_.resize(value.size());
  std::vector<Index> next(upper_start_.begin(), upper_start_.end() - 1);
  for (std::size_t pair = 0; pair < value.size(); ++pair) {
    const auto [before, after] = std::minmax(step[pattern.first[pair]], step[pattern.second[pair]]);
    const Index at = next[after]++;
    upper_row_[at] = before;
    upper_value_[at] = value[pair];
  }
}

bool SymmetricFactor::analyse(double most_work) {
  const auto size = static_cast<std::size_t>(size_);
  parent_.assign(size, -1);
  mark_.assign(size, -1);
  count_.assign(size, 0);
  for (Index row = 0; row < size_; ++row) {
    mark_[row] = row;
    for (Index at = upper_start_[row]; at < upper_start_[row + 1]; ++at) {
      for (Index node = upper_row_[at]; mark_[node] != row; node = parent_[node]) {
        if (parent_[node] == -1) parent_[node] = row;
        work_ += ++count_[node];
        mark_[node] = row;
      }
    }
    if (work_ > most_work) return false;
  }
  lower_start_.assign(size + 1, 0);
  for (Index at = 0; at < size_; ++at) lower_start_[at + 1] = lower_start_[at] + count_[at];
  lower_row_.resize(static_cast<std::size_t>(lower_start_.back()));
  lower_value_.resize(lower_row_.size());
  pivot_.resize(size);
  path_.resize(size);
  pattern_.resize(size);
  dense_.assign(size, 0.0);
  permuted_.resize(size);
  return true;
}

/// Columns that row `row` of L meets, in pattern_ from the place returned on, each after those it depends on.
Index SymmetricFactor::reach(Index row) {
  Index top = size_;
  mark_[row] = row;
  for (Index at = upper_start_[row]; at < upper_start_[row + 1]; ++at) {
    dense_[upper_row_[at]] += upper_value_[at];
    Index length = 0;
    for (Index node = upper_row_[at]; mark_[node] != row; node = parent_[node]) {
      path_[length++] = node;
      mark_[node] = row;
    }
    while (length > 0) pattern_[--top] = path_[--length];
  }
  return top;
}

bool SymmetricFactor::factorise(const std::vector<double>& diagonal) {
  std::fill(mark_.begin(), mark_.end(), -1);
  std::fill(count_.begin(), count_.end(), 0);
  for (Index row = 0; row < size_; ++row) {
    double pivot = diagonal[order_[row]];
    for (Index top = reach(row); top < size_; ++top) {
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

void SymmetricFactor::solve(std::vector<double>& right) const {
  for (Index at = 0; at < size_; ++at) permuted_[at] = right[order_[at]];
  for (Index column = 0; column < size_; ++column) {
    const double value = permuted_[column];
    for (std::int64_t at = lower_start_[column]; at < lower_start_[column + 1]; ++at)
      permuted_[lower_row_[at]] -= lower_value_[at] * value;
  }
  for (Index column = size_ - 1; column >= 0; --column) {
    double value = permuted_[column] / pivot_[column];
    for (std::int64_t at = lower_start_[column]; at < lower_start_[column + 1]; ++at)
      value -= lower_value_[at] * permuted_[lower_row_[at]];
    permuted_[column] = value;
  }
  for (Index at = 0; at < size_; ++at) right[order_[at]] = permuted_[at];
}

}  // namespace pinchpoint::optim::interior
