// SPDX-License-Identifier: Apache-2.0
#include "optim/reduction/shrinker.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim {

namespace {

constexpr int most_passes = 30;
constexpr double rounding = 1e-9;
constexpr double smallest_entry = 1e-13;   // what cancellation leaves
constexpr std::size_t longest_column = 3;  // of those that a row stands in for
constexpr double most_growth = 100;        // of entries, by a substitution

std::size_t place(std::int32_t index) { return static_cast<std::size_t>(index); }

double allowance(double side) { return rounding * std::max(1.0, std::abs(side)); }

void erase(std::vector<Entry>& entries, std::int32_t index) {
  const auto at = std::ranges::find(entries, index, &Entry::index);
  *at = entries.back();
  entries.pop_back();
}

}  // namespace

Reduction::Shrinker::Shrinker(Reduction& made, const Model& model, std::span<const Patch> patches)
    : made_(made),
      loosest_(loosest(model, patches)),
      rows_(model.row_lower.size()),
      columns_(model.cost.size()),
      cost_(model.cost),
      offset_(model.offset),
      is_row_gone_(rows_.size(), 0),
      is_column_gone_(columns_.size(), 0),
      is_row_touched_(rows_.size(), 0),
      is_column_touched_(columns_.size(), 0),
      is_row_due_(rows_.size(), 0),
      is_column_due_(columns_.size(), 0),
      position_(columns_.size(), -1) {
  const MatrixView matrix(model);
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const auto entries = matrix.row(row);
    rows_[row].assign(entries.begin(), entries.end());
  }
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    const auto entries = matrix.column(column);
    columns_[column].assign(entries.begin(), entries.end());
  }
  for (const Patch& patch : patches) {
    for (const BoundChange& change : patch.rows) is_row_touched_[place(change.index)] = 1;
    for (const BoundChange& change : patch.columns) is_column_touched_[place(change.index)] = 1;
  }
}

bool Reduction::Shrinker::run() {
  bool looks_at_all = true;
  for (int pass = 0; pass < most_passes; ++pass) {
    const bool has_changed = run_pass(looks_at_all);
    if (!has_changed && looks_at_all) break;
    looks_at_all = !has_changed;
  }
  return !is_contradictory_;
}

/// Over all rows and columns, or those that are due. Not due is what only the bounds of others in its rows may have
/// changed, so that after passes over what is due all are looked at again.
bool Reduction::Shrinker::run_pass(bool looks_at_all) {
  bool has_changed = false;
  for (std::int32_t row = 0; row < static_cast<std::int32_t>(rows_.size()); ++row) {
    if (is_row_gone_[place(row)] != 0 || (!looks_at_all && is_row_due_[place(row)] == 0)) continue;
    is_row_due_[place(row)] = 0;
    if (visit_row(row)) has_changed = true;
  }
  for (std::int32_t column = 0; column < static_cast<std::int32_t>(columns_.size()); ++column) {
    const bool is_done = is_column_gone_[place(column)] != 0 || is_column_touched_[place(column)] != 0;
    if (is_done || (!looks_at_all && is_column_due_[place(column)] == 0)) continue;
    is_column_due_[place(column)] = 0;
    if (visit_column(column)) has_changed = true;
  }
  return has_changed;
}

void Reduction::Shrinker::drop_from_columns(std::int32_t row, std::int32_t but) {
  for (const Entry& entry : rows_[place(row)]) {
    if (entry.index == but) continue;
    erase(columns_[place(entry.index)], row);
    is_column_due_[place(entry.index)] = 1;
  }
}

void Reduction::Shrinker::drop_from_rows(std::int32_t column) {
  for (const Entry& entry : columns_[place(column)]) {
    erase(rows_[place(entry.index)], column);
    is_row_due_[place(entry.index)] = 1;
  }
}

/// A side that never binds is no side, so that columns may come to a bound by it, and no dual is put on it.
bool Reduction::Shrinker::visit_row(std::int32_t index) {
  const std::size_t row = place(index);
  if (rows_[row].size() == 1) {
    make_single(index);
    return true;
  }
  if (is_row_touched_[row] != 0) return false;
  const double lower = loosest_.row_lower[row] - made_.shift_[row];
  const double upper = loosest_.row_upper[row] - made_.shift_[row];
  const auto [least, most] = activity(index);
  const bool lower_binds = least < lower - allowance(lower);
  const bool upper_binds = most > upper + allowance(upper);
  if (!lower_binds && !upper_binds) {
    is_row_gone_[row] = 1;
    drop_from_columns(index);
    return true;
  }
  const bool loses_lower = !lower_binds && loosest_.row_lower[row] != -infinity;
  const bool loses_upper = !upper_binds && loosest_.row_upper[row] != infinity;
  if (loses_lower) loosest_.row_lower[row] = made_.row_lower_[row] = -infinity;
  if (loses_upper) loosest_.row_upper[row] = made_.row_upper_[row] = infinity;
  if (!loses_lower && !loses_upper) return false;
  for (const Entry& entry : rows_[row]) is_column_due_[place(entry.index)] = 1;
  return true;
}

