// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/tableau.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"

namespace pinchpoint::optim::resident {

namespace {

// Exchanges between two factors: the more rows a factor takes, the more are worth carrying along.
constexpr Index rows_per_update = 10;
constexpr Index least_updates = 100, most_updates = 250;
constexpr double least_weight = 1e-4;
// With weights from norms, before a framework takes over: of 163 removals from the world that take 150 pivots and more,
// 159 thousand pivots without one, 141, 136, 142, 139, 144 thousand with one after 150, 200, 300, 400, 600. From the
// basis of all rows, whose norms are a framework's, never: a small process network took 36 ms instead of 28.
constexpr int exchanges_by_norm = 200;
constexpr std::uint8_t basic_code = 1, upper_code = 2;

double squared(const SparseVector& vector) {
  double sum = 0;
  for (const Index at : vector.index) sum += vector.value[at] * vector.value[at];
  return sum;
}

Place place_of(std::uint8_t code, double lower, double upper) {
  if (code == basic_code) return Place::basic;
  if (lower == upper) return Place::fixed;
  const bool has_lower = std::isfinite(lower);
  const bool has_upper = std::isfinite(upper);
  if (has_upper && (code == upper_code || !has_lower)) return Place::at_upper;
  return has_lower ? Place::at_lower : Place::at_zero;
}

}  // namespace

std::optional<LuFactor> factor_of(const Problem& problem, const BasisCode& code) {
  if (static_cast<Index>(code.column_basis.size()) != problem.columns ||
      static_cast<Index>(code.row_basis.size()) != problem.rows)
    return std::nullopt;
  std::vector<Index> basic;
  for (Index at = 0; at < problem.variables(); ++at) {
    if ((at < problem.columns ? code.column_basis[at] : code.row_basis[at - problem.columns]) == basic_code)
      basic.push_back(at);
  }
  if (static_cast<Index>(basic.size()) != problem.rows) return std::nullopt;
  return LuFactor::make(problem.rows, problem.entries_of(basic));
}

Tableau::Tableau(const Problem& problem, const BasisCode& code, Workspace& space, std::optional<LuFactor> factor)
    : problem_(problem),
      space_(space),
      variables_(static_cast<std::size_t>(problem.variables())),
      places_(variables_.size()),
      reduced_costs_(problem.cost),
      is_cost_touched_(variables_.size(), 0),
      updates_(problem.rows) {
  place_all(code);
  part_rows();
  start_factor_ = factor ? std::move(factor) : make_factor();
  ensure(start_factor_.has_value(), "the basis is singular");
  compute_values();
  compute_reduced_costs();
  excess_.resize(slots_.size());
  for (Index at = 0; at < problem.rows; ++at) list_if_infeasible(at, slots_[at]);
  is_of_rows_ = std::ranges::all_of(slots_, [&](const Slot& slot) { return slot.variable >= problem.columns; });
  weights_.assign(slots_.size(), is_of_rows_ ? 1 : 0);
  start_weights_ = weights_;
  start_variables_ = variables_;
  start_places_ = places_;
  start_reduced_costs_ = reduced_costs_;
  start_slots_ = slots_;
  for (Index at = 0; at < problem.variables(); ++at) start_values_.push_back(value(at));
  start_infeasible_ = infeasible_;
}

void Tableau::place_all(const BasisCode& code) {
  ensure(static_cast<Index>(code.column_basis.size()) == problem_.columns &&
             static_cast<Index>(code.row_basis.size()) == problem_.rows,
         "a basis of another LP");
  for (Index at = 0; at < problem_.variables(); ++at) {
    Variable& variable = variables_[at];
    variable.lower = problem_.lower[at];
    variable.upper = problem_.upper[at];
    const auto of_variable = at < problem_.columns ? code.column_basis[at] : code.row_basis[at - problem_.columns];
    places_[at] = place_of(of_variable, variable.lower, variable.upper);
    if (!is_basic(at)) continue;
    variable.slot = static_cast<Index>(slots_.size());
    slots_.push_back({.lower = variable.lower, .upper = variable.upper, .variable = at});
  }
  ensure(static_cast<Index>(slots_.size()) == problem_.rows, "a basis has one variable a row");
}

void Tableau::part_rows() {
  for (Index row = 0; row < problem_.rows; ++row) {
    for (Index at = problem_.row_start[row]; at < problem_.row_start[row + 1]; ++at) {
      const Problem::Entry& entry = problem_.by_row[at];
      (is_basic(entry.index) ? inside_ : outside_).entries.push_back(entry);
    }
    for (Rows* rows : {&inside_, &outside_}) rows->start.push_back(static_cast<Index>(rows->entries.size()));
  }
}

std::optional<LuFactor> Tableau::make_factor() const {
  std::vector<Index> basic;
  for (const Slot& slot : slots_) basic.push_back(slot.variable);
  return LuFactor::make(problem_.rows, problem_.entries_of(basic));
}

/// B x_B = −N x_N, and once more for what is left of it.
void Tableau::compute_values() {
  SparseVector& right = space_.by_row;
  for (int pass = 0; pass < 2; ++pass) {
    for (Index at = 0; at < problem_.variables(); ++at) {
      if (value(at) != 0) problem_.add_column(at, -value(at), right);
    }
    ftran(right);
    for (const Index at : right.index) slots_[at].value += right.value[at];
    right.clear();
  }
  start_objective_ = problem_.offset;
  for (Index at = 0; at < problem_.columns; ++at) start_objective_ += problem_.cost[at] * value(at);
}

/// d = c − [A −I]'y with B'y = c_B, and once more for what is left of it.
void Tableau::compute_reduced_costs() {
  SparseVector& duals = space_.unit;
  for (int pass = 0; pass < 2; ++pass) {
    for (Index at = 0; at < problem_.rows; ++at) {
      const double cost = reduced_costs_[slots_[at].variable];
      if (cost != 0) duals.add(at, cost);
    }
    btran(duals);
    price(duals, space_.row);
    for (const Index at : space_.row.index) reduced_costs_[at] -= space_.row.value[at];
    duals.clear();
    space_.row.clear();
  }
  for (Index at = 0; at < problem_.variables(); ++at) {
    if (is_basic(at)) reduced_costs_[at] = 0;
    if (is_wrong(at, dual_tolerance)) dual_infeasible_.push_back(at);
  }
}

bool Tableau::is_wrong(Index variable, double tolerance) const {
  const double cost = reduced_costs_[variable];
  switch (places_[variable]) {
    case Place::at_lower:
      return cost < -tolerance;
    case Place::at_upper:
      return cost > tolerance;
    case Place::at_zero:
      return std::abs(cost) > tolerance;
    case Place::fixed:
    case Place::basic:
      break;
  }
  return false;
}

void Tableau::roll_back() {
  for (const Index at : touched_variables_) {
    variables_[at] = start_variables_[at];
    places_[at] = start_places_[at];
  }
  for (const Index at : touched_costs_) {
    reduced_costs_[at] = start_reduced_costs_[at];
    is_cost_touched_[at] = 0;
  }
  for (const Index at : touched_slots_) {
    slots_[at] = start_slots_[at];
    weights_[at] = start_weights_[at];
    excess_[at] = slots_[at].infeasibility() * slots_[at].infeasibility();
  }
  touched_variables_.clear();
  touched_costs_.clear();
  touched_slots_.clear();
  left_.clear();
  infeasible_ = start_infeasible_;
  updates_.clear();
  later_factor_.reset();
  exchanges_ = 0;
  has_framework_ = false;
}

Snapshot Tableau::take() const {
  Snapshot snapshot;
  for (const Index at : touched_variables_) snapshot.variables.push_back({at, places_[at], variables_[at]});
  for (const Index at : touched_costs_) snapshot.costs.emplace_back(at, reduced_costs_[at]);
  for (const Index at : touched_slots_) snapshot.slots.push_back({at, slots_[at], weights_[at]});
  snapshot.left = left_;
  snapshot.factor = later_factor_;
  snapshot.updates = updates_.exchanges();
  return snapshot;
}

void Tableau::bring_to(const Snapshot& snapshot) {
  for (const auto& [at, place, variable] : snapshot.variables) {
    touch(at) = variable;
    places_[at] = place;
  }
  for (const auto& [at, cost] : snapshot.costs) set_reduced_cost(at, cost);
  for (const auto& [at, slot, weight] : snapshot.slots) {
    Slot& changed = touch_slot(at);
    const bool is_listed = changed.is_listed;
    changed = slot;
    changed.is_listed = is_listed;
    weights_[at] = weight == 0 ? start_weights_[at] : weight;
    list_if_infeasible(at, changed);
  }
  left_ = snapshot.left;
  later_factor_ = snapshot.factor;
  updates_.restore(snapshot.updates);
}

Index Tableau::choose_row() {
  constexpr double above_rounding = 1 - 1e-14;
  Index best = -1;
  double best_rate = 0;
  std::size_t kept = 0;
  for (const Index at : infeasible_) {
    const double excess = excess_[at];
    if (excess == 0) {
      touch_slot(at).is_listed = false;
      continue;
    }
    infeasible_[kept++] = at;
    const double weight_here = weight(at);
    if (excess < above_rounding * best_rate * weight_here) continue;
    const double rate = excess / weight_here;
    if (rate > best_rate || (rate == best_rate && at < best)) {
      best_rate = rate;
      best = at;
    }
  }
  infeasible_.resize(kept);
  return best;
}

void Tableau::ftran(SparseVector& right) {
  (later_factor_ ? *later_factor_ : *start_factor_).solve(right, space_.steps, space_.space);
  updates_.apply(right);
}

void Tableau::btran(SparseVector& right) {
  updates_.apply_transposed(right);
  (later_factor_ ? *later_factor_ : *start_factor_).solve_transposed(right, space_.steps, space_.space);
}

void Tableau::price(const SparseVector& by_row, PriceRow& by_variable) const {
  for (const Index row : by_row.index) problem_.add_row(row, by_row.value[row], by_variable);
}

void Tableau::price_outside(const SparseVector& by_row, PriceRow& by_variable) const {
  for (const Index row : by_row.index) {
    const double factor = by_row.value[row];
    for (Index at = outside_.start[row]; at < outside_.start[row + 1]; ++at)
      by_variable.add(outside_.entries[at].index, factor * outside_.entries[at].value);
    if (!is_basic(problem_.columns + row)) by_variable.add(problem_.columns + row, -factor);
  }
  for (const Index variable : left_) {
    if (is_basic(variable)) continue;
    const double sum = problem_.times_column(variable, by_row);
    if (sum != 0) by_variable.add(variable, sum);
  }
}

void Tableau::price_basic(const SparseVector& by_row, PriceRow& by_variable) const {
  for (const Index row : by_row.index) {
    for (Index at = inside_.start[row]; at < inside_.start[row + 1]; ++at) {
      if (is_basic(inside_.entries[at].index))
        by_variable.add(inside_.entries[at].index, by_row.value[row] * inside_.entries[at].value);
    }
  }
  for (const Index at : touched_variables_) {
    if (at < problem_.columns && is_basic(at) && start_places_[at] != Place::basic)
      by_variable.add(at, problem_.times_column(at, by_row));
  }
}

/// A weight that no exchange has changed yet is that of the start basis; it is computed when first asked for.
double Tableau::start_weight(Index at) {
  SparseVector& unit = space_.start_unit;
  unit.add(at, 1);
  start_factor_->solve_transposed(unit, space_.steps, space_.space);
  weights_[at] = start_weights_[at] = std::max(squared(unit), least_weight);
  unit.clear();
  return weights_[at];
}

void Tableau::exchange(Index slot, Index entering, double value, Place place, const SparseVector& column) {
  const Index leaving = slots_[slot].variable;
  set_place(leaving, place);
  Variable& leaves = touch(leaving);
  leaves.slot = -1;
  if (leaving < problem_.columns && start_places_[leaving] == Place::basic && !leaves.has_left) {
    leaves.has_left = true;
    left_.push_back(leaving);
  }
  set_place(entering, Place::basic);
  set_reduced_cost(entering, 0);
  Variable& comes = touch(entering);
  comes.slot = slot;
  Slot& changed = touch_slot(slot);
  changed.variable = entering;
  set_slot_bounds(slot, comes.lower, comes.upper);
  set_slot_value(slot, value);
  updates_.append(slot, column);
}

void Tableau::update_weights(Index slot, const SparseVector& column, const SparseVector& unit, const PriceRow& row) {
  if (++exchanges_ == exchanges_by_norm && !has_framework_) start_with_framework();
  const double own = has_framework_ ? squared_in_framework(slot, row) : squared(unit);
  const double pivot = column.value[slot];
  for (const Index at : column.index) {
    if (at == slot || column.value[at] == 0) continue;
    const double ratio = column.value[at] / pivot;
    const double grown = ratio * ratio * own;
    if (grown > weight(at)) set_weight(at, grown);
  }
  weight(slot);
  set_weight(slot, std::max(own / (pivot * pivot), has_framework_ ? 1 : least_weight));
}

void Tableau::set_weight(Index slot, double weight) {
  if (has_framework_) {
    in_framework_[slot] = weight;
    return;
  }
  touch_slot(slot);
  weights_[slot] = weight;
}

void Tableau::start_with_framework() {
  if (is_of_rows_) return;
  has_framework_ = true;
  in_framework_.assign(slots_.size(), 1);
  is_referenced_.assign(variables_.size(), 0);
  for (const Slot& slot : slots_) is_referenced_[slot.variable] = 1;
}

/// Of the row of B^-1 A at the slot, what the framework has of it.
double Tableau::squared_in_framework(Index slot, const PriceRow& row) const {
  double sum = is_referenced_[slots_[slot].variable];
  for (const Index at : row.index) {
    if (is_referenced_[at] != 0 && !is_basic(at)) sum += row.value[at] * row.value[at];
  }
  return sum;
}

bool Tableau::refactorise() {
  std::optional<LuFactor> factor = make_factor();
  if (!factor) return false;
  later_factor_ = std::make_shared<const LuFactor>(std::move(*factor));
  updates_.clear();
  return true;
}

bool Tableau::wants_refactorisation() const {
  const std::size_t entries = (later_factor_ ? *later_factor_ : *start_factor_).entry_count();
  const Index allowed = std::clamp(problem_.rows / rows_per_update, least_updates, most_updates);
  return updates_.count() >= static_cast<std::size_t>(allowed) ||
         updates_.entry_count() > 2 * (entries + static_cast<std::size_t>(problem_.rows));
}

}  // namespace pinchpoint::optim::resident
