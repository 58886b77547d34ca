// SPDX-License-Identifier: Apache-2.0
// What surrounds the pivots: a patch on top of the start basis, and the checks at the end.
#include "optim/resident/engine.hpp"

#include <cmath>
#include <limits>

#include "core/base/ensure.hpp"

namespace pinchpoint::optim::resident {

namespace {

constexpr int most_rounds = 12;
// Residuals of rows and of basic reduced costs, by the largest change: what is larger is solved for once more.
constexpr double residual_tolerance = 1e-11;
// Of values, as long as it helps, where it is more than residual_tolerance itself: plans must keep rows to 1e-9.
constexpr double small_residual = 1e-13;
constexpr double reduced_cost_residual = 1e-11;
constexpr double smallest_entry = 1e-14;

}  // namespace

namespace {

/// Before anything is touched, so that a refused patch leaves nothing behind. False where bounds cross.
bool check_changes(const std::vector<BoundChange>& changes, Index count) {
  bool is_possible = true;
  for (const BoundChange& change : changes) {
    ensure(change.index >= 0 && change.index < count, "a patch for a column or row that is not there");
    ensure(!std::isnan(change.lower) && !std::isnan(change.upper), "a patch's bound is not a number");
    if (change.lower > change.upper) is_possible = false;
  }
  return is_possible;
}

}  // namespace

Engine::Engine(const Problem& problem, const BasisCode& code, Workspace& space, std::optional<LuFactor> factor)
    : problem_(problem),
      space_(space),
      tableau_(problem, code, space, std::move(factor)),
      is_patched_(static_cast<std::size_t>(problem.variables()), 0) {
  for (Index at = 0; at < problem.columns; ++at) values_.push_back(tableau_.start_value(at));
  for (Index at = problem.columns; at < problem.variables(); ++at)
    start_row_duals_.push_back(tableau_.reduced_cost(at));
  row_duals_ = start_row_duals_;
}

Outcome Engine::solve(const Patch& patch, const Limits& limits, const End* from) {
  const bool has_columns = check_changes(patch.columns, problem_.columns);
  const bool has_rows = check_changes(patch.rows, problem_.rows);
  roll_back();
  objective_ = infinity;
  if (!has_columns || !has_rows) return Outcome::infeasible;
  if (from != nullptr) bring_to(*from, patch);
  apply(patch);
  if (limits.is_only_solve) tableau_.start_with_framework();
  switch (run(limits)) {
    case Step::taken:
    case Step::optimal:
      publish_duals();
      publish_values();
      objective_ = true_objective();
      return Outcome::optimal;
    case Step::good_enough:
      objective_ = true_objective();
      return Outcome::good_enough;
    case Step::infeasible:
      return Outcome::infeasible;
    case Step::unbounded:
      objective_ = -infinity;
      return Outcome::unbounded;
    case Step::limit:
      objective_ = is_bound_ ? tracked_ : -infinity;
      return Outcome::limit;
    case Step::unstable:
      break;
  }
  objective_ = std::numeric_limits<double>::quiet_NaN();
  return Outcome::unstable;
}

void Engine::roll_back() {
  tableau_.roll_back();
  shifts_.clear();
  is_bound_ = true;
  tracked_ = tableau_.start_objective();
  stalled_ = 0;
  iterations_ = 0;
  take_values_back();
  for (const Index at : changed_rows_) row_duals_[at] = start_row_duals_[at];
  changed_rows_.clear();
}

/// Bounds that the end's patch changed and this one does not are those of the problem again.
void Engine::bring_to(const End& end, const Patch& patch) {
  tableau_.bring_to(end.tableau);
  tracked_ = end.objective;
  const auto mark = [&](std::uint8_t is_patched) {
    for (const BoundChange& change : patch.columns) is_patched_[change.index] = is_patched;
    for (const BoundChange& change : patch.rows) is_patched_[problem_.columns + change.index] = is_patched;
  };
  mark(1);
  for (const Snapshot::Moved& moved : end.tableau.variables) {
    const Index at = moved.at;
    const bool is_own = moved.variable.lower == problem_.lower[at] && moved.variable.upper == problem_.upper[at];
    if (!is_own && !is_patched_[at]) set_bounds(at, problem_.lower[at], problem_.upper[at]);
  }
  mark(0);
}

void Engine::apply(const Patch& patch) {
  for (const BoundChange& change : patch.columns) {
    set_bounds(change.index, change.lower, change.upper);
  }
  for (const BoundChange& change : patch.rows) {
    set_bounds(problem_.columns + change.index, change.lower, change.upper);
  }
  for (const Index at : tableau_.dual_infeasible()) {
    const Variable& variable = tableau_.variable(at);
    set_bounds(at, variable.lower, variable.upper);
  }
  move_basic();
}

void Engine::set_bounds(Index at, double lower, double upper) {
  const double before = tableau_.is_basic(at) ? 0 : tableau_.standing(at);
  tableau_.set_bounds(at, lower, upper);
  if (tableau_.is_basic(at)) return;
  tableau_.set_place(at, settle(at));
  const double moved = tableau_.standing(at) - before;
  if (moved == 0) return;
  tracked_ += tableau_.reduced_cost(at) * moved;
  problem_.add_column(at, moved, space_.by_row);
}

/// Where its reduced cost sends a variable; where there is no such bound, the cost is shifted away.
Place Engine::settle(Index at) {
  const Variable& variable = tableau_.variable(at);
  if (variable.lower == variable.upper) return Place::fixed;
  const bool has_lower = std::isfinite(variable.lower);
  const bool has_upper = std::isfinite(variable.upper);
  const double cost = tableau_.reduced_cost(at);
  const bool wants_lower = cost > dual_tolerance;
  const bool wants_upper = cost < -dual_tolerance;
  if ((wants_lower && !has_lower) || (wants_upper && !has_upper)) {
    shift(at, -cost);
  } else if (wants_lower || wants_upper) {
    return wants_lower ? Place::at_lower : Place::at_upper;
  }
  if (has_upper && (tableau_.place(at) == Place::at_upper || !has_lower)) return Place::at_upper;
  return has_lower ? Place::at_lower : Place::at_zero;
}

void Engine::shift(Index at, double amount) {
  shifts_.push_back({at, amount});
  tableau_.set_reduced_cost(at, tableau_.reduced_cost(at) + amount);
  if (std::abs(amount) > dual_tolerance) is_bound_ = false;
}

/// x_B −= B^-1 by_row, where by_row is what variables outside the basis moved.
void Engine::move_basic() {
  SparseVector& right = space_.by_row;
  if (right.index.empty()) return;
  tableau_.ftran(right);
  for (const Index at : right.index) tableau_.set_slot_value(at, tableau_.slot(at).value - right.value[at]);
  right.clear();
}

Engine::Step Engine::run(const Limits& limits) {
  for (int round = 0; round < most_rounds; ++round) {
    const Step dual = run_dual(limits);
    if (dual != Step::optimal) return dual;
    if (!refine_values()) return Step::unstable;
    if (tableau_.choose_row() >= 0) continue;
    if (is_good_enough(limits)) return Step::good_enough;
    remove_shifts();
    if (!refine_reduced_costs()) return Step::unstable;
    if (choose_column() < 0) return Step::optimal;
    const Step primal = run_primal(limits);
    if (primal != Step::optimal) return primal;
  }
  return Step::unstable;
}

/// A x − r of everything that moved, in by_row.
Engine::Residual Engine::value_residual() {
  SparseVector& residual = space_.by_row;
  double scale = 1;
  const auto add = [&](Index at, double value) {
    const double moved = value - tableau_.start_value(at);
    if (moved == 0) return;
    scale = std::max(scale, std::abs(moved));
    problem_.add_column(at, moved, residual);
  };
  for (const Index at : tableau_.touched_variables()) {
    if (!tableau_.is_basic(at)) add(at, tableau_.standing(at));
  }
  for (const Index at : tableau_.touched_slots()) {
    const Slot& slot = tableau_.slot(at);
    add(slot.variable, slot.value);
  }
  double largest = 0;
  for (const Index row : residual.index) largest = std::max(largest, std::abs(residual.value[row]));
  return {largest, scale};
}

bool Engine::refine_values() {
  double before = infinity;
  constexpr int passes = 5;
  for (int pass = 0; pass < passes; ++pass) {
    const auto [residual, scale] = value_residual();
    const bool is_stuck = residual > 0.5 * before || pass + 1 == passes;
    const double wanted = std::max(residual_tolerance, small_residual * scale);
    if (residual < wanted || (is_stuck && residual < residual_tolerance * scale)) {
      space_.by_row.clear();
      return true;
    }
    if (is_stuck && (tableau_.is_fresh() || !tableau_.refactorise())) break;
    before = is_stuck ? infinity : residual;
    move_basic();
  }
  space_.by_row.clear();
  return false;
}

void Engine::remove_shifts() {
  if (shifts_.empty()) return;
  SparseVector& costs = space_.unit;
  for (const auto& [at, amount] : shifts_) {
    if (tableau_.is_basic(at))
      costs.add(tableau_.variable(at).slot, -amount);
    else
      tableau_.set_reduced_cost(at, tableau_.reduced_cost(at) - amount);
  }
  shifts_.clear();
  change_basic_costs(costs);
}

/// The costs of basic variables grow by what is in `by_slot`; leaves it empty.
void Engine::change_basic_costs(SparseVector& by_slot) {
  tableau_.btran(by_slot);
  PriceRow& row = space_.row;
  tableau_.price(by_slot, row);
  for (const Index at : row.index) {
    if (!tableau_.is_basic(at)) tableau_.set_reduced_cost(at, tableau_.reduced_cost(at) - row.value[at]);
  }
  row.clear();
  by_slot.clear();
}

/// Row duals are the reduced costs of the rows' own variables, and those of columns outside the basis were updated with
/// the same numbers. What can drift apart is B'y = c_B: it is computed for every column that a changed dual meets, and
/// solved for once more where it is more than rounding.
bool Engine::refine_reduced_costs() {
  SparseVector& moved = space_.unit;
  PriceRow& row = space_.row;
  for (int pass = 0; pass < 3; ++pass) {
    double scale = 1;
    for (const Index at : tableau_.touched_costs()) {
      const double change = tableau_.reduced_cost(at) - tableau_.start_reduced_cost(at);
      if (at < problem_.columns || change == 0) continue;
      moved.add(at - problem_.columns, change);
      scale = std::max(scale, std::abs(change));
    }
    tableau_.price_basic(moved, row);
    moved.clear();
    double largest = 0;
    for (const Index at : row.index) {
      const double cost = tableau_.start_reduced_cost(at) - row.value[at];
      if (std::abs(cost) < smallest_entry) continue;
      moved.add(tableau_.variable(at).slot, cost);
      largest = std::max(largest, std::abs(cost));
    }
    row.clear();
    if (largest < reduced_cost_residual * scale) {
      moved.clear();
      return true;
    }
    change_basic_costs(moved);
  }
  return false;
}

double Engine::true_objective() const {
  double moved = 0;
  for (const Index at : changed_columns_) moved += problem_.cost[at] * (values_[at] - tableau_.start_value(at));
  return tableau_.start_objective() + moved;
}

/// True if the point costs little enough; its values are published then.
bool Engine::is_good_enough(const Limits& limits) {
  if (limits.enough == -infinity) return false;
  publish_values();
  if (true_objective() <= limits.enough) return true;
  take_values_back();
  return false;
}

void Engine::take_values_back() {
  for (const Index at : changed_columns_) values_[at] = tableau_.start_value(at);
  changed_columns_.clear();
}

void Engine::publish_duals() {
  for (const Index at : tableau_.touched_costs()) {
    const Index row = at - problem_.columns;
    if (row < 0 || tableau_.reduced_cost(at) == start_row_duals_[row]) continue;
    row_duals_[row] = tableau_.reduced_cost(at);
    changed_rows_.push_back(row);
  }
}

void Engine::publish_values() {
  for (const Index at : tableau_.touched_variables()) {
    if (!tableau_.is_basic(at)) publish_value(at, tableau_.standing(at));
  }
  for (const Index at : tableau_.touched_slots()) {
    const Slot& slot = tableau_.slot(at);
    publish_value(slot.variable, slot.value);
  }
}

void Engine::publish_value(Index variable, double value) {
  if (variable >= problem_.columns || value == tableau_.start_value(variable)) return;
  values_[variable] = value;
  changed_columns_.push_back(variable);
}

/// What starts there should not have to go through many exchanges in every solve with the basis.
End Engine::end() {
  constexpr std::size_t many_exchanges = 20;
  if (tableau_.exchange_count() > many_exchanges) tableau_.refactorise();
  return {tableau_.take(), objective_};
}

BasisCode Engine::basis() const {
  BasisCode code;
  for (Index at = 0; at < problem_.variables(); ++at) {
    constexpr std::uint8_t codes[] = {0, 2, 3, 0, 1};  // in the order of Place
    auto& part = at < problem_.columns ? code.column_basis : code.row_basis;
    part.push_back(codes[static_cast<int>(tableau_.place(at))]);
  }
  return code;
}

}  // namespace pinchpoint::optim::resident