Reduction::Range Reduction::Shrinker::activity(std::int32_t row, std::int32_t but) const {
  Range sum{0, 0};
  for (const Entry& entry : rows_[place(row)]) {
    if (entry.index == but) continue;
    const double one = entry.value * loosest_.lower[place(entry.index)];
    const double other = entry.value * loosest_.upper[place(entry.index)];
    sum.lower += std::min(one, other);
    sum.upper += std::max(one, other);
  }
  return sum;
}

void Reduction::Shrinker::make_single(std::int32_t row) {
  const Entry only = rows_[place(row)].front();
  const std::size_t column = place(only.index);
  const Single single{row, only.value};
  made_.singles_[column].push_back(single);
  made_.single_of_row_[place(row)] = only.index;
  is_row_gone_[place(row)] = 1;
  erase(columns_[column], row);
  note({Kind::single, row, only.index, only.value, cost_[column], 0, 0, 0}, columns_[column], {});
  if (is_row_touched_[place(row)] != 0)
    is_column_touched_[column] = 1;
  else
    tighten(only.index, made_.implied(single, {}));
}

void Reduction::Shrinker::tighten(std::int32_t column, Range range) {
  double& lower = loosest_.lower[place(column)];
  double& upper = loosest_.upper[place(column)];
  lower = std::max(lower, range.lower);
  upper = std::min(upper, range.upper);
  is_column_due_[place(column)] = 1;
  for (const Entry& entry : columns_[place(column)]) is_row_due_[place(entry.index)] = 1;
  if (lower <= upper) return;
  if (lower > upper + allowance(upper)) is_contradictory_ = true;
  lower = upper;
}

bool Reduction::Shrinker::visit_column(std::int32_t index) {
  const std::size_t column = place(index);
  const double lower = loosest_.lower[column];
  const double upper = loosest_.upper[column];
  if (lower == upper) {
    fix(index, lower);
    return true;
  }
  for (const int direction : {1, -1}) {
    if (cost_[column] * direction < 0) continue;
    const double bound = direction > 0 ? lower : upper;
    const Holders held = holders(index, direction);
    if (held.count == 0 && std::isfinite(bound)) {
      fix(index, bound);
      return true;
    }
    if (held.count == 0 && cost_[column] == 0) {
      loosen(index, direction);
      return true;
    }
    if (held.count == 1 && substitute_by_holder(index, direction, held)) return true;
  }
  return false;
}

Reduction::Shrinker::Holders Reduction::Shrinker::holders(std::int32_t column, int direction) const {
  Holders found;
  for (const Entry& entry : columns_[place(column)]) {
    const std::size_t row = place(entry.index);
    const bool has_side =
        std::isfinite(entry.value * direction > 0 ? loosest_.row_lower[row] : loosest_.row_upper[row]);
    if (!has_side && is_row_touched_[row] == 0) continue;
    ++found.count;
    found.one = &entry;
  }
  return found;
}

void Reduction::Shrinker::fix(std::int32_t column, double value) {
  is_column_gone_[place(column)] = 1;
  made_.fixed_[place(column)] = value;
  offset_ += cost_[place(column)] * value;
  for (const Entry& entry : columns_[place(column)]) made_.shift_[place(entry.index)] += entry.value * value;
  drop_from_rows(column);
}

/// It goes as far from its other bound as its rows need: down, if the direction is 1.
void Reduction::Shrinker::loosen(std::int32_t column, int direction) {
  const double bound = direction > 0 ? loosest_.upper[place(column)] : loosest_.lower[place(column)];
  bool is_bounded = std::isfinite(bound);
  const std::vector<Entry> entries = columns_[place(column)];
  for (const auto& [row, factor] : entries) {
    is_row_gone_[place(row)] = 1;
    drop_from_columns(row, column);
    const std::vector<double>& sides = factor * direction > 0 ? loosest_.row_upper : loosest_.row_lower;
    if (!std::isfinite(sides[place(row)])) continue;
    is_bounded = true;
    erase(rows_[place(row)], column);
    Step step{Kind::loose_row, row, column, factor, 0, sides[place(row)] - made_.shift_[place(row)], 0, 0};
    step.binds_upper = direction > 0;
    note(step, {}, rows_[place(row)]);
  }
  columns_[place(column)].clear();
  is_column_gone_[place(column)] = 1;
  note({Kind::loose_column, -1, column, 1, 0, is_bounded ? bound : 0, 0, 0}, {}, {});
}

/// The cheapest is to have the row at the side that holds the column off its bound; that side must then say as much of
/// the column as its own bounds.
bool Reduction::Shrinker::substitute_by_holder(std::int32_t column, int direction, const Holders& holders) {
  const auto [row, pivot] = *holders.one;
  if (is_row_touched_[place(row)] != 0 || !is_worth_it(column, row, pivot)) return false;
  const std::vector<double>& sides = pivot * direction > 0 ? loosest_.row_lower : loosest_.row_upper;
  const double side = sides[place(row)] - made_.shift_[place(row)];
  const auto [least, most] = activity(row, column);
  const double one = (side - least) / pivot;
  const double other = (side - most) / pivot;
  if (std::min(one, other) < loosest_.lower[place(column)] || std::max(one, other) > loosest_.upper[place(column)])
    return false;
  substitute(column, row, side);
  return true;
}

