// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/near_base.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim {

namespace {

/// How far outside, relative to a size; what is no number is nowhere.
double outside(double at, double lower, double upper, double size) {
  if (!std::isfinite(at)) return infinity;
  return std::max({lower - at, at - upper, 0.0}) / std::max(1.0, size);
}

}  // namespace

NearBase::NearBase(const Model& model, const ImpliedBounds& box, std::vector<double> value,
                   const std::vector<double>& row_dual)
    : model_(model),
      matrix_(model),
      box_(box),
      own_(box),
      value_(std::move(value)),
      columns_(model.cost.size()),
      rows_(model.row_lower.size()),
      patched_columns_(model.cost.size()),
      patched_rows_(model.row_lower.size()) {
  bound_.add(model.offset);
  cost_.add(model.offset);
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    const double lower = model.row_lower[row];
    const double upper = model.row_upper[row];
    dual_.push_back(allowed_dual(row_dual[row], lower, upper));
    bound_.add(least_term(dual_[row], dual_[row], lower, upper));
    row_.push_back(row_of(row, value_));
    violation_ = std::max(violation_, outside(row_[row].activity, lower, upper, row_[row].largest));
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    own_.lower[column] = std::max(box_.lower[column], model.lower[column]);
    own_.upper[column] = std::min(box_.upper[column], model.upper[column]);
    reduced_cost_.push_back(enclosed_reduced_cost(model, dual_, column));
    bound_.add(term(column, reduced_cost_[column]));
    const double x = value_[column];
    violation_ = std::max(violation_, outside(x, model.lower[column], model.upper[column], std::abs(x)));
    if (model.cost[column] != 0 && x != 0) cost_.add_product(model.cost[column], x);
  }
  now_dual_ = dual_;
  now_reduced_cost_ = reduced_cost_;
  moved_.resize(row_.size());
}

NearBase::Row NearBase::row_of(std::size_t row, const std::vector<double>& value) const {
  Row sum;
  for (const Entry& entry : matrix_.row(row)) {
    const double term = entry.value * value[static_cast<std::size_t>(entry.index)];
    sum.activity += term;
    sum.largest = std::max(sum.largest, std::abs(term));
  }
  return sum;
}

double NearBase::lower(const Patch& patch, const std::vector<double>& row_dual) {
  SafeSum sum = bound_;
  move_duals(row_dual, sum);
  add_patch(patch, sum);
  for (const std::int32_t row : rows_.list())
    now_dual_[static_cast<std::size_t>(row)] = dual_[static_cast<std::size_t>(row)];
  for (const std::int32_t column : columns_.list())
    now_reduced_cost_[static_cast<std::size_t>(column)] = reduced_cost_[static_cast<std::size_t>(column)];
  rows_.clear();
  columns_.clear();
  return std::isfinite(sum.value) ? sum.safe() : -infinity;
}

/// What other duals make of the bound of the model itself.
void NearBase::move_duals(const std::vector<double>& row_dual, SafeSum& sum) {
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    if (row_dual[row] == dual_[row]) continue;
    const double lower = model_.row_lower[row];
    const double upper = model_.row_upper[row];
    const double dual = allowed_dual(row_dual[row], lower, upper);
    if (dual == dual_[row]) continue;
    now_dual_[row] = dual;
    rows_.add(static_cast<std::int32_t>(row));
    sum.add(least_term(dual, dual, lower, upper));
    sum.add(-least_term(dual_[row], dual_[row], lower, upper));
    for (const Entry& entry : matrix_.row(row)) columns_.add(entry.index);
  }
  for (const std::int32_t at : columns_.list()) {
    const auto column = static_cast<std::size_t>(at);
    now_reduced_cost_[column] = enclosed_reduced_cost(model_, now_dual_, column);
    sum.add(term(column, now_reduced_cost_[column]));
    sum.add(-term(column, reduced_cost_[column]));
  }
}

