// SPDX-License-Identifier: Apache-2.0
#include "optim/model/late_entries.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace pinchpoint::optim {

template <class Visit>
void LateEntries::for_each(Visit visit) const {
  std::size_t left = count_;
  for (const auto& block : blocks_) {
    for (const Entry& entry : std::span(block.get(), std::min(left, block_size))) visit(entry);
    left -= std::min(left, block_size);
  }
}

LateEntries::ByColumn LateEntries::by_column(std::size_t columns) const {
  ByColumn sorted;
  // One place further on, so that counting up to the end of each column leaves its beginning.
  sorted.start.assign(columns + 2, 0);
  const auto after = [](const Entry& entry) { return static_cast<std::size_t>(entry.column) + 2; };
  for_each([&](const Entry& entry) { ++sorted.start[after(entry)]; });
  std::partial_sum(sorted.start.begin(), sorted.start.end(), sorted.start.begin());
  sorted.row.resize(count_);
  sorted.value.resize(count_);
  for_each([&](const Entry& entry) {
    const auto at = static_cast<std::size_t>(sorted.start[after(entry) - 1]++);
    sorted.row[at] = entry.row;
    sorted.value[at] = entry.value;
  });
  sorted.start.pop_back();
  return sorted;
}

}  // namespace pinchpoint::optim
