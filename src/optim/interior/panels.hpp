// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/interior/dense.hpp"
#include "optim/interior/elimination.hpp"

namespace pinchpoint::optim::interior {

/// Neighbouring columns of L, in steps, with entries in the same rows or almost.
struct Panel {
  Index begin = 0, end = 0;       ///< columns
  Index rows = 0;                 ///< its own columns first
  std::int64_t first_row = 0;     ///< in Panels::row
  std::int64_t first_number = 0;  ///< of its dense block, column by column
  std::int64_t first_entry = 0;   ///< of the matrix
  std::int64_t first_update = 0;
  [[nodiscard]] Index width() const { return end - begin; }
};

/// What a panel takes from an earlier one: rows from `first` on, times those before `last`, which are its columns.
struct Update {
  Index from = 0, first = 0, last = 0;
};

/// Panels [begin, end): each depends on none but those.
struct PanelRange {
  Index begin = 0, end = 0;
};

/// Where a factor keeps its numbers, and what depends on what (supernodes: Ng & Peyton 1993). Steps are in an order in
/// which children come right before their parents.
struct Panels {
  explicit Panels(const Elimination& elimination);

  std::vector<Index> order;  ///< by step: what is eliminated
  std::vector<Panel> panel;  ///< and an end
  std::vector<Index> row;    ///< of the panels
  std::vector<Update> update;
  std::vector<std::int64_t> entry_place;  ///< of the matrix, by panel: which number
  std::vector<double> entry_value;
  std::int64_t numbers = 0;
  Index most_rows = 0;  ///< of a panel

  [[nodiscard]] Index size() const { return static_cast<Index>(panel.size()) - 1; }
  [[nodiscard]] const Index* rows(const Panel& of) const { return row.data() + of.first_row; }
};

/// How threads share the panels: those apart from each other, largest first, and then, one by one, those that are left.
struct PanelShares {
  PanelShares(const Panels& panels, int most_threads);

  std::vector<PanelRange> apart;
  std::vector<Index> common;
  /// By common panel and thread: the first of its rows; then the end.
  std::vector<Index> first_row;
  [[nodiscard]] const Index* of_common(std::size_t at) const { return first_row.data() + at * (threads + 1); }
  std::size_t threads;
};

}  // namespace pinchpoint::optim::interior
