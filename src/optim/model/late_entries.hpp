// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace pinchpoint::optim {

/// Entries of a matrix that come after their column was closed, in the order in which they came. In blocks of a fixed
/// size: growing copies nothing.
class LateEntries {
 public:
  struct Entry {
    std::int32_t row;
    std::int32_t column;
    double value;
  };
  void add(const Entry& entry) {
    const std::size_t at = count_ % block_size;
    if (at == 0) blocks_.push_back(std::make_unique_for_overwrite<Entry[]>(block_size));
    blocks_.back()[at] = entry;
    ++count_;
  }
  [[nodiscard]] std::size_t count() const { return count_; }
  /// By column; those of one column stay in order. `start` tells where each column's begin, and after the last the end.
  struct ByColumn {
    std::vector<std::int32_t> start, row;
    std::vector<double> value;
  };
  [[nodiscard]] ByColumn by_column(std::size_t columns) const;

 private:
  template <class Visit>
  void for_each(Visit visit) const;
  static constexpr std::size_t block_size = std::size_t{1} << 12;
  std::vector<std::unique_ptr<Entry[]>> blocks_;
  std::size_t count_ = 0;
};

}  // namespace pinchpoint::optim
