// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/reduction.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "optim/ensemble/touched.hpp"
#include "optim/solve/proof/matrix_view.hpp"

namespace pinchpoint::optim {

namespace {

constexpr int most_passes = 20;
constexpr double least_share = 0.1;  // of the rows: below it the smaller LP is not worth its keep
constexpr double rounding = 1e-9;

std::size_t place(std::int32_t index) { return static_cast<std::size_t>(index); }

double allowance(double side) { return rounding * std::max(1.0, std::abs(side)); }

/// The change of an index in an ascending list, or nothing.
const BoundChange* find_change(const std::vector<BoundChange>& changes, std::int32_t index) {
  const auto at = std::lower_bound(changes.begin(), changes.end(), index,
                                   [](const BoundChange& change, std::int32_t of) { return change.index < of; });
  return at != changes.end() && at->index == index ? &*at : nullptr;
}

}  // namespace

/// Takes rows and columns away until nothing more goes. Bounds and sides are the loosest of all scenarios.
class Reduction::Shrinker {
 public:
  Shrinker(Reduction& made, const Model& model, std::span<const Patch> patches)
      : made_(made),
        model_(model),
        loosest_(loosest(model, patches)),
        matrix_(model),
        is_row_gone_(model.row_lower.size(), 0),
        is_column_gone_(model.cost.size(), 0),
        is_row_touched_(is_row_gone_),
        is_column_touched_(is_column_gone_) {
    for (std::size_t row = 0; row < is_row_gone_.size(); ++row) left_.push_back(matrix_.row(row).size());
    for (const Patch& patch : patches) {
      for (const BoundChange& change : patch.rows) is_row_touched_[place(change.index)] = 1;
      for (const BoundChange& change : patch.columns) is_column_touched_[place(change.index)] = 1;
    }
  }

  /// False if bounds contradict each other.
  bool run() {
    bool has_changed = true;
    for (int pass = 0; pass < most_passes && has_changed; ++pass) {
      has_changed = false;
      for (std::size_t row = 0; row < is_row_gone_.size(); ++row) {
        if (is_row_gone_[row] == 0 && visit_row(row)) has_changed = true;
      }
      for (std::size_t column = 0; column < is_column_gone_.size(); ++column) {
        if (is_column_gone_[column] == 0 && visit_column(column)) has_changed = true;
      }
    }
    return !is_contradictory_;
  }
  [[nodiscard]] bool has_row(std::size_t row) const { return is_row_gone_[row] == 0; }
  [[nodiscard]] bool has_column(std::size_t column) const { return is_column_gone_[column] == 0; }

 private:
  /// A side that never binds is no side, so that columns may come to a bound by it, and no dual is put on it.
  bool visit_row(std::size_t row) {
    if (left_[row] == 1) return make_single(row);
    if (is_row_touched_[row] != 0) return false;
    const double lower = loosest_.row_lower[row] - made_.shift_[row];
    const double upper = loosest_.row_upper[row] - made_.shift_[row];
    const auto [least, most] = activity(row);
    const bool lower_binds = least < lower - allowance(lower);
    const bool upper_binds = most > upper + allowance(upper);
    if (!lower_binds && !upper_binds) {
      is_row_gone_[row] = 1;
      return true;
    }
    const bool loses_lower = !lower_binds && loosest_.row_lower[row] != -infinity;
    const bool loses_upper = !upper_binds && loosest_.row_upper[row] != infinity;
    if (loses_lower) loosest_.row_lower[row] = made_.row_lower_[row] = -infinity;
    if (loses_upper) loosest_.row_upper[row] = made_.row_upper_[row] = infinity;
    return loses_lower || loses_upper;
  }

  /// Least and largest activity of the columns that are left, in any scenario.
  [[nodiscard]] Range activity(std::size_t row) const {
    Range sum{0, 0};
    for (const Entry& entry : matrix_.row(row)) {
      const std::size_t column = place(entry.index);
      if (is_column_gone_[column] != 0) continue;
      const double one = entry.value * loosest_.lower[column];
      const double other = entry.value * loosest_.upper[column];
      sum.lower += std::min(one, other);
      sum.upper += std::max(one, other);
    }
    return sum;
  }

