// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/factor/elimination.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "optim/resident/factor/singletons.hpp"

namespace pinchpoint::optim::resident {

namespace {

constexpr double threshold = 0.1;         // of the largest of the row: Suhl & Suhl 1990
constexpr double smallest_entry = 1e-14;  // what cancellation leaves
constexpr int lists_searched = 4;         // Zlatev 1980: more is not worth the time

/// Rows or columns in doubly linked lists by their number of entries.
class CountLists {
 public:
  explicit CountLists(Index size)
      : first_(static_cast<std::size_t>(size) + 1, -1), next_(first_.size(), -1), previous_(first_.size(), -1) {}
  void insert(Index item, Index count) {
    next_[item] = first_[count];
    previous_[item] = -1 - count;
    if (first_[count] >= 0) previous_[first_[count]] = item;
    first_[count] = item;
  }
  void remove(Index item) {
    if (previous_[item] >= 0)
      next_[previous_[item]] = next_[item];
    else
      first_[-1 - previous_[item]] = next_[item];
    if (next_[item] >= 0) previous_[next_[item]] = previous_[item];
  }
  void move(Index item, Index count) {
    remove(item);
    insert(item, count);
  }
  [[nodiscard]] Index first(Index count) const { return first_[count]; }
  [[nodiscard]] Index next(Index item) const { return next_[item]; }

 private:
  std::vector<Index> first_, next_, previous_;
};

struct Entry {
  Index column;
  double value;
};

struct Pivot {
  Index row = -1, column = -1;
  double merit = std::numeric_limits<double>::infinity();
  double size = 0;
};

class ActiveMatrix {
 public:
  ActiveMatrix(Index size, std::span<const Triplet> entries, double smallest_pivot)
      : size_(size),
        smallest_pivot_(smallest_pivot),
        rows_(static_cast<std::size_t>(size)),
        columns_(rows_.size()),
        column_counts_(rows_.size(), 0),
        is_row_done_(rows_.size(), 0),
        largest_(rows_.size(), -1),
        place_(rows_.size(), -1),
        row_lists_(size),
        column_lists_(size) {
    for (const Triplet& entry : entries) {
      if (std::abs(entry.value) < smallest_entry) continue;
      rows_[entry.minor].push_back({entry.major, entry.value});
      columns_[entry.major].push_back(entry.minor);
      ++column_counts_[entry.major];
    }
    for (Index at = 0; at < size; ++at) {
      row_lists_.insert(at, row_count(at));
      column_lists_.insert(at, column_count(at));
    }
  }

  Elimination run() {
    for (Index step = 0; step < size_; ++step) {
      const Pivot pivot = find_pivot();
      if (pivot.row < 0) break;
      eliminate_with(pivot);
    }
    return std::move(done_);
  }

 private:
  [[nodiscard]] Index row_count(Index row) const { return static_cast<Index>(rows_[row].size()); }
  [[nodiscard]] Index column_count(Index column) const { return column_counts_[column]; }
  /// Rows of a column; those that are done are dropped on the way, once they are the more.
  const std::vector<Index>& pattern(Index column) {
    std::vector<Index>& rows = columns_[column];
    if (rows.size() > 2 * static_cast<std::size_t>(column_counts_[column]))
      std::erase_if(rows, [&](Index row) { return is_row_done_[row] != 0; });
    return rows;
  }

  [[nodiscard]] double largest_of(Index row) {
    if (largest_[row] >= 0) return largest_[row];
    double largest = 0;
    for (const Entry& entry : rows_[row]) largest = std::max(largest, std::abs(entry.value));
    largest_[row] = largest;
    return largest;
  }
  [[nodiscard]] double value_at(Index row, Index column) const {
    for (const Entry& entry : rows_[row]) {
      if (entry.column == column) return entry.value;
    }
    return 0;
  }

  /// No row is touched by a column singleton's pivot, so that only its own size matters.
  [[nodiscard]] Pivot column_singleton() {
    for (Index column = column_lists_.first(1); column >= 0; column = column_lists_.next(column)) {
      const auto& rows = pattern(column);
      const Index row = *std::ranges::find(rows, 0, [&](Index at) { return is_row_done_[at]; });
      if (std::abs(value_at(row, column)) >= smallest_pivot_) return {row, column, 0, 0};
    }
    return {};
  }
  [[nodiscard]] Pivot row_singleton() const {
    for (Index row = row_lists_.first(1); row >= 0; row = row_lists_.next(row)) {
      if (std::abs(rows_[row].front().value) >= smallest_pivot_) return {row, rows_[row].front().column, 0, 0};
    }
    return {};
  }

  [[nodiscard]] double merit(Index row, Index column) const {
    return static_cast<double>(row_count(row) - 1) * (column_count(column) - 1);
  }
  void consider(Pivot& best, Index row, const Entry& entry) {
    const double merit_here = merit(row, entry.column);
    const double size = std::abs(entry.value);
    const bool is_better = merit_here < best.merit || (merit_here == best.merit && size > best.size);
    if (is_better && size >= smallest_pivot_ && size >= threshold * largest_of(row))
      best = {row, entry.column, merit_here, size};
  }

