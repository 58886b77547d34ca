// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace pinchpoint::importers::pypsa {

/// A number for every snapshot, or one for all of them.
class Series {
 public:
  Series(double constant = 0) : values_{constant} {}
  /// Equal values become one.
  explicit Series(std::vector<double> values) : values_(std::move(values)) {
    if (std::adjacent_find(values_.begin(), values_.end(), std::not_equal_to<>()) == values_.end()) values_.resize(1);
  }

  [[nodiscard]] bool varies() const { return values_.size() > 1; }
  [[nodiscard]] double at(std::size_t snapshot) const { return values_[varies() ? snapshot : 0]; }
  [[nodiscard]] double least() const { return *std::min_element(values_.begin(), values_.end()); }
  [[nodiscard]] double most() const { return *std::max_element(values_.begin(), values_.end()); }
  [[nodiscard]] bool is(double value) const { return !varies() && values_.front() == value; }

  /// f(a, b) snapshot by snapshot.
  template <class Function>
  [[nodiscard]] static Series combine(const Series& left, const Series& right, Function function) {
    std::vector<double> values(std::max(left.values_.size(), right.values_.size()));
    for (std::size_t snapshot = 0; snapshot < values.size(); ++snapshot) {
      values[snapshot] = function(left.at(snapshot), right.at(snapshot));
    }
    return Series(std::move(values));
  }
  friend Series operator*(const Series& left, const Series& right) {
    return combine(left, right, [](double a, double b) { return a * b; });
  }
  friend Series operator-(const Series& series) {
    return combine(series, 0.0, [](double a, double) { return a == 0 ? 0.0 : -a; });
  }

 private:
  std::vector<double> values_;  // one, or one a snapshot
};

}  // namespace pinchpoint::importers::pypsa