  bool make_single(std::size_t row) {
    const auto entries = matrix_.row(row);
    const auto only = std::find_if(entries.begin(), entries.end(),
                                   [&](const Entry& entry) { return is_column_gone_[place(entry.index)] == 0; });
    const std::size_t column = place(only->index);
    const Single single{static_cast<std::int32_t>(row), only->value};
    made_.singles_[column].push_back(single);
    made_.single_of_row_[row] = only->index;
    is_row_gone_[row] = 1;
    if (is_row_touched_[row] != 0) is_column_touched_[column] = 1;
    if (is_row_touched_[row] == 0) tighten(column, made_.implied(single, {}));
    return true;
  }

  void tighten(std::size_t column, Range range) {
    double& lower = loosest_.lower[column];
    double& upper = loosest_.upper[column];
    lower = std::max(lower, range.lower);
    upper = std::min(upper, range.upper);
    if (lower <= upper) return;
    if (lower > upper + allowance(upper)) is_contradictory_ = true;
    lower = upper;
  }

  bool visit_column(std::size_t column) {
    if (is_column_touched_[column] != 0) return false;
    const double lower = loosest_.lower[column];
    const double upper = loosest_.upper[column];
    const double cost = model_.cost[column];
    if (lower == upper || (cost >= 0 && std::isfinite(lower) && !is_held_off(column, 1))) {
      fix(column, lower);
    } else if (cost <= 0 && std::isfinite(upper) && !is_held_off(column, -1)) {
      fix(column, upper);
    } else {
      return false;
    }
    return true;
  }

  /// Does a row keep the column off its lower bound (direction 1) or its upper one (-1)?
  [[nodiscard]] bool is_held_off(std::size_t column, int direction) const {
    return std::ranges::any_of(matrix_.column(column), [&](const Entry& entry) {
      const std::size_t row = place(entry.index);
      if (is_row_gone_[row] != 0) return false;
      if (is_row_touched_[row] != 0) return true;
      return std::isfinite(entry.value * direction > 0 ? loosest_.row_lower[row] : loosest_.row_upper[row]);
    });
  }

  void fix(std::size_t column, double value) {
    is_column_gone_[column] = 1;
    made_.fixed_[column] = value;
    made_.fixed_order_.push_back(static_cast<std::int32_t>(column));
    for (const Entry& entry : matrix_.column(column)) {
      if (is_row_gone_[place(entry.index)] != 0) continue;
      made_.shift_[place(entry.index)] += entry.value * value;
      --left_[place(entry.index)];
    }
  }

  Reduction& made_;
  const Model& model_;
  Model loosest_;
  MatrixView matrix_;
  std::vector<std::uint8_t> is_row_gone_, is_column_gone_, is_row_touched_, is_column_touched_;
  std::vector<std::size_t> left_;  ///< by row: columns that are not gone
  bool is_contradictory_ = false;
};

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
  const auto number = [](std::size_t count, std::vector<std::int32_t>& kept, std::vector<std::int32_t>& places,
                         const auto& has) {
    places.assign(count, -1);
    for (std::size_t at = 0; at < count; ++at) {
      if (!has(at)) continue;
      places[at] = static_cast<std::int32_t>(kept.size());
      kept.push_back(static_cast<std::int32_t>(at));
    }
  };
  number(model.cost.size(), made.kept_columns_, made.column_place_, [&](auto at) { return shrinker.has_column(at); });
  number(model.row_lower.size(), made.kept_rows_, made.row_place_, [&](auto at) { return shrinker.has_row(at); });
  const auto rows = static_cast<double>(model.row_lower.size());
  if (static_cast<double>(made.kept_rows_.size()) > (1 - least_share) * rows) return std::nullopt;
  made.build();
  return made;
}

