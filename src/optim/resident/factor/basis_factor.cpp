// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/factor/basis_factor.hpp"

#include <cmath>

#include "optim/resident/factor/elimination.hpp"

namespace pinchpoint::optim::resident {

namespace {

constexpr double smallest_entry = 1e-14;

std::vector<Index> inverse(const std::vector<Index>& permutation) {
  std::vector<Index> inverted(permutation.size());
  for (std::size_t at = 0; at < permutation.size(); ++at) inverted[permutation[at]] = static_cast<Index>(at);
  return inverted;
}

void transpose(std::vector<Triplet>& entries) {
  for (Triplet& entry : entries) std::swap(entry.major, entry.minor);
}

/// Moves what `from` holds to other places of `to`, which is empty; leaves `from` empty.
void carry(SparseVector& from, SparseVector& to, const std::vector<Index>& place) {
  for (const Index at : from.index) {
    const double value = from.value[at];
    from.value[at] = 0;
    from.is_listed[at] = 0;
    if (std::abs(value) < smallest_entry) continue;
    const Index there = place[at];
    to.value[there] = value;
    to.is_listed[there] = 1;
    to.index.push_back(there);
  }
  from.index.clear();
}

}  // namespace

std::optional<LuFactor> LuFactor::make(Index size, std::span<const Triplet> entries) {
  Elimination done = eliminate(size, entries);
  if (static_cast<Index>(done.pivot.size()) < size) return std::nullopt;
  LuFactor factor;
  factor.row_of_step_ = std::move(done.pivot_row);
  factor.place_of_step_ = std::move(done.pivot_column);
  factor.step_of_row_ = inverse(factor.row_of_step_);
  factor.step_of_place_ = inverse(factor.place_of_step_);
  using Order = Triangle::Order;
  for (Triplet& entry : done.lower) entry.minor = factor.step_of_row_[entry.minor];
  factor.lower_ = Triangle(size, done.lower, {}, Order::ascending);
  transpose(done.lower);
  factor.lower_transposed_ = Triangle(size, done.lower, {}, Order::descending);
  for (Triplet& entry : done.upper) entry.minor = factor.step_of_place_[entry.minor];
  factor.upper_transposed_ = Triangle(size, done.upper, done.pivot, Order::ascending);
  transpose(done.upper);
  factor.upper_ = Triangle(size, done.upper, done.pivot, Order::descending);
  return factor;
}

void LuFactor::solve(SparseVector& right, SparseVector& work, SearchSpace& space) const {
  carry(right, work, step_of_row_);
  lower_.solve(work, space);
  upper_.solve(work, space);
  carry(work, right, place_of_step_);
}

void LuFactor::solve_transposed(SparseVector& right, SparseVector& work, SearchSpace& space) const {
  carry(right, work, step_of_place_);
  upper_transposed_.solve(work, space);
  lower_transposed_.solve(work, space);
  carry(work, right, row_of_step_);
}

void ProductForm::append(Index place, const SparseVector& column) {
  places_.push_back(place);
  pivots_.push_back(column.value[place]);
  for (const Index at : column.index) {
    if (at != place && column.value[at] != 0) entries_.push_back({at, column.value[at]});
  }
  ends_.push_back(entries_.size());
}

void ProductForm::apply(SparseVector& by_place) const {
  std::size_t begin = 0;
  for (std::size_t update = 0; update < places_.size(); ++update) {
    double& pivot = by_place.value[places_[update]];
    if (pivot != 0) {
      pivot /= pivots_[update];
      const double known = pivot;
      for (std::size_t at = begin; at < ends_[update]; ++at)
        by_place.add(entries_[at].place, -known * entries_[at].value);
    }
    begin = ends_[update];
  }
}

void ProductForm::apply_transposed(SparseVector& by_place) const {
  for (std::size_t update = places_.size(); update-- > 0;) {
    const std::size_t begin = update == 0 ? 0 : ends_[update - 1];
    double sum = 0;
    for (std::size_t at = begin; at < ends_[update]; ++at)
      sum += entries_[at].value * by_place.value[entries_[at].place];
    const double before = by_place.value[places_[update]];
    if (sum == 0 && before == 0) continue;
    by_place.add(places_[update], 0);
    by_place.value[places_[update]] = (before - sum) / pivots_[update];
  }
}

void ProductForm::clear() {
  places_.clear();
  pivots_.clear();
  ends_.clear();
  entries_.clear();
}

}  // namespace pinchpoint::optim::resident
