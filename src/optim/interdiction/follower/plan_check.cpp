// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/follower/plan_check.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim {

namespace {

double outside(double number, double lower, double upper) {
  const double below = std::isfinite(lower) ? (lower - number) / std::max(1.0, std::abs(lower)) : 0;
  const double above = std::isfinite(upper) ? (number - upper) / std::max(1.0, std::abs(upper)) : 0;
  return std::max({below, above, 0.0});
}

double largest_outside(std::span<const double> number, std::span<const double> lower, std::span<const double> upper,
                       const std::vector<BoundChange>& changes) {
  double largest = 0;
  for (std::size_t at = 0; at < number.size(); ++at) {
    if (std::isnan(number[at])) return infinity;
    largest = std::max(largest, outside(number[at], lower[at], upper[at]));
  }
  for (const BoundChange& change : changes) {
    largest = std::max(largest, outside(number[static_cast<std::size_t>(change.index)], change.lower, change.upper));
  }
  return largest;
}

}  // namespace

PlanCheck check_plan(const Model& model, const Patch& patch, std::span<const double> value) {
  std::vector<double> activity(model.row_lower.size(), 0.0);
  long double cost = model.offset;
  for (std::size_t column = 0; column < value.size(); ++column) {
    cost += static_cast<long double>(model.cost[column]) * value[column];
    if (value[column] == 0) continue;
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      activity[static_cast<std::size_t>(model.matrix.row[place])] += model.matrix.value[place] * value[column];
    }
  }
  const double by_rows = largest_outside(activity, model.row_lower, model.row_upper, patch.rows);
  const double by_columns = largest_outside(value, model.lower, model.upper, patch.columns);
  return {static_cast<double>(cost), std::max(by_rows, by_columns), std::move(activity)};
}

}  // namespace pinchpoint::optim
