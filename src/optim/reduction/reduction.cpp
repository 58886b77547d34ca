// SPDX-License-Identifier: Apache-2.0
#include "optim/reduction/reduction.hpp"

#include <algorithm>
#include <cmath>

#include "optim/reduction/shrinker.hpp"

namespace pinchpoint::optim {

namespace {

constexpr double least_share = 0.1;  // of the rows: below it the smaller LP is not worth its keep
constexpr double rounding = 1e-9;

std::size_t place(std::int32_t index) { return static_cast<std::size_t>(index); }

/// The change of an index in an ascending list, or nothing.
const BoundChange* find_change(const std::vector<BoundChange>& changes, std::int32_t index) {
  const auto at = std::ranges::lower_bound(changes, index, {}, &BoundChange::index);
  return at != changes.end() && at->index == index ? &*at : nullptr;
}

}  // namespace

std::optional<Reduction> Reduction::make(const Model& model, std::span<const Patch> patches) {
  Reduction made;
  made.whole_ = &model;
  made.row_lower_ = model.row_lower;
  made.row_upper_ = model.row_upper;
  made.fixed_.resize(model.cost.size());
  made.shift_.resize(model.row_lower.size());
  made.singles_.resize(model.cost.size());
  made.single_of_row_.resize(model.row_lower.size(), -1);
  Shrinker shrinker(made, model, patches);
  if (!shrinker.run()) return std::nullopt;
  shrinker.build();
  for (const Standing& standing : made.standing_)
    made.fixed_[place(standing.column)] = made.standing_value(standing, {});
  for (Step& step : made.steps_) {
    if (step.kind == Kind::single) made.set_binding(step, {});
  }
  const auto rows = static_cast<double>(model.row_lower.size());
  if (static_cast<double>(made.kept_rows_.size()) > (1 - least_share) * rows) return std::nullopt;
  return made;
}

Reduction::Range Reduction::sides(std::int32_t row, const Patch& patch) const {
  const BoundChange* change = find_change(patch.rows, row);
  const double lower = change != nullptr ? change->lower : row_lower_[place(row)];
  const double upper = change != nullptr ? change->upper : row_upper_[place(row)];
  double shift = shift_[place(row)];
  if (!moving_.empty()) {
    for (const Moving& moving : moving_[place(row)])
      shift += moving.factor * standing_value(standing_[place(standing_of_column_[place(moving.column)])], patch);
  }
  return {lower - shift, upper - shift};
}

double Reduction::standing_value(const Standing& standing, const Patch& patch) const {
  const Range range = bounds(standing.column, patch);
  return standing.is_at_upper ? range.upper : range.lower;
}

Reduction::Range Reduction::own_bounds(std::int32_t column, const Patch& patch) const {
  if (const BoundChange* change = find_change(patch.columns, column)) return {change->lower, change->upper};
  return {whole_->lower[place(column)], whole_->upper[place(column)]};
}

Reduction::Range Reduction::implied(const Single& single, const Patch& patch) const {
  const Range range = sides(single.row, patch);
  const double one = range.lower / single.factor;
  const double other = range.upper / single.factor;
  return {std::min(one, other), std::max(one, other)};
}

Reduction::Range Reduction::bounds(std::int32_t column, const Patch& patch) const {
  Range range = own_bounds(column, patch);
  for (const Single& single : singles_[place(column)]) {
    const Range by_row = implied(single, patch);
    range.lower = std::max(range.lower, by_row.lower);
    range.upper = std::min(range.upper, by_row.upper);
  }
  const double allowance = rounding * std::max(1.0, std::abs(range.upper));
  if (range.lower > range.upper && range.lower <= range.upper + allowance) range.lower = range.upper;
  return range;
}

Reduction::Reached Reduction::reached(const Patch& patch) const {
  Reached found;
  found.is_column.assign(fixed_.size(), 0);
  const auto add_column = [&](std::int32_t column) {
    if (found.is_column[place(column)] == 0) found.columns.push_back(column);
    found.is_column[place(column)] = 1;
  };
  const auto add_row = [&](std::int32_t row) {
    found.rows.push_back(row);
    if (single_of_row_[place(row)] >= 0) add_column(single_of_row_[place(row)]);
  };
  for (const BoundChange& change : patch.columns) add_column(change.index);
  for (const BoundChange& change : patch.rows) add_row(change.index);
  for (std::size_t at = 0; at < found.columns.size() && !standing_.empty(); ++at) {
    const std::int32_t standing = standing_of_column_[place(found.columns[at])];
    if (standing < 0) continue;
    for (const std::int32_t row : standing_[place(standing)].rows) add_row(row);
  }
  return found;
}

Patch Reduction::reduced(const Patch& patch) const {
  Reached found = reached(patch);
  std::ranges::sort(found.columns);
  std::ranges::sort(found.rows);
  found.rows.erase(std::ranges::unique(found.rows).begin(), found.rows.end());
  Patch made;
  for (const std::int32_t column : found.columns) {
    if (column_place_[place(column)] < 0) continue;
    const Range range = bounds(column, patch);
    made.columns.push_back({column_place_[place(column)], range.lower, range.upper});
  }
  for (const std::int32_t row : found.rows) {
    if (row_place_[place(row)] < 0) continue;
    const Range range = sides(row, patch);
    made.rows.push_back({row_place_[place(row)], range.lower, range.upper});
  }
  return made;
}

std::vector<double> Reduction::whole_values(const Patch& patch, const std::vector<double>& value) const {
  std::vector<double> whole = fixed_;
  if (!standing_.empty()) {
    for (const std::int32_t column : reached(patch).columns) {
      const std::int32_t standing = standing_of_column_[place(column)];
      if (standing >= 0) whole[place(column)] = standing_value(standing_[place(standing)], patch);
    }
  }
  for (std::size_t at = 0; at < value.size(); ++at) whole[place(kept_columns_[at])] = value[at];
  for (std::size_t at = steps_.size(); at-- > 0;) {
    const Step& step = steps_[at];
    double& here = whole[place(step.column)];
    if (step.kind == Kind::substitution) here = value_by_row(at, whole);
    if (step.kind == Kind::loose_column) here = step.side;
    if (step.kind == Kind::loose_row)
      here = step.binds_upper ? std::min(here, value_by_row(at, whole)) : std::max(here, value_by_row(at, whole));
  }
  return whole;
}

/// Of the column, where the row is at its side.
double Reduction::value_by_row(std::size_t step, const std::vector<double>& whole_value) const {
  double left = steps_[step].side;
  for (std::size_t entry = step == 0 ? 0 : steps_[step - 1].row_end; entry < steps_[step].row_end; ++entry)
    left -= row_entries_[entry].value * whole_value[place(row_entries_[entry].index)];
  return left / steps_[step].factor;
}

std::vector<double> Reduction::whole_duals(const Patch& patch, const std::vector<double>& row_dual) const {
  std::vector<double> whole(row_lower_.size(), 0);
  for (std::size_t at = 0; at < row_dual.size(); ++at) whole[place(kept_rows_[at])] = row_dual[at];
  const std::vector<std::uint8_t> is_moved = reached(patch).is_column;
  for (std::size_t at = steps_.size(); at-- > 0;) {
    Step step = steps_[at];
    if (step.kind == Kind::loose_row || step.kind == Kind::loose_column) continue;
    double reduced_cost = step.cost;
    for (std::size_t entry = at == 0 ? 0 : steps_[at - 1].column_end; entry < step.column_end; ++entry)
      reduced_cost -= column_entries_[entry].value * whole[place(column_entries_[entry].index)];
    if (reduced_cost == 0) continue;
    const bool is_single = step.kind == Kind::single;
    if (is_single && is_moved[place(step.column)] != 0) set_binding(step, patch);
    if (!is_single || (reduced_cost > 0 ? step.binds_lower : step.binds_upper))
      whole[place(step.row)] = reduced_cost / step.factor;
  }
  return whole;
}

/// Is it this row, and not the column's own bounds or another row, that a reduced cost is the price of?
void Reduction::set_binding(Step& step, const Patch& patch) const {
  const Range own = own_bounds(step.column, patch);
  const Range by_row = implied({step.row, step.factor}, patch);
  const Range all = bounds(step.column, patch);
  step.binds_lower = by_row.lower > own.lower && by_row.lower >= all.lower;
  step.binds_upper = by_row.upper < own.upper && by_row.upper <= all.upper;
}

/// Of the rows of a column that does not move the one that keeps it where it is, or -1 if its own bounds do: of those
/// that say so the one with the largest price.
std::int32_t Reduction::holding_row(std::int32_t column, double value, const std::vector<double>& whole_dual) const {
  const auto holds = [value](const Range& range) {
    const double off = std::min(std::abs(value - range.lower), std::abs(range.upper - value));
    return off <= rounding * std::max(1.0, std::abs(value));
  };
  constexpr double least_price = 1e-11;
  double price = holds(own_bounds(column, {})) ? least_price : -1;
  std::int32_t row = -1;
  for (const Single& single : singles_[place(column)]) {
    const double here = std::abs(whole_dual[place(single.row)]);
    if (here <= price || !holds(implied(single, {}))) continue;
    price = here;
    row = single.row;
  }
  return row;
}

/// By column that went with a row: the row that says what it is; -1 of others, and of those that stand at a bound.
std::vector<std::int32_t> Reduction::stepped_rows(const std::vector<double>& whole_value) const {
  std::vector<std::int32_t> rows(fixed_.size(), -1);
  double nearest = infinity;
  for (std::size_t at = 0; at < steps_.size(); ++at) {
    const Step& step = steps_[at];
    const double value = whole_value[place(step.column)];
    std::int32_t& row = rows[place(step.column)];
    if (step.kind == Kind::substitution) row = step.row;
    if (step.kind == Kind::loose_row) {
      const double distance = std::abs(value_by_row(at, whole_value) - value);
      if (distance < nearest) row = step.row;
      nearest = std::min(nearest, distance);
    }
    if (step.kind == Kind::loose_column) {
      if (std::abs(step.side - value) <= nearest) row = -1;
      nearest = infinity;
    }
  }
  return rows;
}

std::vector<double> Reduction::activities(const std::vector<double>& whole_value) const {
  std::vector<double> activity(row_lower_.size(), 0);
  const SparseMatrix& matrix = whole_->matrix;
  for (std::size_t column = 0; column < whole_value.size(); ++column) {
    for (std::int32_t at = matrix.start[column]; at < matrix.start[column + 1]; ++at)
      activity[place(matrix.row[place(at)])] += matrix.value[place(at)] * whole_value[column];
  }
  return activity;
}

BasisCode Reduction::whole_basis(const BasisCode& reduced, const std::vector<double>& whole_value,
                                 const std::vector<double>& whole_dual) const {
  constexpr std::uint8_t at_lower = 0, basic = 1, at_upper = 2;
  const auto side = [](double value, double lower, double upper) {
    return std::abs(value - lower) <= std::abs(upper - value) ? at_lower : at_upper;
  };
  const std::vector<double> activity = activities(whole_value);
  BasisCode whole{std::vector<std::uint8_t>(fixed_.size(), at_lower),
                  std::vector<std::uint8_t>(row_lower_.size(), basic)};
  const auto hold = [&](std::int32_t row) {
    whole.row_basis[place(row)] =
        side(activity[place(row)], whole_->row_lower[place(row)], whole_->row_upper[place(row)]);
  };
  for (std::size_t at = 0; at < kept_rows_.size(); ++at) {
    if (reduced.row_basis[at] != basic) hold(kept_rows_[at]);
  }
  std::vector<std::uint8_t> is_basic(fixed_.size(), 0);
  for (std::size_t at = 0; at < kept_columns_.size(); ++at)
    is_basic[place(kept_columns_[at])] = reduced.column_basis[at] == basic ? 1 : 0;
  const std::vector<std::int32_t> rows = stepped_rows(whole_value);
  for (std::size_t column = 0; column < rows.size(); ++column) {
    if (rows[column] < 0) continue;
    is_basic[column] = 1;
    hold(rows[column]);
  }
  for (std::size_t column = 0; column < fixed_.size(); ++column) {
    const double value = whole_value[column];
    const std::int32_t row =
        is_basic[column] != 0 ? -1 : holding_row(static_cast<std::int32_t>(column), value, whole_dual);
    if (row >= 0) hold(row);
    const bool is_free = whole_->lower[column] == -infinity && whole_->upper[column] == infinity;
    constexpr std::uint8_t at_zero = 3;
    whole.column_basis[column] = is_basic[column] != 0 || row >= 0 ? basic
                                 : is_free                         ? at_zero
                                           : side(value, whole_->lower[column], whole_->upper[column]);
  }
  return whole;
}

}  // namespace pinchpoint::optim
