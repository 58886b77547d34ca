// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/elimination_order.hpp"

#include <Eigen/OrderingMethods>
#include <Eigen/SparseCore>
#include <algorithm>

namespace pinchpoint::optim::interior {

std::vector<Index> elimination_order(const SymmetricPattern& pattern) {
  std::vector<Index> start(static_cast<std::size_t>(pattern.size) + 1, 1);
  start[0] = 0;
  const std::size_t pairs = pattern.first.size();
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    ++start[pattern.first[pair] + 1];
    ++start[pattern.second[pair] + 1];
  }
  for (Index at = 0; at < pattern.size; ++at) start[at + 1] += start[at];
  std::vector<Index> neighbour(2 * pairs + pattern.size);
  // Ascending in each list, as the library wants it: the smaller ones, itself (without it a place counts as dense), the
  // larger ones. Patterns in order need no sorting.
  std::vector<Index> next(start.begin(), start.end() - 1);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    const auto [low, high] = std::minmax(pattern.first[pair], pattern.second[pair]);
    neighbour[next[high]++] = low;
  }
  for (Index at = 0; at < pattern.size; ++at) neighbour[next[at]++] = at;
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    const auto [low, high] = std::minmax(pattern.first[pair], pattern.second[pair]);
    neighbour[next[low]++] = high;
  }
  for (Index at = 0; at < pattern.size; ++at) {
    const auto begin = neighbour.begin() + start[at];
    const auto end = neighbour.begin() + start[at + 1];
    if (!std::is_sorted(begin, end)) std::sort(begin, end);
  }
  // Values are not looked at; the library wants some.
  const std::vector<double> ones(neighbour.size(), 1.0);
  using Matrix = Eigen::SparseMatrix<double, Eigen::ColMajor, Index>;
  const Eigen::Map<const Matrix> whole(pattern.size, pattern.size, static_cast<Index>(neighbour.size()), start.data(),
                                       neighbour.data(), ones.data());
  Eigen::PermutationMatrix<Eigen::Dynamic, Eigen::Dynamic, Index> order;
  Eigen::AMDOrdering<Index>{}(Matrix(whole), order);
  const auto& places = order.indices();
  return {places.data(), places.data() + places.size()};
}

}  // namespace pinchpoint::optim::interior
