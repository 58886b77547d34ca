// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/compare/internal/parts.hpp"

namespace pinchpoint::compare {

namespace {

/// Capacity by span in which it comes on line.
struct Steps {
  std::map<std::size_t, double> capacity;
  double total = 0, capex = 0;
  std::string unit;
};

std::map<Ids, Steps> steps_of(const RunData& run, const std::vector<Span>& spans) {
  std::map<Ids, Steps> all;
  for (const Order& order : run.orders) {
    const std::size_t span = span_of(spans, order.on_line);
    if (span == spans.size()) continue;
    Steps& steps = all[order.asset];
    steps.capacity[span] += order.capacity;
    steps.total += order.capacity;
    steps.capex += order.capex;
    steps.unit = order.unit;
  }
  return all;
}

/// Mean, over the capacity both build, of the months by which the n-th unit of the second comes after the n-th of the
/// first.
double mean_delay(const std::vector<Span>& spans, const Steps& first, const Steps& second) {
  const double both = std::min(first.total, second.total);
  if (!(both > 0)) return 0;
  auto left = first.capacity.begin(), right = second.capacity.begin();
  double left_rest = left->second, right_rest = right->second, rest = both, sum = 0;
  while (rest > 0) {
    const double step = std::min({left_rest, right_rest, rest});
    sum += step * (spans[right->first].begin.months - spans[left->first].begin.months);
    rest -= step;
    left_rest -= step;
    right_rest -= step;
    // At the end of either list what is left of `rest` is rounding.
    if (left_rest <= 0 && ++left == first.capacity.end()) break;
    if (right_rest <= 0 && ++right == second.capacity.end()) break;
    if (left_rest <= 0) left_rest = left->second;
    if (right_rest <= 0) right_rest = right->second;
  }
  return sum / both;
}

bool is_changed(const Steps& first, const Steps& second) {
  const double size = std::max(first.total, second.total);
  std::map<std::size_t, double> steps = second.capacity;
  for (const auto& [span, capacity] : first.capacity) steps[span] -= capacity;
  return std::any_of(steps.begin(), steps.end(),
                     [&](const auto& step) { return std::abs(step.second) > tolerance * size; });
}

BuildChange compare_build(const Pair& pair, const Ids& key, const Steps& first, const Steps& second) {
  BuildChange change;
  change.key = key;
  change.name = pair.speaker.asset(key);
  change.unit = first.unit.empty() ? second.unit : first.unit;
  change.first_capacity = first.total;
  change.second_capacity = second.total;
  change.first_capex = first.capex;
  change.second_capex = second.capex;
  if (!first.capacity.empty()) change.first_on_line = first.capacity.begin()->first;
  if (!second.capacity.empty()) change.second_on_line = second.capacity.begin()->first;
  if (change.first_on_line && change.second_on_line) {
    change.delay_months =
        pair.spans[*change.second_on_line].begin.months - pair.spans[*change.first_on_line].begin.months;
    change.mean_delay_months = mean_delay(pair.spans, first, second);
  }
  return change;
}

/// Money that moves: more or less of it, or the same at another time.
double money_moved(const BuildChange& change) {
  const double later = std::min(change.first_capex, change.second_capex) * std::abs(change.mean_delay_months) / 12;
  return std::abs(change.second_capex - change.first_capex) + later;
}

}  // namespace

std::vector<BuildChange> compare_builds(const Pair& pair) {
  static const Steps nothing;
  const std::map<Ids, Steps> first = steps_of(pair.first, pair.spans), second = steps_of(pair.second, pair.spans);
  std::map<Ids, std::pair<const Steps*, const Steps*>> all;
  for (const auto& [key, steps] : first) all[key] = {&steps, &nothing};
  for (const auto& [key, steps] : second) {
    const auto [place, is_new] = all.try_emplace(key, &nothing, &steps);
    if (!is_new) place->second.second = &steps;
  }
  std::vector<BuildChange> changes;
  for (const auto& [key, both] : all) {
    if (is_changed(*both.first, *both.second)) changes.push_back(compare_build(pair, key, *both.first, *both.second));
  }
  std::stable_sort(changes.begin(), changes.end(), [](const BuildChange& left, const BuildChange& right) {
    return money_moved(left) > money_moved(right);
  });
  return changes;
}

}  // namespace pinchpoint::compare
