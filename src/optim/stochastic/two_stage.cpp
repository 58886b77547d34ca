// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/two_stage.hpp"

#include <algorithm>
#include <numeric>

namespace pinchpoint::optim {

namespace {

double conditional_value(double level, std::span<const double> costs, std::span<const double> probabilities) {
  std::vector<std::size_t> order(costs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return costs[a] > costs[b]; });
  const double tail = 1 - level;
  double left = tail;
  double sum = 0;
  double last = 0;
  for (const std::size_t at : order) {
    if (probabilities[at] <= 0) continue;
    const double part = std::min(left, probabilities[at]);
    last = costs[at];
    if (part > 0) sum += part * last;
    left -= part;
    if (left <= 0) break;
  }
  // Probabilities add up to 1 but for rounding: what is missing is worth as much as the mildest.
  return (sum + std::max(0.0, left) * last) / tail;
}

}  // namespace

double risk_of(const Risk& risk, std::span<const double> costs, std::span<const double> probabilities) {
  double mean = 0;
  for (std::size_t at = 0; at < costs.size(); ++at) {
    if (probabilities[at] > 0) mean += probabilities[at] * costs[at];
  }
  if (risk.weight == 0 || risk.level <= 0) return mean;
  return (1 - risk.weight) * mean + risk.weight * conditional_value(risk.level, costs, probabilities);
}

const std::vector<double>& first_cost_of(const TwoStageProblem& problem, const Future& future) {
  if (future.recourse < 0) return problem.first.cost;
  const Recourse& recourse = problem.recourses[static_cast<std::size_t>(future.recourse)];
  return recourse.first_cost.empty() ? problem.first.cost : recourse.first_cost;
}

std::vector<Link> links_of(const TwoStageProblem& problem, const Future& future) {
  if (future.recourse < 0) return {};
  std::vector<Link> links = problem.recourses[static_cast<std::size_t>(future.recourse)].links;
  links.insert(links.end(), future.links.begin(), future.links.end());
  std::stable_sort(links.begin(), links.end(),
                   [](const Link& a, const Link& b) { return a.row != b.row ? a.row < b.row : a.column < b.column; });
  std::vector<Link> merged;
  for (const Link& link : links) {
    if (!merged.empty() && merged.back().row == link.row && merged.back().column == link.column) {
      merged.back().value += link.value;
    } else {
      merged.push_back(link);
    }
  }
  return merged;
}

TwoStageProblem alone(const TwoStageProblem& problem, std::size_t future) {
  TwoStageProblem one{problem.first, {}, {problem.futures[future]}};
  one.futures.front().probability = 1;
  std::int32_t& recourse = one.futures.front().recourse;
  if (recourse < 0) return one;
  one.recourses.push_back(problem.recourses[static_cast<std::size_t>(recourse)]);
  recourse = 0;
  return one;
}

}  // namespace pinchpoint::optim
