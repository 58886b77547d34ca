// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/upper/solved_point.hpp"

#include <algorithm>
#include <cmath>

#include "optim/solve/proof/upper/equation_blocks.hpp"
#include "optim/solve/proof/upper/feasible_direction.hpp"

namespace pinchpoint::optim {

namespace {

// Steps off sides and bounds, smallest first: what a solver's point misses of its equality rows must be less.
constexpr double steps[] = {1e-12, 1e-11, 1e-9};
// Values this near a bound (scaled) are put on it.
constexpr double noise = 1e-10;
// The LP for a larger model may take as long as the solve that came before.
constexpr std::int64_t most_entries = 100'000;

std::vector<double> moved_into_bounds(const Model& model, std::vector<double> value) {
  for (std::size_t column = 0; column < value.size(); ++column) {
    double& number = value[column];
    if (!std::isfinite(number)) number = 0;
    if (model.is_integer[column] != 0) number = std::round(number);
    const double lower = model.lower[column];
    const double upper = model.upper[column];
    if (number <= lower + noise * std::max(1.0, std::abs(lower)))
      number = lower;
    else if (number >= upper - noise * std::max(1.0, std::abs(upper)))
      number = upper;
  }
  return value;
}

}  // namespace

RepairedPoint solve_equations(const Model& model, const MatrixView& matrix, const std::vector<double>& value) {
  const std::vector<double> start = moved_into_bounds(model, value);
  RepairedPoint point;
  if (model.nonzero_count() > most_entries) return point;
  const std::optional<FeasibleDirection> direction = find_feasible_direction(model, matrix, start);
  if (!direction) return point;
  for (const double step : steps) {
    std::vector<double> moved = start;
    for (std::size_t column = 0; column < moved.size(); ++column) moved[column] += step * direction->by_column[column];
    const std::vector<Block> blocks = order_equations(matrix, direction->is_equation, room_within_bounds(model, moved));
    point = prove_feasible(model, matrix, moved, blocks);
    if (point.is_proved) break;
  }
  return point;
}

}  // namespace pinchpoint::optim
