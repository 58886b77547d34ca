// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/follower/dual_gains.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pinchpoint::optim {

namespace {

// Duals smaller than this are the solver's rounding.
constexpr double dual_tolerance = 1e-9;

double least_term(double dual, double lower, double upper) {
  if (std::abs(dual) <= dual_tolerance) return 0;
  return dual > 0 ? dual * lower : dual * upper;
}

double change_of_terms(const std::vector<BoundChange>& changes, std::span<const double> lower,
                       std::span<const double> upper, std::span<const double> dual) {
  double sum = 0;
  for (const BoundChange& change : changes) {
    const auto at = static_cast<std::size_t>(change.index);
    const double before = least_term(dual[at], lower[at], upper[at]);
    const double after = least_term(dual[at], std::max(lower[at], change.lower), std::min(upper[at], change.upper));
    if (after != before) sum += after - before;
  }
  return sum;
}

std::vector<std::int32_t> take_in_order(std::span<const Target> targets, const std::vector<std::int32_t>& order,
                                        double cost_limit) {
  std::vector<std::int32_t> taken;
  for (const std::int32_t target : order) {
    const double cost = targets[static_cast<std::size_t>(target)].cost;
    if (cost > cost_limit) continue;
    cost_limit -= cost;
    taken.push_back(target);
  }
  std::sort(taken.begin(), taken.end());
  return taken;
}

double sum_of(std::span<const double> gain, const std::vector<std::int32_t>& set) {
  return std::accumulate(set.begin(), set.end(), 0.0,
                         [&](double sum, std::int32_t target) { return sum + gain[static_cast<std::size_t>(target)]; });
}

}  // namespace

DualGains dual_gains(const Model& model, std::span<const Target> targets, const Patch& patch,
                     const Solution& solution) {
  DualGains gains;
  gains.gain.reserve(targets.size());
  const auto change = [&](const Patch& of) {
    return change_of_terms(of.columns, model.lower, model.upper, solution.reduced_cost) +
           change_of_terms(of.rows, model.row_lower, model.row_upper, solution.row_dual);
  };
  for (const Target& target : targets) gains.gain.push_back(std::max(0.0, change(target.patch)));
  gains.at_nothing = solution.objective - change(patch);
  return gains;
}

std::vector<std::int32_t> richest_set(std::span<const Target> targets, std::span<const double> gain,
                                      double cost_limit) {
  std::vector<std::int32_t> order;
  for (std::size_t at = 0; at < gain.size(); ++at) {
    if (gain[at] > 0) order.push_back(static_cast<std::int32_t>(at));
  }
  const auto value = [&](std::int32_t target) { return gain[static_cast<std::size_t>(target)]; };
  const auto rate = [&](std::int32_t target) { return value(target) / targets[static_cast<std::size_t>(target)].cost; };
  std::stable_sort(order.begin(), order.end(), [&](auto one, auto other) { return value(one) > value(other); });
  std::vector<std::int32_t> by_value = take_in_order(targets, order, cost_limit);
  std::stable_sort(order.begin(), order.end(), [&](auto one, auto other) { return rate(one) > rate(other); });
  std::vector<std::int32_t> by_rate = take_in_order(targets, order, cost_limit);
  return sum_of(gain, by_value) >= sum_of(gain, by_rate) ? by_value : by_rate;
}

}  // namespace pinchpoint::optim
