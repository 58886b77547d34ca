// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/ensure.hpp"

namespace pinchpoint::plan {

/// One value a period, kept once as long as it is the same in all periods: most figures never change, and a world has
/// a dozen of them for each of many thousand assets.
template <class Value>
class Series {
 public:
  Series() = default;
  Series(std::size_t size, Value value) : size_(size), same_(value) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Value operator[](std::size_t at) const {
    ensure(at < size_, "a period beyond the horizon");
    return values_.empty() ? same_ : values_[at];
  }
  void set(std::size_t at, Value value) {
    if ((*this)[at] == value) return;
    if (values_.empty()) values_.assign(size_, same_);
    values_[at] = value;
  }
  void add(std::size_t at, Value value) { set(at, (*this)[at] + value); }

  friend bool operator==(const Series& series, const std::vector<Value>& values) {
    if (series.size_ != values.size()) return false;
    for (std::size_t at = 0; at < values.size(); ++at) {
      if (series[at] != values[at]) return false;
    }
    return true;
  }

 private:
  std::size_t size_ = 0;
  Value same_{};
  std::vector<Value> values_;  ///< empty: same_ in every period
};

}  // namespace pinchpoint::plan