/// No more entries than before, and none that has grown much.
bool Reduction::Shrinker::is_worth_it(std::int32_t column, std::int32_t row, double pivot) const {
  const std::size_t height = columns_[place(column)].size();
  const std::size_t width = rows_[place(row)].size();
  if (height > longest_column || (height - 1) * (width - 1) > height + width - 1) return false;
  const auto grows = [pivot](const Entry& entry) { return std::abs(entry.value) > most_growth * std::abs(pivot); };
  return std::ranges::none_of(columns_[place(column)], grows) && std::ranges::none_of(rows_[place(row)], grows);
}

/// x_column = (side − Σ other entries) / pivot, in rows and costs.
void Reduction::Shrinker::substitute(std::int32_t column, std::int32_t row, double side) {
  std::vector<Entry> others = rows_[place(row)];
  const double pivot = std::ranges::find(others, column, &Entry::index)->value;
  erase(others, column);
  erase(columns_[place(column)], row);
  is_row_gone_[place(row)] = 1;
  is_column_gone_[place(column)] = 1;
  const double cost = cost_[place(column)];
  note({Kind::substitution, row, column, pivot, cost, side, 0, 0}, columns_[place(column)], others);
  for (const Entry& entry : others) {
    erase(columns_[place(entry.index)], row);
    is_column_due_[place(entry.index)] = 1;
    cost_[place(entry.index)] -= cost / pivot * entry.value;
  }
  offset_ += cost / pivot * side;
  for (const Entry& entry : columns_[place(column)]) {
    erase(rows_[place(entry.index)], column);
    is_row_due_[place(entry.index)] = 1;
    made_.shift_[place(entry.index)] += entry.value / pivot * side;
    add_row(entry.index, -entry.value / pivot, others);
  }
}

void Reduction::Shrinker::add_row(std::int32_t to, double factor, const std::vector<Entry>& entries) {
  std::vector<Entry>& row = rows_[place(to)];
  for (std::size_t at = 0; at < row.size(); ++at) position_[place(row[at].index)] = static_cast<std::int32_t>(at);
  const std::size_t before = row.size();
  for (const Entry& entry : entries) {
    std::vector<Entry>& column = columns_[place(entry.index)];
    const std::int32_t at = position_[place(entry.index)];
    const double added = factor * entry.value;
    if (at < 0) {
      row.push_back({entry.index, added});
      column.push_back({to, added});
      continue;
    }
    double& value = row[place(at)].value;
    value = std::abs(value + added) < smallest_entry * std::abs(added) ? 0 : value + added;
    std::ranges::find(column, to, &Entry::index)->value = value;
  }
  for (std::size_t at = 0; at < before; ++at) position_[place(row[at].index)] = -1;
  for (const Entry& entry : entries) {
    const auto found = std::ranges::find(row, entry.index, &Entry::index);
    if (found->value != 0) continue;
    erase(columns_[place(entry.index)], to);
    erase(row, entry.index);
  }
}

void Reduction::Shrinker::note(const Step& step, const std::vector<Entry>& column, const std::vector<Entry>& row) {
  made_.column_entries_.insert(made_.column_entries_.end(), column.begin(), column.end());
  made_.row_entries_.insert(made_.row_entries_.end(), row.begin(), row.end());
  made_.steps_.push_back(step);
  made_.steps_.back().column_end = made_.column_entries_.size();
  made_.steps_.back().row_end = made_.row_entries_.size();
}

void Reduction::Shrinker::build() const {
  const auto number = [](const std::vector<std::uint8_t>& is_gone, std::vector<std::int32_t>& kept,
                         std::vector<std::int32_t>& places) {
    places.assign(is_gone.size(), -1);
    for (std::size_t at = 0; at < is_gone.size(); ++at) {
      if (is_gone[at] != 0) continue;
      places[at] = static_cast<std::int32_t>(kept.size());
      kept.push_back(static_cast<std::int32_t>(at));
    }
  };
  number(is_column_gone_, made_.kept_columns_, made_.column_place_);
  number(is_row_gone_, made_.kept_rows_, made_.row_place_);
  ModelBuilder builder;
  builder.add_offset(offset_);
  const Key key{FamilyId(0)};
  for (const std::int32_t row : made_.kept_rows_) {
    const Range range = made_.sides(row, {});
    builder.add_row(key, range.lower, range.upper);
  }
  for (const std::int32_t column : made_.kept_columns_) {
    const Range range = made_.bounds(column, {});
    const ColumnId added = builder.add_column(key, cost_[place(column)], range.lower, range.upper);
    for (const Entry& entry : columns_[place(column)])
      builder.add_entry(RowId(made_.row_place_[place(entry.index)]), added, entry.value);
  }
  auto names = std::make_shared<Names>();
  names->add_family("reduced", {});
  made_.reduced_ = builder.build(loosest_.name, names);
}

}  // namespace pinchpoint::optim
