// SPDX-License-Identifier: Apache-2.0
#include "optim/reduction/shrinker.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/random.hpp"

namespace pinchpoint::optim {

namespace {

constexpr int most_passes = 30;
constexpr double rounding = 1e-9;
constexpr double smallest_entry = 1e-13;   // what cancellation leaves
constexpr std::size_t longest_column = 3;  // of those that a row stands in for
constexpr double same_ratio = 1e-13;
constexpr double most_growth = 100;  // of entries, by a substitution

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
      row_moves_(rows_.size()),
      column_moves_(columns_.size()),
      row_has_(rows_.size()),
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
  for (std::size_t row = 0; row < rows_.size(); ++row)
    row_has_[row] = {model.row_lower[row] != -infinity, model.row_upper[row] != infinity};
  for (const Patch& patch : patches) list_moves(model, patch);
}

void Reduction::Shrinker::list_moves(const Model& model, const Patch& patch) {
  for (const BoundChange& change : patch.rows) {
    const std::size_t row = place(change.index);
    if (change.lower != model.row_lower[row]) row_moves_[row].lower = true;
    if (change.upper != model.row_upper[row]) row_moves_[row].upper = true;
    if (change.lower != -infinity) row_has_[row].lower = true;
    if (change.upper != infinity) row_has_[row].upper = true;
  }
  for (const BoundChange& change : patch.columns) {
    const std::size_t column = place(change.index);
    if (change.lower != model.lower[column]) column_moves_[column].lower = true;
    if (change.upper != model.upper[column]) column_moves_[column].upper = true;
  }
}

bool Reduction::Shrinker::run() {
  bool looks_at_all = true;
  for (int pass = 0; pass < most_passes; ++pass) {
    const bool has_changed = run_pass(looks_at_all);
    if (!has_changed && looks_at_all && !drop_parallel_rows()) break;
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
    if (is_column_gone_[place(column)] != 0 || (!looks_at_all && is_column_due_[place(column)] == 0)) continue;
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
  if (row_moves_[row].any()) return false;
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
  if (!loses_lower && !loses_upper) return false;
  if (loses_lower) loosest_.row_lower[row] = made_.row_lower_[row] = -infinity;
  if (loses_upper) loosest_.row_upper[row] = made_.row_upper_[row] = infinity;
  row_has_[row] = {row_has_[row].lower && !loses_lower, row_has_[row].upper && !loses_upper};
  for (const Entry& entry : rows_[row]) is_column_due_[place(entry.index)] = 1;
  return true;
}

/// Of rows that say the same of their columns, those go that another of them is never looser than.
bool Reduction::Shrinker::drop_parallel_rows() {
  std::vector<std::pair<std::uint64_t, std::int32_t>> rows;
  for (std::int32_t row = 0; row < static_cast<std::int32_t>(rows_.size()); ++row) {
    if (is_row_gone_[place(row)] != 0 || rows_[place(row)].size() < 2) continue;
    std::uint64_t pattern = 0;
    for (const Entry& entry : rows_[place(row)])
      pattern += mixed_bits(static_cast<std::uint64_t>(entry.index) + golden_step);
    rows.emplace_back(pattern, row);
  }
  std::ranges::sort(rows);
  bool has_changed = false;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    for (std::size_t next = at + 1; next < rows.size() && rows[next].first == rows[at].first; ++next) {
      const std::int32_t one = rows[at].second, other = rows[next].second;
      if (is_row_gone_[place(one)] != 0) break;
      if (is_row_gone_[place(other)] != 0) continue;
      const double factor = factor_between(one, other);
      if (factor == 0) continue;
      const std::int32_t looser = contains(other, one, factor) ? other : contains(one, other, 1 / factor) ? one : -1;
      if (looser < 0) continue;
      is_row_gone_[place(looser)] = 1;
      drop_from_columns(looser);
      has_changed = true;
    }
  }
  return has_changed;
}

/// What the entries of `one` are multiplied by in `other`, or 0 where they are not.
double Reduction::Shrinker::factor_between(std::int32_t one, std::int32_t other) {
  const std::vector<Entry>& first = rows_[place(one)];
  const std::vector<Entry>& second = rows_[place(other)];
  if (first.size() != second.size()) return 0;
  for (std::size_t at = 0; at < first.size(); ++at) position_[place(first[at].index)] = static_cast<std::int32_t>(at);
  const auto ratio = [&](const Entry& entry) {
    const std::int32_t at = position_[place(entry.index)];
    return at < 0 ? 0 : entry.value / first[place(at)].value;
  };
  const double factor = ratio(second.front());
  const bool is_parallel = std::ranges::all_of(
      second, [&](const Entry& entry) { return std::abs(ratio(entry) - factor) <= same_ratio * std::abs(factor); });
  for (const Entry& entry : first) position_[place(entry.index)] = -1;
  return is_parallel ? factor : 0;
}

/// Does a row that stays as it is allow whatever a parallel one allows in any scenario, `factor` times as large?
bool Reduction::Shrinker::contains(std::int32_t outer, std::int32_t inner, double factor) const {
  if (row_moves_[place(outer)].any()) return false;
  const auto sides = [&](std::int32_t row) {
    const double shift = made_.shift_[place(row)];
    return Range{loosest_.row_lower[place(row)] - shift, loosest_.row_upper[place(row)] - shift};
  };
  const Range out = sides(outer);
  const double one = factor * sides(inner).lower;
  const double other = factor * sides(inner).upper;
  return out.lower <= std::min(one, other) && std::max(one, other) <= out.upper;
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
  made_.singles_[column].push_back({row, only.value});
  made_.single_of_row_[place(row)] = only.index;
  is_row_gone_[place(row)] = 1;
  erase(columns_[column], row);
  note({Kind::single, row, only.index, only.value, cost_[column], 0, 0, 0}, columns_[column], {});
  const Ends moves = row_moves_[place(row)];
  const bool keeps_order = only.value > 0;
  column_moves_[column].lower |= keeps_order ? moves.lower : moves.upper;
  column_moves_[column].upper |= keeps_order ? moves.upper : moves.lower;
  const double one = (loosest_.row_lower[place(row)] - made_.shift_[place(row)]) / only.value;
  const double other = (loosest_.row_upper[place(row)] - made_.shift_[place(row)]) / only.value;
  tighten(only.index, {std::min(one, other), std::max(one, other)});
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
    const bool moves = direction > 0 ? column_moves_[column].lower : column_moves_[column].upper;
    if (held.count == 0 && std::isfinite(bound) && (!moves || cost_[column] == 0)) {
      if (moves)
        stand(index, direction < 0);
      else
        fix(index, bound);
      return true;
    }
    if (column_moves_[column].any()) continue;
    if (held.count == 0 && cost_[column] == 0 && stays_put(index)) {
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
    const bool is_lower = entry.value * direction > 0;
    const bool has_side = row_moves_[row].any()
                              ? (is_lower ? row_has_[row].lower : row_has_[row].upper)
                              : std::isfinite(is_lower ? loosest_.row_lower[row] : loosest_.row_upper[row]);
    if (!has_side) continue;
    ++found.count;
    found.one = &entry;
  }
  return found;
}

/// Do all rows of the column stay as they are in every scenario?
bool Reduction::Shrinker::stays_put(std::int32_t column) const {
  return std::ranges::none_of(columns_[place(column)],
                              [&](const Entry& entry) { return row_moves_[place(entry.index)].any(); });
}

void Reduction::Shrinker::fix(std::int32_t column, double value) {
  is_column_gone_[place(column)] = 1;
  made_.fixed_[place(column)] = value;
  offset_ += cost_[place(column)] * value;
  for (const Entry& entry : columns_[place(column)]) made_.shift_[place(entry.index)] += entry.value * value;
  drop_from_rows(column);
}

/// Sides of its rows move with it. None holds it there, so that where the bound is loosest those sides are, too.
void Reduction::Shrinker::stand(std::int32_t column, bool is_at_upper) {
  if (made_.standing_.empty()) {
    made_.standing_of_column_.assign(columns_.size(), -1);
    made_.moving_.resize(rows_.size());
  }
  made_.standing_of_column_[place(column)] = static_cast<std::int32_t>(made_.standing_.size());
  made_.standing_.push_back({column, is_at_upper, {}});
  const double bound = is_at_upper ? loosest_.upper[place(column)] : loosest_.lower[place(column)];
  for (const Entry& entry : columns_[place(column)]) {
    const std::size_t row = place(entry.index);
    made_.standing_.back().rows.push_back(entry.index);
    made_.moving_[row].push_back({column, entry.value});
    loosest_.row_lower[row] -= entry.value * bound;
    loosest_.row_upper[row] -= entry.value * bound;
    row_moves_[row] = {row_has_[row].lower, row_has_[row].upper};
  }
  is_column_gone_[place(column)] = 1;
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
  if (row_moves_[place(row)].any() || !is_worth_it(column, row, pivot)) return false;
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
