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
  made_.places.push_back(place);
  made_.pivots.push_back(column.value[place]);
  for (const Index at : column.index) {
    if (at != place && column.value[at] != 0) made_.entries.push_back({at, column.value[at]});
  }
  made_.ends.push_back(made_.entries.size());
  link(count() - 1);
}

void ProductForm::link(std::size_t update) {
  before_update_.push_back(latest_[made_.places[update]]);
  for (std::size_t at = links_.size(); at < made_.ends[update]; ++at) {
    Index& latest = latest_[made_.entries[at].place];
    links_.push_back({static_cast<Index>(update), latest});
    latest = static_cast<Index>(at);
  }
}

void ProductForm::restore(const Exchanges& exchanges) {
  made_ = exchanges;
  for (std::size_t update = 0; update < count(); ++update) link(update);
}

void ProductForm::apply(SparseVector& by_place) const {
  std::size_t begin = 0;
  for (std::size_t update = 0; update < count(); ++update) {
    double& pivot = by_place.value[made_.places[update]];
    if (pivot != 0) {
      pivot /= made_.pivots[update];
      const double known = pivot;
      for (std::size_t at = begin; at < made_.ends[update]; ++at)
        by_place.add(made_.entries[at].place, -known * made_.entries[at].value);
    }
    begin = made_.ends[update];
  }
}

/// What x gains at a place, in the products of the updates that have an entry there.
void ProductForm::spread(Index latest, double amount) {
  for (Index at = latest; at != none; at = links_[at].before)
    sums_[links_[at].update] += made_.entries[at].value * amount;
}

/// An update changes x at its place alone. Where x is sparse, most updates do not meet it: only those entries are
/// looked at that stand where x is not zero.
void ProductForm::apply_transposed(SparseVector& by_place) {
  constexpr std::size_t dense_share = 10;
  if (count() == 0) return;
  if (by_place.index.size() > by_place.value.size() / dense_share) return apply_by_columns(by_place);
  sums_.assign(count(), 0);
  for (const Index at : by_place.index) {
    if (by_place.value[at] != 0) spread(latest_[at], by_place.value[at]);
  }
  for (std::size_t update = count(); update-- > 0;) {
    const Index place = made_.places[update];
    const double before = by_place.value[place];
    if (sums_[update] == 0 && before == 0) continue;
    const double now = (before - sums_[update]) / made_.pivots[update];
    set(by_place, place, now);
    spread(before_update_[update], now - before);
  }
}

void ProductForm::apply_by_columns(SparseVector& by_place) const {
  for (std::size_t update = count(); update-- > 0;) {
    const std::size_t begin = update == 0 ? 0 : made_.ends[update - 1];
    double sum = 0;
    for (std::size_t at = begin; at < made_.ends[update]; ++at)
      sum += made_.entries[at].value * by_place.value[made_.entries[at].place];
    const double before = by_place.value[made_.places[update]];
    if (sum == 0 && before == 0) continue;
    set(by_place, made_.places[update], (before - sum) / made_.pivots[update]);
  }
}

void ProductForm::set(SparseVector& by_place, Index place, double value) {
  by_place.add(place, 0);
  by_place.value[place] = value;
}

void ProductForm::clear() {
  for (const Exchanges::Entry& entry : made_.entries) latest_[entry.place] = none;
  made_.places.clear();
  made_.pivots.clear();
  made_.ends.clear();
  made_.entries.clear();
  links_.clear();
  before_update_.clear();
}

}  // namespace pinchpoint::optim::resident
