// SPDX-License-Identifier: Apache-2.0
// Dual simplex method with bound flips. Source: Koberstein 2005, Maros 2003.
#include <cmath>

#include "optim/resident/engine.hpp"

namespace pinchpoint::optim::resident {

namespace {

constexpr double smallest_pivot = 1e-9;
constexpr double safe_pivot = 1e-7;  // below it, only with a fresh factor
constexpr double pivot_agreement = 1e-7;
constexpr double smallest_entry = 1e-14;
constexpr int patience = 40;  // pivots without progress, before costs are shifted
constexpr double tie_shift = 1e-7;

}  // namespace

Engine::Step Engine::run_dual(const Limits& limits) {
  while (true) {
    if (tableau_.wants_refactorisation() && recover() == Step::unstable) return Step::unstable;
    const Index slot = tableau_.choose_row();
    if (slot < 0) return Step::optimal;
    if (iterations_ >= limits.iterations || (is_bound_ && tracked_ >= limits.target)) return Step::limit;
    const Step step = dual_step(slot);
    space_.row.clear();
    space_.unit.clear();
    space_.column.clear();
    if (step != Step::taken) return step;
  }
}

Engine::Step Engine::dual_step(Index slot) {
  const double amount = tableau_.slot(slot).infeasibility();
  compute_row(slot);
  collect_candidates(amount < 0 ? -1 : 1);
  if (stalled_ > patience) shift_ties();
  const RatioChoice choice = test_ratios(candidates_, std::abs(amount));
  if (choice.variable < 0) return is_infeasible_row(slot) ? Step::infeasible : recover();
  if (!compute_column(choice.variable, slot)) return recover();
  flip(choice.flips);
  const Slot& leaving = tableau_.slot(slot);
  const double bound = amount < 0 ? leaving.lower : leaving.upper;
  const double step = (leaving.value - bound) / space_.column.value[slot];
  const Place place = leaving.lower == leaving.upper ? Place::fixed : amount < 0 ? Place::at_lower : Place::at_upper;
  update_reduced_costs(choice.variable, slot);
  exchange(slot, choice.variable, step, place);
  return Step::taken;
}

void Engine::compute_row(Index slot) {
  space_.unit.add(slot, 1);
  tableau_.btran(space_.unit);
  tableau_.price_outside(space_.unit, space_.row);
}

/// sign: 1 where the leaving variable comes down to its upper bound.
void Engine::collect_candidates(double sign) {
  candidates_.clear();
  constexpr double directions[] = {1, -1, 0, 0, 0};  // in the order of Place
  for (const Index at : space_.row.index) {
    const Place place = tableau_.place(at);
    const double direction = directions[static_cast<int>(place)];
    const double entry = direction * sign * space_.row.value[at];
    if (entry >= smallest_pivot) {
      const Variable& variable = tableau_.variable(at);
      candidates_.push_back({at, direction * tableau_.reduced_cost(at), entry, variable.upper - variable.lower});
    } else if (place == Place::at_zero && std::abs(space_.row.value[at]) >= smallest_pivot) {
      candidates_.push_back({at, 0, std::abs(space_.row.value[at]), infinity});
    }
  }
}

/// Costs of candidates at zero are moved off it, each by another amount, so that the dual objective must grow.
void Engine::shift_ties() {
  for (Candidate& candidate : candidates_) {
    const Place place = tableau_.place(candidate.variable);
    if (candidate.cost >= dual_tolerance || place == Place::at_zero) continue;
    const double amount = tie_shift * (1 + scattered(candidate.variable));
    shift(candidate.variable, place == Place::at_lower ? amount : -amount);
    candidate.cost += amount;
  }
}

/// Says 0 = x_slot + Σ row_j x_j that no point within the bounds is on it?
bool Engine::is_infeasible_row(Index slot) const {
  double least = tableau_.slot(slot).lower;
  double most = tableau_.slot(slot).upper;
  for (const Index at : space_.row.index) {
    const Variable& variable = tableau_.variable(at);
    const double entry = space_.row.value[at];
    if (tableau_.is_basic(at) || std::abs(entry) < smallest_entry) continue;
    const double one = entry * variable.lower;
    const double other = entry * variable.upper;
    // What is too small for a pivot is rounding: it moves nothing to infinity.
    const bool is_rounding = std::abs(entry) < smallest_pivot;
    if (!is_rounding || std::isfinite(std::min(one, other))) least += std::min(one, other);
    if (!is_rounding || std::isfinite(std::max(one, other))) most += std::max(one, other);
  }
  return least > primal_tolerance || most < -primal_tolerance;
}

/// False where the pivot, computed by column, is not what the row says.
bool Engine::compute_column(Index entering, Index slot) {
  problem_.add_column(entering, 1, space_.column);
  tableau_.ftran(space_.column);
  const double by_column = space_.column.value[slot];
  const double by_row = space_.row.value[entering];
  const double size = std::min(std::abs(by_column), std::abs(by_row));
  if (std::abs(by_column - by_row) > pivot_agreement * size) return false;
  return size >= (tableau_.is_fresh() ? smallest_pivot : safe_pivot);
}

void Engine::flip(std::size_t count) {
  for (std::size_t at = 0; at < count; ++at) {
    const Index flipped = candidates_[at].variable;
    const double before = tableau_.standing(flipped);
    tableau_.set_place(flipped, tableau_.place(flipped) == Place::at_lower ? Place::at_upper : Place::at_lower);
    const double moved = tableau_.standing(flipped) - before;
    tracked_ += tableau_.reduced_cost(flipped) * moved;
    problem_.add_column(flipped, moved, space_.by_row);
  }
  move_basic();
}

void Engine::update_reduced_costs(Index entering, Index slot) {
  // Harris's test may take one whose cost is past zero by the tolerance.
  if (tableau_.is_wrong(entering, 0)) shift(entering, -tableau_.reduced_cost(entering));
  const double step = tableau_.reduced_cost(entering) / space_.column.value[slot];
  stalled_ = std::abs(step) < smallest_entry ? stalled_ + 1 : 0;
  tableau_.set_reduced_cost(tableau_.slot(slot).variable, -step);
  if (step == 0) return;
  for (const Index at : space_.row.index) {
    const double entry = space_.row.value[at];
    if (std::abs(entry) < smallest_entry || tableau_.is_basic(at)) continue;
    tableau_.set_reduced_cost(at, tableau_.reduced_cost(at) - step * entry);
  }
}

/// The variable that enters moves by `step`; what leaves comes to stand at `place`.
void Engine::exchange(Index slot, Index entering, double step, Place place) {
  const SparseVector& column = space_.column;
  tracked_ -= tableau_.reduced_cost(tableau_.slot(slot).variable) * column.value[slot] * step;
  for (const Index at : column.index) {
    if (at != slot && column.value[at] != 0)
      tableau_.set_slot_value(at, tableau_.slot(at).value - step * column.value[at]);
  }
  tableau_.update_weights(slot, column, space_.unit, space_.row);
  const double value = tableau_.standing(entering) + step;
  tableau_.exchange(slot, entering, value, place, column);
  ++iterations_;
}

/// Factors the basis anew and solves for its values. Unstable where that was done already.
Engine::Step Engine::recover() {
  space_.by_row.clear();
  if (tableau_.is_fresh() || !tableau_.refactorise()) return Step::unstable;
  return refine_values() ? Step::taken : Step::unstable;
}

}  // namespace pinchpoint::optim::resident
