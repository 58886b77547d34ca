// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/cuts/inner_duals.hpp"

#include <algorithm>
#include <cmath>

#include "optim/ensemble/safe_sum.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

namespace {

// Room that is enough, in scaled units: more would only take the inner multipliers farther away.
constexpr double enough_room = 1;
// Less room than this is the solver's tolerance.
constexpr double least_room = 1e-6;
// Where rounding of the moved multipliers undoes a step, a larger one follows.
constexpr double longer = 8;
// The step begins at this many times the least that would help without rounding.
constexpr double spare = 2;

}  // namespace

InnerDuals::InnerDuals(Model model, const std::vector<double>& lower, const std::vector<double>& upper, bool with_cost)
    : model_(std::move(model)) {
  if (!with_cost) std::fill(model_.cost.begin(), model_.cost.end(), 0.0);
  find_open(lower, upper);
}

void InnerDuals::find_open(const std::vector<double>& lower, const std::vector<double>& upper) {
  for (std::size_t column = 0; column < model_.cost.size(); ++column) {
    const bool may_rise = std::min(model_.upper[column], upper[column]) == infinity;
    const bool may_fall = std::max(model_.lower[column], lower[column]) == -infinity;
    if (may_rise || may_fall) open_.push_back({column, static_cast<int>(may_rise) - static_cast<int>(may_fall), 0});
  }
}

/// Columns: multipliers, then the room of each open column that has none yet; the sum of these is made as large as may
/// be.
Model InnerDuals::inner_problem() const {
  ModelBuilder builder;
  for (std::size_t row = 0; row < model_.row_lower.size(); ++row)
    builder.add_column({}, 0, model_.row_upper[row] == infinity ? 0 : -infinity,
                       model_.row_lower[row] == -infinity ? 0 : infinity);
  for (const Open& open : open_) {
    const double cost = model_.cost[open.column];
    const RowId row = builder.add_row({}, open.sign > 0 ? -infinity : cost, open.sign < 0 ? infinity : cost);
    for (auto at = model_.matrix.start[open.column]; at < model_.matrix.start[open.column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      builder.add_entry(row, ColumnId(model_.matrix.row[place]), model_.matrix.value[place]);
    }
    if (open.sign == 0 || open.room >= least_room) continue;
    const ColumnId room = builder.add_column({}, -1, 0, enough_room);
    builder.add_entry(row, room, open.sign);
  }
  return builder.build("inner multipliers", nullptr);
}

std::size_t InnerDuals::count_tight() const {
  return static_cast<std::size_t>(
      std::count_if(open_.begin(), open_.end(), [](const Open& open) { return open.room < least_room; }));
}

/// The mean of multipliers that give room to some columns each has room for all of them.
void InnerDuals::find_inner() {
  is_searched_ = true;
  std::size_t tight = open_.size();
  for (double number = 1; tight > 0; ++number) {
    const Solution solution = solve(inner_problem());
    if (solution.status != Status::optimal) return;
    inner_.resize(model_.row_lower.size(), 0.0);
    for (std::size_t row = 0; row < inner_.size(); ++row) {
      const double found = allowed_dual(solution.value[row], model_.row_lower[row], model_.row_upper[row]);
      inner_[row] += (found - inner_[row]) / number;
    }
    for (Open& open : open_) open.room = room_of(open, inner_);
    if (count_tight() >= tight) return;
    tight = count_tight();
  }
}

double InnerDuals::room_of(const Open& open, const std::vector<double>& row_dual) const {
  ExactSum sum;
  sum.add(model_.cost[open.column]);
  for (auto at = model_.matrix.start[open.column]; at < model_.matrix.start[open.column + 1]; ++at) {
    const auto place = static_cast<std::size_t>(at);
    const double dual = row_dual[static_cast<std::size_t>(model_.matrix.row[place])];
    if (dual != 0) sum.add_product(-model_.matrix.value[place], dual);
  }
  const Interval cost = sum.enclosure();
  if (open.sign > 0) return cost.lower;
  return open.sign < 0 ? -cost.upper : std::min(cost.lower, -cost.upper);
}

bool InnerDuals::is_inside(const std::vector<double>& row_dual) const {
  return std::all_of(open_.begin(), open_.end(), [&](const Open& open) { return room_of(open, row_dual) >= 0; });
}

/// Least step that would help if there were no rounding; columns that never have room to spare are left out.
double InnerDuals::step_wanted(const std::vector<double>& row_dual) const {
  double step = 0;
  for (const Open& open : open_) {
    const double room = room_of(open, row_dual);
    if (room < 0 && open.room >= least_room) step = std::max(step, -room / (open.room - room));
  }
  return step;
}

bool InnerDuals::pull_inside(std::vector<double>& row_dual) {
  if (is_inside(row_dual)) return true;
  if (!is_searched_) find_inner();
  if (inner_.empty()) return false;
  double wanted = step_wanted(row_dual);
  std::vector<double> moved;
  for (double step = spare * wanted; wanted > 0 && step <= largest_step; step *= longer) {
    moved = row_dual;
    for (std::size_t row = 0; row < moved.size(); ++row) moved[row] += step * (inner_[row] - moved[row]);
    wanted = step_wanted(moved);
  }
  if (wanted > 0 || moved.empty()) return false;
  row_dual = std::move(moved);
  return is_inside(row_dual);
}

}  // namespace pinchpoint::optim
