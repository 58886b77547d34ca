// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/elimination.hpp"

#include <algorithm>
#include <numeric>

namespace pinchpoint::optim::interior {

namespace {

void permute(const SymmetricPattern& pattern, const std::vector<double>& value, Elimination& to) {
  std::vector<Index> step(to.order.size());
  for (Index at = 0; at < to.size; ++at) step[to.order[at]] = at;
  to.upper_start.assign(to.order.size() + 1, 0);
  for (std::size_t pair = 0; pair < value.size(); ++pair)
    ++to.upper_start[std::max(step[pattern.first[pair]], step[pattern.second[pair]]) + 1];
  for (Index at = 0; at < to.size; ++at) to.upper_start[at + 1] += to.upper_start[at];
  to.upper_row.resize(value.size());
  to.upper_value.resize(value.size());
  std::vector<Index> next(to.upper_start.begin(), to.upper_start.end() - 1);
  for (std::size_t pair = 0; pair < value.size(); ++pair) {
    const auto [before, after] = std::minmax(step[pattern.first[pair]], step[pattern.second[pair]]);
    const Index at = next[after]++;
    to.upper_row[at] = before;
    to.upper_value[at] = value[pair];
  }
}

/// False if there is more work than that.
bool grow_tree(Elimination& of, double most_work) {
  const auto size = static_cast<std::size_t>(of.size);
  of.parent.assign(size, -1);
  of.count.assign(size, 0);
  std::vector<Index> mark(size, -1);
  for (Index row = 0; row < of.size; ++row) {
    mark[row] = row;
    for (Index at = of.upper_start[row]; at < of.upper_start[row + 1]; ++at) {
      for (Index node = of.upper_row[at]; mark[node] != row; node = of.parent[node]) {
        if (of.parent[node] == -1) of.parent[node] = row;
        of.work += ++of.count[node];
        mark[node] = row;
      }
    }
    if (of.work > most_work) return false;
  }
  return true;
}

}  // namespace

std::optional<Elimination> Elimination::make(const SymmetricPattern& pattern, const std::vector<double>& value,
                                             double most_work) {
  Elimination made;
  made.size = pattern.size;
  made.order = elimination_order(pattern);
  permute(pattern, value, made);
  if (!grow_tree(made, most_work)) return std::nullopt;
  return made;
}

std::int64_t Elimination::entries() const { return std::accumulate(count.begin(), count.end(), std::int64_t{0}); }

}  // namespace pinchpoint::optim::interior
