// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/elastic.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim {

namespace {

/// Adds a column with one entry to a model that is already assembled.
void append_column(Model& model, double cost, std::size_t row, double value) {
  model.cost.push_back(cost);
  model.lower.push_back(0);
  model.upper.push_back(infinity);
  model.is_integer.push_back(0);
  model.column_key.push_back({});
  model.matrix.row.push_back(static_cast<std::int32_t>(row));
  model.matrix.value.push_back(value);
  model.matrix.start.push_back(static_cast<std::int32_t>(model.matrix.value.size()));
}

/// What the solver may leave in a row of a scaled model: a hundred times its tolerance, less where the side is small.
double noise(double side) {
  constexpr double most = 1e-7, least = 2e-9, share = 1e-6;
  return side == 0 ? most : std::clamp(share * std::abs(side), least, most);
}

struct Slack {
  std::size_t row;
  double sign;  ///< +1 lifts the row's activity to its lower side, −1 lowers it to its upper side
};

}  // namespace

ElasticResult solve_elastic(const Model& model, const std::vector<double>& weights, const SolveOptions& options) {
  Model elastic = model;
  elastic.cost.assign(elastic.cost.size(), 0);
  elastic.offset = 0;
  std::vector<Slack> slacks;
  for (std::size_t row = 0; row < weights.size(); ++row) {
    if (weights[row] == 0) continue;
    for (const double sign : {1.0, -1.0}) {
      if (!std::isfinite(sign > 0 ? model.row_lower[row] : model.row_upper[row])) continue;
      append_column(elastic, weights[row], row, sign);
      slacks.push_back({row, sign});
    }
  }
  const Solution solution = solve(elastic, options);
  ElasticResult result;
  result.is_feasible = solution.status == Status::optimal;
  if (!result.is_feasible) return result;
  for (std::size_t at = 0; at < slacks.size(); ++at) {
    const double amount = solution.value[model.cost.size() + at];
    const auto& sides = slacks[at].sign > 0 ? model.row_lower : model.row_upper;
    if (amount <= noise(sides[slacks[at].row])) continue;
    result.relaxed.push_back({RowId(static_cast<std::int32_t>(slacks[at].row)), -slacks[at].sign * amount});
  }
  return result;
}

}  // namespace pinchpoint::optim