void NearBase::add_patch(const Patch& patch, SafeSum& sum) const {
  for (const BoundChange& change : patch.columns) {
    const auto column = static_cast<std::size_t>(change.index);
    const Interval d = now_reduced_cost_[column];
    sum.add(least_term(d.lower, d.upper, std::max(change.lower, box_.lower[column]),
                       std::min(change.upper, box_.upper[column])));
    sum.add(-term(column, d));
  }
  for (const BoundChange& change : patch.rows) {
    const auto row = static_cast<std::size_t>(change.index);
    const double dual = now_dual_[row];
    sum.add(least_term(dual, dual, change.lower, change.upper));
    sum.add(-least_term(dual, dual, model_.row_lower[row], model_.row_upper[row]));
  }
}

void NearBase::mark(const Patch& patch) {
  for (const BoundChange& change : patch.columns) patched_columns_.add(change.index);
  for (const BoundChange& change : patch.rows) patched_rows_.add(change.index);
}

NearBase::Plan NearBase::plan(const Patch& patch, const std::vector<double>& value) {
  compare(value);
  mark(patch);
  const Plan plan{violation(patch, value), cost(value)};
  for (const std::int32_t row : rows_.list()) moved_[static_cast<std::size_t>(row)] = {};
  rows_.clear();
  moved_columns_.clear();
  patched_columns_.clear();
  patched_rows_.clear();
  return plan;
}

/// Lists the columns that differ, and what that moves in rows.
void NearBase::compare(const std::vector<double>& value) {
  for (std::size_t column = 0; column < value.size(); ++column) {
    const double move = value[column] - value_[column];
    if (move == 0) continue;
    moved_columns_.push_back(static_cast<std::int32_t>(column));
    for (const Entry& entry : matrix_.column(column)) {
      Move& row = moved_[static_cast<std::size_t>(entry.index)];
      const double term = entry.value * move;
      row.sum += term;
      row.sizes += std::abs(term);
      rows_.add(entry.index);
    }
  }
}

double NearBase::violation(const Patch& patch, const std::vector<double>& value) const {
  double worst = violation_;
  for (const std::int32_t at : moved_columns_) {
    const auto column = static_cast<std::size_t>(at);
    if (patched_columns_.has(column)) continue;
    const double x = value[column];
    worst = std::max(worst, outside(x, model_.lower[column], model_.upper[column], std::abs(x)));
  }
  for (const std::int32_t row : rows_.list()) {
    if (!patched_rows_.has(static_cast<std::size_t>(row)))
      worst = std::max(worst, row_violation(static_cast<std::size_t>(row), value));
  }
  for (const BoundChange& change : patch.columns) {
    const double x = value[static_cast<std::size_t>(change.index)];
    worst = std::max(worst, outside(x, change.lower, change.upper, std::abs(x)));
  }
  for (const BoundChange& change : patch.rows) {
    const Row sum = row_of(static_cast<std::size_t>(change.index), value);
    worst = std::max(worst, outside(sum.activity, change.lower, change.upper, sum.largest));
  }
  return worst;
}

/// By what the row moved, where that says enough: where it keeps its sides all but a little, and its terms are not so
/// large that rounding counts. Elsewhere summed anew.
double NearBase::row_violation(std::size_t row, const std::vector<double>& value) const {
  constexpr double little = 1e-11;
  constexpr double large = 1e4;
  const Row& base = row_[row];
  const Move& moved = moved_[row];
  if (base.largest + moved.sizes < large) {
    const double out = outside(base.activity + moved.sum, model_.row_lower[row], model_.row_upper[row], 1);
    if (out <= little) return out;
  }
  const Row sum = row_of(row, value);
  return outside(sum.activity, model_.row_lower[row], model_.row_upper[row], sum.largest);
}

double NearBase::cost(const std::vector<double>& value) const {
  ExactSum sum = cost_;
  for (const std::int32_t at : moved_columns_) {
    const auto column = static_cast<std::size_t>(at);
    const double cost = model_.cost[column];
    if (cost == 0) continue;
    sum.add_product(cost, value[column]);
    sum.add_product(-cost, value_[column]);
  }
  return sum.enclosure().upper;
}

}  // namespace pinchpoint::optim