  [[nodiscard]] Pivot find_pivot() {
    Pivot best = column_singleton();
    if (best.row < 0) best = row_singleton();
    if (best.row >= 0) return best;
    int searched = 0;
    for (Index count = 1; count <= size_; ++count) {
      if (best.merit <= static_cast<double>(count - 1) * (count - 1)) break;
      for (Index column = column_lists_.first(count); column >= 0; column = column_lists_.next(column)) {
        for (const Index row : pattern(column)) {
          if (is_row_done_[row] == 0 && merit(row, column) <= best.merit)
            consider(best, row, {column, value_at(row, column)});
        }
        if (best.row >= 0 && ++searched >= lists_searched) return best;
      }
      for (Index row = row_lists_.first(count); row >= 0; row = row_lists_.next(row)) {
        for (const Entry& entry : rows_[row]) consider(best, row, entry);
        if (best.row >= 0 && ++searched >= lists_searched) return best;
      }
    }
    return best;
  }

  void drop_from_column(Index column, Index row) {
    auto& rows = columns_[column];
    *std::find(rows.begin(), rows.end(), row) = rows.back();
    rows.pop_back();
    --column_counts_[column];
  }

  void eliminate_with(const Pivot& chosen) {
    const auto step = static_cast<Index>(done_.pivot.size());
    const double pivot = value_at(chosen.row, chosen.column);
    done_.pivot_row.push_back(chosen.row);
    done_.pivot_column.push_back(chosen.column);
    done_.pivot.push_back(pivot);
    std::vector<Entry> pivot_row = std::move(rows_[chosen.row]);
    rows_[chosen.row].clear();
    std::erase_if(pivot_row, [&](const Entry& entry) { return entry.column == chosen.column; });
    row_lists_.remove(chosen.row);
    column_lists_.remove(chosen.column);
    is_row_done_[chosen.row] = 1;  // and so it is no more in any column's pattern
    for (const Entry& entry : pivot_row) {
      done_.upper.push_back({step, entry.column, entry.value});
      --column_counts_[entry.column];
    }
    for (const Index row : columns_[chosen.column]) {
      if (is_row_done_[row] != 0) continue;
      const double multiplier = take(row, chosen.column) / pivot;
      done_.lower.push_back({step, row, multiplier});
      subtract(row, multiplier, pivot_row);
      row_lists_.move(row, row_count(row));
    }
    columns_[chosen.column].clear();
    for (const Entry& entry : pivot_row) column_lists_.move(entry.column, column_count(entry.column));
  }

  double take(Index row, Index column) {
    auto& entries = rows_[row];
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.column == column; });
    const double value = found->value;
    *found = entries.back();
    entries.pop_back();
    return value;
  }

  /// One pass over the row, which may be long; the pivot's is short.
  void subtract(Index row, double multiplier, const std::vector<Entry>& pivot_row) {
    largest_[row] = -1;
    if (pivot_row.empty()) return;
    for (std::size_t at = 0; at < pivot_row.size(); ++at) place_[pivot_row[at].column] = static_cast<Index>(at);
    auto& entries = rows_[row];
    std::size_t kept = 0;
    for (Entry entry : entries) {
      Index& at = place_[entry.column];
      if (at >= 0) {
        entry.value -= multiplier * pivot_row[at].value;
        at = -1;
        if (std::abs(entry.value) < smallest_entry) {
          drop_from_column(entry.column, row);
          continue;
        }
      }
      entries[kept++] = entry;
    }
    entries.resize(kept);
    for (const Entry& entry : pivot_row) {
      if (std::exchange(place_[entry.column], -1) < 0) continue;
      const double value = -multiplier * entry.value;
      if (std::abs(value) < smallest_entry) continue;
      entries.push_back({entry.column, value});
      columns_[entry.column].push_back(row);
      ++column_counts_[entry.column];
    }
  }

  Index size_;
  double smallest_pivot_;
  std::vector<std::vector<Entry>> rows_;
  std::vector<std::vector<Index>> columns_;  ///< rows that are done may still be there
  std::vector<Index> column_counts_;
  std::vector<std::uint8_t> is_row_done_;
  std::vector<double> largest_;  ///< by row: its largest entry, below 0: not known
  std::vector<Index> place_;     ///< of a column in the pivot's row, -1 elsewhere
  CountLists row_lists_, column_lists_;
  Elimination done_;
};

}  // namespace

Elimination eliminate(Index size, std::span<const Triplet> entries, double smallest_pivot) {
  Peeled peeled = peel_singletons(size, entries, smallest_pivot, smallest_entry);
  const Elimination rest = ActiveMatrix(static_cast<Index>(peeled.row.size()), peeled.rest, smallest_pivot).run();
  Elimination& all = peeled.done;
  const auto first = static_cast<Index>(all.pivot.size());
  for (const Index row : rest.pivot_row) all.pivot_row.push_back(peeled.row[row]);
  for (const Index column : rest.pivot_column) all.pivot_column.push_back(peeled.column[column]);
  all.pivot.insert(all.pivot.end(), rest.pivot.begin(), rest.pivot.end());
  for (const Triplet& entry : rest.lower)
    all.lower.push_back({first + entry.major, peeled.row[entry.minor], entry.value});
  for (const Triplet& entry : rest.upper)
    all.upper.push_back({first + entry.major, peeled.column[entry.minor], entry.value});
  return std::move(all);
}

}  // namespace pinchpoint::optim::resident
