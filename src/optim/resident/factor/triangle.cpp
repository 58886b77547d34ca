// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/factor/triangle.hpp"

#include <cmath>

namespace pinchpoint::optim::resident {

namespace {

/// Share of places given from which on a sweep over all is cheaper than a search.
constexpr double dense_share = 0.1;
/// What is smaller is left by cancellation.
constexpr double smallest = 1e-14;

}  // namespace

Triangle::Triangle(Index size, std::span<const Triplet> entries, std::span<const double> diagonal, Order order)
    : size_(size), start_(static_cast<std::size_t>(size) + 1, 0), entries_(entries.size()), order_(order) {
  for (const Triplet& entry : entries) ++start_[entry.major + 1];
  for (Index at = 0; at < size; ++at) start_[at + 1] += start_[at];
  std::vector<Index> next(start_.begin(), start_.end() - 1);
  for (const Triplet& entry : entries) entries_[next[entry.major]++] = {entry.minor, entry.value};
  for (const double pivot : diagonal) inverse_diagonal_.push_back(1 / pivot);
}

void Triangle::solve(SparseVector& x, SearchSpace& space) const {
  if (static_cast<double>(x.index.size()) > dense_share * size_) return sweep(x);
  search(x, space);
  for (auto node = x.index.rbegin(); node != x.index.rend(); ++node) eliminate(*node, x.value);
}

void Triangle::eliminate(Index node, std::vector<double>& value) const {
  double known = value[node];
  if (std::abs(known) < smallest) {
    value[node] = 0;
    return;
  }
  if (!inverse_diagonal_.empty()) value[node] = known *= inverse_diagonal_[node];
  for (Index at = start_[node]; at < start_[node + 1]; ++at) value[entries_[at].index] -= entries_[at].value * known;
}

void Triangle::sweep(SparseVector& x) const {
  for (Index step = 0; step < size_; ++step) {
    const Index node = order_ == Order::ascending ? step : size_ - 1 - step;
    if (x.value[node] != 0) eliminate(node, x.value);
  }
  x.index.clear();
  for (Index node = 0; node < size_; ++node) {
    x.is_listed[node] = x.value[node] != 0 ? 1 : 0;
    if (x.is_listed[node]) x.index.push_back(node);
  }
}

/// Leaves in x.index all that can become nonzero, each after everything it has a part in.
void Triangle::search(SparseVector& x, SearchSpace& space) const {
  space.seeds.swap(x.index);
  x.index.clear();
  for (const Index seed : space.seeds) x.is_listed[seed] = 0;
  for (const Index seed : space.seeds) {
    if (x.is_listed[seed] || x.value[seed] == 0) continue;
    x.is_listed[seed] = 1;
    if (start_[seed] == start_[seed + 1])
      x.index.push_back(seed);
    else
      search_from(seed, x, space.stack);
  }
}

void Triangle::search_from(Index seed, SparseVector& x, std::vector<SearchFrame>& stack) const {
  SearchFrame top{seed, start_[seed], start_[seed + 1]};
  while (true) {
    Index child = -1;
    for (; top.next < top.end && child < 0; ++top.next) {
      const Index met = entries_[top.next].index;
      if (x.is_listed[met]) continue;
      x.is_listed[met] = 1;
      if (start_[met] == start_[met + 1])
        x.index.push_back(met);
      else
        child = met;
    }
    if (child >= 0) {
      stack.push_back(top);
      top = {child, start_[child], start_[child + 1]};
      continue;
    }
    x.index.push_back(top.node);
    if (stack.empty()) return;
    top = stack.back();
    stack.pop_back();
  }
}

}  // namespace pinchpoint::optim::resident
