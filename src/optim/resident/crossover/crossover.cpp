// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/crossover/crossover.hpp"

#include <algorithm>
#include <cmath>

#include "optim/resident/crossover/pushes.hpp"
#include "optim/resident/problem.hpp"

namespace pinchpoint::optim {

using resident::Index;
using resident::Problem;
using resident::Pushes;

namespace {

constexpr double at_bound = 1e-11;

/// Of each pair of a distance and a price the smaller one is taken for nothing.
Pushes::Point complementary_point(const Problem& problem, const std::vector<double>& value,
                                  const std::vector<double>& row_dual) {
  Pushes::Point point;
  point.value = value;
  point.value.resize(static_cast<std::size_t>(problem.variables()), 0.0);
  point.price = problem.cost;
  for (Index column = 0; column < problem.columns; ++column) {
    for (Index at = problem.column_start[column]; at < problem.column_start[column + 1]; ++at) {
      const Problem::Entry& entry = problem.by_column[at];
      point.value[problem.columns + entry.index] += entry.value * value[column];
      point.price[column] -= entry.value * row_dual[entry.index];
    }
  }
  std::copy(row_dual.begin(), row_dual.end(), point.price.begin() + problem.columns);
  for (Index at = 0; at < problem.variables(); ++at) {
    const double lower = problem.lower[at], upper = problem.upper[at];
    double& x = point.value[at];
    double& price = point.price[at];
    x = std::clamp(x, lower, upper);
    if (lower == upper) continue;
    const bool is_low = x - lower <= upper - x;
    const double distance = is_low ? x - lower : upper - x;
    const double pull = is_low ? price : -price;
    if (distance <= std::max(pull, at_bound)) x = is_low ? lower : upper;
    if (distance > pull) price = 0;
  }
  return point;
}

}  // namespace

std::optional<BasisCode> cross_over(const Model& model, const std::vector<double>& value,
                                    const std::vector<double>& row_dual, const std::atomic<bool>* interrupt) {
  const Problem problem(model);
  return Pushes(problem, complementary_point(problem, value, row_dual)).run(interrupt);
}

}  // namespace pinchpoint::optim