void Reduction::build() {
  ModelBuilder builder;
  double offset = whole_->offset;
  for (const std::int32_t column : fixed_order_) offset += whole_->cost[place(column)] * fixed_[place(column)];
  builder.add_offset(offset);
  const Key key{FamilyId(0)};
  for (const std::int32_t row : kept_rows_) {
    const Range range = sides(row, {});
    builder.add_row(key, range.lower, range.upper);
  }
  for (const std::int32_t column : kept_columns_) {
    const Range range = bounds(column, {});
    const ColumnId made = builder.add_column(key, whole_->cost[place(column)], range.lower, range.upper);
    for (auto at = whole_->matrix.start[place(column)]; at < whole_->matrix.start[place(column) + 1]; ++at) {
      const std::int32_t row = row_place_[place(whole_->matrix.row[static_cast<std::size_t>(at)])];
      if (row >= 0) builder.add_entry(RowId(row), made, whole_->matrix.value[static_cast<std::size_t>(at)]);
    }
  }
  auto names = std::make_shared<Names>();
  names->add_family("reduced", {});
  reduced_ = builder.build(whole_->name, names);
}

Reduction::Range Reduction::sides(std::int32_t row, const Patch& patch) const {
  const BoundChange* change = find_change(patch.rows, row);
  const double lower = change != nullptr ? change->lower : row_lower_[place(row)];
  const double upper = change != nullptr ? change->upper : row_upper_[place(row)];
  return {lower - shift_[place(row)], upper - shift_[place(row)]};
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
  if (range.lower > range.upper && range.lower <= range.upper + allowance(range.upper)) range.lower = range.upper;
  return range;
}

Patch Reduction::reduced(const Patch& patch) const {
  std::set<std::int32_t> columns;
  Patch made;
  for (const BoundChange& change : patch.columns) columns.insert(change.index);
  for (const BoundChange& change : patch.rows) {
    if (single_of_row_[place(change.index)] >= 0) columns.insert(single_of_row_[place(change.index)]);
    const std::int32_t row = row_place_[place(change.index)];
    const Range range = sides(change.index, patch);
    if (row >= 0) made.rows.push_back({row, range.lower, range.upper});
  }
  for (const std::int32_t column : columns) {
    const Range range = bounds(column, patch);
    made.columns.push_back({column_place_[place(column)], range.lower, range.upper});
  }
  return made;
}

std::vector<double> Reduction::whole_values(const std::vector<double>& value) const {
  std::vector<double> whole = fixed_;
  for (std::size_t at = 0; at < value.size(); ++at) whole[place(kept_columns_[at])] = value[at];
  return whole;
}

/// Columns that are gone come last, those that went last first: a row became single when all others of it were gone.
std::vector<double> Reduction::whole_duals(const Patch& patch, const std::vector<double>& row_dual) const {
  std::vector<double> whole(whole_->row_lower.size(), 0);
  for (std::size_t at = 0; at < row_dual.size(); ++at) whole[place(kept_rows_[at])] = row_dual[at];
  for (const std::int32_t column : kept_columns_) add_single_duals(column, patch, whole);
  for (auto column = fixed_order_.rbegin(); column != fixed_order_.rend(); ++column)
    add_single_duals(*column, patch, whole);
  return whole;
}

/// A reduced cost that the column's own bounds do not explain is the dual of the row that does.
void Reduction::add_single_duals(std::int32_t column, const Patch& patch, std::vector<double>& row_dual) const {
  if (singles_[place(column)].empty()) return;
  double reduced_cost = whole_->cost[place(column)];
  for (auto at = whole_->matrix.start[place(column)]; at < whole_->matrix.start[place(column) + 1]; ++at) {
    const auto entry = static_cast<std::size_t>(at);
    reduced_cost -= whole_->matrix.value[entry] * row_dual[place(whole_->matrix.row[entry])];
  }
  if (reduced_cost == 0) return;
  const Range own = own_bounds(column, patch);
  double tightest = reduced_cost > 0 ? own.lower : -own.upper;
  const Single* by = nullptr;
  for (const Single& single : singles_[place(column)]) {
    const Range range = implied(single, patch);
    const double bound = reduced_cost > 0 ? range.lower : -range.upper;
    if (bound <= tightest) continue;
    tightest = bound;
    by = &single;
  }
  if (by != nullptr) row_dual[place(by->row)] = reduced_cost / by->factor;
}

}  // namespace pinchpoint::optim
