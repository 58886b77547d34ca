// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/cuts/clusters.hpp"

#include <algorithm>
#include <cmath>

#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::optim {

namespace {

// As in dual_cuts.cpp: a size that stands in for a bound, and a share of the constant too small to matter.
constexpr double assumed_size = 1e6;
constexpr double negligible = 1e-12;

/// The slope that makes a cut weaker, never stronger; what it may be wrong by is added to `missed`.
double weaker(const Model& first, std::size_t column, Interval slope, double size, double& missed, bool& is_proved) {
  if (slope.lower == slope.upper) return slope.lower;
  if (first.lower[column] >= 0) return slope.lower;
  if (first.upper[column] <= 0) return slope.upper;
  is_proved = is_proved && std::isfinite(size);
  missed = add_up(missed, next_up((slope.upper - slope.lower) * (std::isfinite(size) ? size : assumed_size)));
  return slope.lower;
}

}  // namespace

double Clusters::factor(std::size_t cluster) const { return std::ldexp(1.0, -exponent[cluster]); }

Clusters clusters_of(const TwoStageProblem& problem, const std::vector<double>& cost, std::size_t count) {
  std::vector<std::size_t> order;
  for (std::size_t at = 0; at < problem.futures.size(); ++at) {
    if (problem.futures[at].recourse >= 0 && problem.futures[at].probability > 0) order.push_back(at);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return cost[a] < cost[b]; });
  count = std::min(count, order.size());
  Clusters clusters;
  for (std::size_t at = 0; at < count; ++at) {
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(at * order.size() / count);
    const auto end = order.begin() + static_cast<std::ptrdiff_t>((at + 1) * order.size() / count);
    clusters.members.emplace_back(begin, end);
    double sum = 0;
    for (const std::size_t future : clusters.members.back()) sum += problem.futures[future].probability;
    clusters.exponent.push_back(-1 - std::ilogb(sum));
  }
  return clusters;
}

Cut sum_of(const TwoStageProblem& problem, const Clusters& clusters, std::size_t cluster, const std::vector<Cut>& cuts,
           const std::vector<double>& first_size) {
  Cut sum;
  ExactSum constant;
  std::vector<ExactSum> slope(problem.first.cost.size());
  std::vector<std::uint8_t> is_met(slope.size(), 0);
  for (const std::size_t future : clusters.members[cluster]) {
    const Cut& cut = cuts[future];
    if (cut.constant == -infinity) return sum;
    const double weight = std::ldexp(problem.futures[future].probability, clusters.exponent[cluster]);
    constant.add_product(weight, cut.constant);
    sum.is_proved = sum.is_proved && cut.is_proved;
    for (const auto& [column, factor] : cut.slope) {
      slope[static_cast<std::size_t>(column)].add_product(weight, factor);
      is_met[static_cast<std::size_t>(column)] = 1;
    }
  }
  const double least = constant.enclosure().lower;
  double missed = 0;
  for (std::size_t column = 0; column < slope.size(); ++column) {
    if (is_met[column] == 0) continue;
    const double value =
        weaker(problem.first, column, slope[column].enclosure(), first_size[column], missed, sum.is_proved);
    const double most = std::abs(value) * first_size[column];
    if (value == 0) continue;
    if (most <= negligible * std::abs(least))
      missed = add_up(missed, next_up(most));
    else
      sum.slope.emplace_back(static_cast<std::int32_t>(column), value);
  }
  sum.constant = missed == 0 ? least : add_down(least, -missed);
  return sum;
}

Cut floor_cut(const TwoStageProblem& problem, const Future& future, double floor) {
  Cut cut;
  if (floor == -infinity) return cut;
  cut.constant = add_down(floor, -problem.first.offset);
  const std::vector<double>& cost = first_cost_of(problem, future);
  for (std::size_t column = 0; column < cost.size(); ++column) {
    if (cost[column] != 0) cut.slope.emplace_back(static_cast<std::int32_t>(column), -cost[column]);
  }
  return cut;
}

}  // namespace pinchpoint::optim
