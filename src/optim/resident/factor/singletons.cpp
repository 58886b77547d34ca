// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/factor/singletons.hpp"

#include <cmath>

namespace pinchpoint::optim::resident {

namespace {

struct Entry {
  Index at;
  double value;
};

/// Entries by their major number, in one array.
class Lists {
 public:
  template <class Major, class Minor>
  Lists(Index size, std::span<const Triplet> entries, double smallest, Major major, Minor minor)
      : start_(static_cast<std::size_t>(size) + 1, 0), count_(static_cast<std::size_t>(size), 0) {
    for (const Triplet& entry : entries) {
      if (std::abs(entry.value) >= smallest) ++count_[major(entry)];
    }
    for (std::size_t at = 0; at < count_.size(); ++at) start_[at + 1] = start_[at] + count_[at];
    entries_.resize(static_cast<std::size_t>(start_.back()));
    std::vector<Index> next(start_.begin(), start_.end() - 1);
    for (const Triplet& entry : entries) {
      if (std::abs(entry.value) >= smallest) entries_[next[major(entry)]++] = {minor(entry), entry.value};
    }
  }

  [[nodiscard]] std::span<const Entry> of(Index at) const {
    return std::span(entries_).subspan(static_cast<std::size_t>(start_[at]),
                                       static_cast<std::size_t>(start_[at + 1] - start_[at]));
  }
  /// Entries that are not pivoted away.
  [[nodiscard]] Index left(Index at) const { return count_[at]; }
  void drop(Index at) { --count_[at]; }

 private:
  std::vector<Index> start_, count_;
  std::vector<Entry> entries_;
};

Index column_of(const Triplet& entry) { return entry.major; }
Index row_of(const Triplet& entry) { return entry.minor; }

class Peeler {
 public:
  Peeler(Index size, std::span<const Triplet> entries, double smallest_pivot, double smallest_entry)
      : size_(size),
        smallest_pivot_(smallest_pivot),
        columns_(size, entries, smallest_entry, column_of, row_of),
        rows_(size, entries, smallest_entry, row_of, column_of),
        is_row_done_(static_cast<std::size_t>(size), 0),
        is_column_done_(is_row_done_) {
    for (Index at = size; at-- > 0;) {
      if (columns_.left(at) == 1) single_columns_.push_back(at);
      if (rows_.left(at) == 1) single_rows_.push_back(at);
    }
  }

  Peeled run() {
    while (take_column() || take_row()) continue;
    Peeled peeled{std::move(done_), {}, {}, {}};
    std::vector<Index> row_number(static_cast<std::size_t>(size_), -1);
    for (Index at = 0; at < size_; ++at) {
      if (is_row_done_[at] != 0) continue;
      row_number[at] = static_cast<Index>(peeled.row.size());
      peeled.row.push_back(at);
    }
    for (Index at = 0; at < size_; ++at) {
      if (is_column_done_[at] != 0) continue;
      const auto column = static_cast<Index>(peeled.column.size());
      peeled.column.push_back(at);
      for (const Entry& entry : columns_.of(at)) {
        if (row_number[entry.at] >= 0) peeled.rest.push_back({column, row_number[entry.at], entry.value});
      }
    }
    return peeled;
  }

 private:
  /// Its row's other entries go to the upper triangle. False if there is no column with one entry.
  bool take_column() {
    while (!single_columns_.empty()) {
      const Index column = single_columns_.back();
      single_columns_.pop_back();
      if (is_column_done_[column] != 0 || columns_.left(column) != 1) continue;
      const Entry pivot = only(columns_.of(column), is_row_done_);
      if (std::abs(pivot.value) < smallest_pivot_) continue;
      const Index step = put(pivot.at, column, pivot.value);
      for (const Entry& entry : rows_.of(pivot.at)) {
        if (is_column_done_[entry.at] != 0) continue;
        done_.upper.push_back({step, entry.at, entry.value});
        columns_.drop(entry.at);
        if (columns_.left(entry.at) == 1) single_columns_.push_back(entry.at);
      }
      return true;
    }
    return false;
  }

  /// Its column's other entries go to the lower triangle. False if there is no row with one entry.
  bool take_row() {
    while (!single_rows_.empty()) {
      const Index row = single_rows_.back();
      single_rows_.pop_back();
      if (is_row_done_[row] != 0 || rows_.left(row) != 1) continue;
      const Entry pivot = only(rows_.of(row), is_column_done_);
      if (std::abs(pivot.value) < smallest_pivot_) continue;
      const Index step = put(row, pivot.at, pivot.value);
      for (const Entry& entry : columns_.of(pivot.at)) {
        if (is_row_done_[entry.at] != 0) continue;
        done_.lower.push_back({step, entry.at, entry.value / pivot.value});
        rows_.drop(entry.at);
        if (rows_.left(entry.at) == 1) single_rows_.push_back(entry.at);
      }
      return true;
    }
    return false;
  }

  static Entry only(std::span<const Entry> entries, const std::vector<std::uint8_t>& is_done) {
    for (const Entry& entry : entries) {
      if (is_done[entry.at] == 0) return entry;
    }
    return {-1, 0};
  }

  /// Notes a pivot and returns its step.
  Index put(Index row, Index column, double value) {
    is_row_done_[row] = 1;
    is_column_done_[column] = 1;
    done_.pivot_row.push_back(row);
    done_.pivot_column.push_back(column);
    done_.pivot.push_back(value);
    return static_cast<Index>(done_.pivot.size()) - 1;
  }

  Index size_;
  double smallest_pivot_;
  Lists columns_, rows_;
  std::vector<std::uint8_t> is_row_done_, is_column_done_;
  std::vector<Index> single_columns_, single_rows_;
  Elimination done_;
};

}  // namespace

Peeled peel_singletons(Index size, std::span<const Triplet> entries, double smallest_pivot, double smallest_entry) {
  return Peeler(size, entries, smallest_pivot, smallest_entry).run();
}

}  // namespace pinchpoint::optim::resident
