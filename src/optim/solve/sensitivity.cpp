// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/sensitivity.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"

namespace pinchpoint::optim {

namespace {

/// room: how far the number may still go up; speed: what it goes up by per step.
void limit(StepRange& range, double room, double speed) {
  if (!std::isfinite(room)) return;
  const double step = std::max(0.0, room) / std::abs(speed);
  if (speed > 0) range.most = std::min(range.most, step);
  if (speed < 0) range.least = std::max(range.least, -step);
}

double largest(const std::vector<double>& numbers) {
  double most = 0;
  for (const double number : numbers) most = std::max(most, std::abs(number));
  return most;
}

}  // namespace

std::vector<double> column_rates(const Model& model, const std::vector<double>& weights,
                                 const std::vector<double>& row_rates) {
  ensure(weights.size() == model.cost.size() && row_rates.size() == model.row_lower.size(), "rates of another model");
  std::vector<double> rates = weights;
  for (std::size_t column = 0; column < rates.size(); ++column) {
    const auto end = static_cast<std::size_t>(model.matrix.start[column + 1]);
    for (auto at = static_cast<std::size_t>(model.matrix.start[column]); at < end; ++at) {
      rates[column] -= row_rates[static_cast<std::size_t>(model.matrix.row[at])] * model.matrix.value[at];
    }
  }
  return rates;
}

StepRange step_range(const Model& model, const Solution& solution, const std::vector<double>& shift,
                     const std::vector<double>& movement, double tolerance) {
  ensure(movement.size() == model.cost.size() && shift.size() == model.row_lower.size(), "a movement of another model");
  StepRange range;
  std::vector<double> activity(shift.size(), 0.0);
  const double least_move = tolerance * std::max(largest(movement), largest(shift));
  for (std::size_t column = 0; column < movement.size(); ++column) {
    const double speed = movement[column];
    if (std::abs(speed) <= least_move) continue;
    limit(range, model.upper[column] - solution.value[column], speed);
    limit(range, solution.value[column] - model.lower[column], -speed);
    const auto end = static_cast<std::size_t>(model.matrix.start[column + 1]);
    for (auto at = static_cast<std::size_t>(model.matrix.start[column]); at < end; ++at) {
      activity[static_cast<std::size_t>(model.matrix.row[at])] += model.matrix.value[at] * speed;
    }
  }
  for (std::size_t row = 0; row < activity.size(); ++row) {
    // Relative to the sides, which move themselves; on a side that binds nothing is left of it.
    const double speed = activity[row] - shift[row];
    if (std::abs(speed) <= std::max(least_move, tolerance * std::abs(shift[row]))) continue;
    limit(range, model.row_upper[row] - solution.activity[row], speed);
    limit(range, solution.activity[row] - model.row_lower[row], -speed);
  }
  return range;
}

}  // namespace pinchpoint::optim
