// SPDX-License-Identifier: Apache-2.0
// Primal simplex method, for the few pivots that are left once shifted costs are put back.
#include <cmath>

#include "optim/resident/engine.hpp"

namespace pinchpoint::optim::resident {

namespace {

constexpr double smallest_pivot = 1e-9;

}  // namespace

Engine::Step Engine::run_primal(const Limits& limits) {
  is_bound_ = false;
  while (true) {
    if (tableau_.wants_refactorisation() && recover() == Step::unstable) return Step::unstable;
    const Index entering = choose_column();
    if (entering < 0) return Step::optimal;
    if (iterations_ >= limits.iterations) return Step::limit;
    const Step step = primal_step(entering);
    space_.row.clear();
    space_.unit.clear();
    space_.column.clear();
    if (step != Step::taken) return step;
  }
}

Index Engine::choose_column() const {
  Index best = -1;
  double largest = dual_tolerance;
  for (const auto* list : {&tableau_.touched_costs(), &tableau_.touched_variables()}) {
    for (const Index at : *list) {
      if (!tableau_.is_wrong(at, largest)) continue;
      best = at;
      largest = std::abs(tableau_.reduced_cost(at));
    }
  }
  return best;
}

Engine::Step Engine::primal_step(Index entering) {
  problem_.add_column(entering, 1, space_.column);
  tableau_.ftran(space_.column);
  const Variable& comes = tableau_.variable(entering);
  const double cost = tableau_.reduced_cost(entering);
  const double direction = cost < 0 ? 1 : -1;
  const Block block = find_block(direction);
  const double range = tableau_.place(entering) == Place::at_zero ? infinity : comes.upper - comes.lower;
  if (block.slot < 0 && !std::isfinite(range)) return Step::unbounded;
  if (range <= block.step) {
    candidates_.assign(1, {entering, 0, 0, range});
    flip(1);
    ++iterations_;
    return Step::taken;
  }
  compute_row(block.slot);
  const Slot& leaving = tableau_.slot(block.slot);
  const bool goes_down = direction * space_.column.value[block.slot] > 0;
  const Place place = leaving.lower == leaving.upper ? Place::fixed : goes_down ? Place::at_lower : Place::at_upper;
  const double step = cost / space_.column.value[block.slot];
  tableau_.set_reduced_cost(leaving.variable, -step);
  for (const Index at : space_.row.index) {
    if (!tableau_.is_basic(at)) tableau_.set_reduced_cost(at, tableau_.reduced_cost(at) - step * space_.row.value[at]);
  }
  exchange(block.slot, entering, direction * block.step, place);
  return Step::taken;
}

/// Harris's ratio test: among the slots that block within the tolerance, the one with the largest pivot.
Engine::Block Engine::find_block(double direction) const {
  const auto room = [&](Index at) {  // to the bound that the slot moves towards
    const Slot& slot = tableau_.slot(at);
    return direction * space_.column.value[at] > 0 ? slot.value - slot.lower : slot.upper - slot.value;
  };
  double farthest = infinity;
  for (const Index at : space_.column.index) {
    const double pivot = std::abs(space_.column.value[at]);
    if (pivot >= smallest_pivot) farthest = std::min(farthest, (room(at) + primal_tolerance) / pivot);
  }
  Block block;
  double largest = 0;
  for (const Index at : space_.column.index) {
    const double pivot = std::abs(space_.column.value[at]);
    if (pivot < smallest_pivot || pivot <= largest || room(at) > farthest * pivot) continue;
    if (!std::isfinite(farthest)) break;
    largest = pivot;
    block = {at, std::max(room(at), 0.0) / pivot};
  }
  return block;
}

}  // namespace pinchpoint::optim::resident
