// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/panel_factor.hpp"

#include <algorithm>
#include <atomic>
#include <barrier>

#include "core/base/parallel.hpp"

namespace pinchpoint::optim::interior {

PanelFactor::PanelFactor(const Elimination& of, int threads)
    : panels_(of),
      shares_(panels_, threads),
      number_(static_cast<std::size_t>(panels_.numbers)),
      scratch_(shares_.threads),
      permuted_(of.order.size()),
      gathered_(static_cast<std::size_t>(panels_.most_rows)) {
  for (Scratch& scratch : scratch_) {
    scratch.place.resize(of.order.size());
    scratch.factors.resize(most_panel_width * most_panel_width);
    scratch.product.resize(static_cast<std::size_t>(panels_.most_rows) * most_panel_width);
  }
}

void PanelFactor::begin_panel(const Panel& panel, const std::vector<double>& diagonal) {
  double* numbers = number_.data() + panel.first_number;
  std::fill(numbers, numbers + static_cast<std::int64_t>(panel.rows) * panel.width(), 0.0);
  for (Index column = 0; column < panel.width(); ++column)
    numbers[static_cast<std::int64_t>(column) * (panel.rows + 1)] = diagonal[panels_.order[panel.begin + column]];
  for (std::int64_t at = panel.first_entry; at < (&panel + 1)->first_entry; ++at)
    number_[panels_.entry_place[at]] += panels_.entry_value[at];
}

void PanelFactor::take(const Panel& panel, const Share& share, Scratch& scratch) {
  const Index* rows = panels_.rows(panel);
  for (Index at = share.begin; at < share.end; ++at) scratch.place[rows[at]] = at;
  for (std::int64_t at = panel.first_update; at < (&panel + 1)->first_update; ++at)
    take(panel, panels_.update[at], share, scratch);
}

/// The earlier panel's rows times some of them, scaled.
void PanelFactor::take(const Panel& panel, const Update& update, const Share& share, Scratch& scratch) {
  const Panel& from = panels_.panel[update.from];
  const Index* from_rows = panels_.rows(from);
  const Index* rows = panels_.rows(panel);
  Index begin = update.first, end = from.rows;
  if (share.begin > 0)
    begin = static_cast<Index>(std::lower_bound(from_rows + begin, from_rows + end, rows[share.begin]) - from_rows);
  if (share.end < panel.rows)
    end = static_cast<Index>(std::lower_bound(from_rows + begin, from_rows + end, rows[share.end]) - from_rows);
  if (begin >= end) return;
  // Above the diagonal nothing is needed: columns up to the last row taken.
  const Index count = std::min(update.last, end) - update.first;
  const Block left = block(from, update.first, update.first + count);
  const double* corner = number_.data() + from.first_number;
  for (Index column = 0; column < left.columns; ++column) {
    const double pivot = corner[static_cast<std::int64_t>(column) * (from.rows + 1)];
    const double* numbers = left.at + static_cast<std::int64_t>(column) * left.step;
    for (Index row = 0; row < count; ++row) scratch.factors[row * left.columns + column] = numbers[row] * pivot;
  }
  const Block taken = block(from, begin, end);
  loops_.multiply(taken, scratch.factors.data(), count, scratch.product.data());
  const Index first_place = scratch.place[from_rows[begin]];
  const bool is_straight = scratch.place[from_rows[end - 1]] - first_place == taken.rows - 1;
  for (Index column = 0; column < count; ++column) {
    const Index to_column = from_rows[update.first + column] - panel.begin;
    double* to = number_.data() + panel.first_number + static_cast<std::int64_t>(to_column) * panel.rows;
    const double* product = scratch.product.data() + static_cast<std::int64_t>(column) * taken.rows;
    const Index first = std::max(0, update.first + column - begin);
    if (is_straight) {
      to += first_place;
      for (Index row = first; row < taken.rows; ++row) to[row] -= product[row];
    } else {
      for (Index row = first; row < taken.rows; ++row) to[scratch.place[from_rows[begin + row]]] -= product[row];
    }
  }
}

bool PanelFactor::factorise_corner(const Panel& panel) {
  return loops_.factorise(number_.data() + panel.first_number, panel.rows, panel.width());
}

void PanelFactor::divide(const Panel& panel, const Share& share) {
  const Index begin = std::max(share.begin, panel.width());
  if (begin < share.end)
    loops_.divide(block(panel, begin, share.end), number_.data() + panel.first_number + begin,
                  number_.data() + panel.first_number);
}

bool PanelFactor::factorise_apart(const PanelRange& range, const std::vector<double>& diagonal, Scratch& scratch) {
  for (Index at = range.begin; at < range.end; ++at) {
    const Panel& panel = panels_.panel[at];
    begin_panel(panel, diagonal);
    take(panel, {0, panel.rows}, scratch);
    if (!factorise_corner(panel)) return false;
    divide(panel, {0, panel.rows});
  }
  return true;
}

bool PanelFactor::factorise(const std::vector<double>& diagonal) {
  std::atomic<bool> is_broken = false;
  std::atomic<std::size_t> next = 0;
  std::barrier together(static_cast<std::ptrdiff_t>(shares_.threads));
  for_each_index(shares_.threads, shares_.threads, [&](std::size_t, std::size_t thread) {
    Scratch& scratch = scratch_[thread];
    for (std::size_t at = next++; at < shares_.apart.size(); at = next++)
      if (!is_broken && !factorise_apart(shares_.apart[at], diagonal, scratch)) is_broken = true;
    for (std::size_t at = 0; at < shares_.common.size(); ++at) {
      const Panel& panel = panels_.panel[shares_.common[at]];
      const Share share{shares_.of_common(at)[thread], shares_.of_common(at)[thread + 1]};
      if (thread == 0) begin_panel(panel, diagonal);
      together.arrive_and_wait();
      take(panel, share, scratch);
      together.arrive_and_wait();
      if (thread == 0 && !is_broken && !factorise_corner(panel)) is_broken = true;
      together.arrive_and_wait();
      if (is_broken) return;
      divide(panel, share);
    }
  });
  return !is_broken;
}

void PanelFactor::solve(std::vector<double>& right) const {
  const std::size_t size = panels_.order.size();
  for (std::size_t at = 0; at < size; ++at) permuted_[at] = right[panels_.order[at]];
  for (Index at = 0; at < panels_.size(); ++at) {
    const Panel& panel = panels_.panel[at];
    double* own = permuted_.data() + panel.begin;
    const double* numbers = number_.data() + panel.first_number;
    for (Index column = 0; column < panel.width(); ++column, numbers += panel.rows) {
      for (Index row = column + 1; row < panel.width(); ++row) own[row] -= numbers[row] * own[column];
    }
    const Block below = block(panel, panel.width(), panel.rows);
    if (below.rows == 0) continue;
    loops_.apply(below, own, gathered_.data());
    const Index* rows = panels_.rows(panel) + panel.width();
    for (Index row = 0; row < below.rows; ++row) permuted_[rows[row]] -= gathered_[row];
  }
  for (Index at = panels_.size() - 1; at >= 0; --at) {
    const Panel& panel = panels_.panel[at];
    double* own = permuted_.data() + panel.begin;
    const double* numbers = number_.data() + panel.first_number;
    for (Index column = 0; column < panel.width(); ++column)
      own[column] /= numbers[static_cast<std::int64_t>(column) * (panel.rows + 1)];
    const Block below = block(panel, panel.width(), panel.rows);
    if (below.rows > 0) {
      const Index* rows = panels_.rows(panel) + panel.width();
      for (Index row = 0; row < below.rows; ++row) gathered_[row] = permuted_[rows[row]];
      loops_.subtract_transposed(below, gathered_.data(), own);
    }
    for (Index column = panel.width() - 1; column >= 0; --column) {
      const double* lower = numbers + static_cast<std::int64_t>(column) * panel.rows;
      for (Index row = column + 1; row < panel.width(); ++row) own[column] -= lower[row] * own[row];
    }
  }
  for (std::size_t at = 0; at < size; ++at) right[panels_.order[at]] = permuted_[at];
}

}  // namespace pinchpoint::optim::interior
