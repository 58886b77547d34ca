// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/lower/strict_direction.hpp"

#include <algorithm>
#include <cmath>

#include "optim/solve/proof/residuals.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

namespace {

// Reduced costs below this share of their largest term may change sign by a step along z.
constexpr double nearly_zero = 1e-6;
// Demands are met by a margin of 1, or, with z as large as it may be, hardly at all.
constexpr double largest_direction = 1e6;
constexpr double met = 0.5;
constexpr std::int64_t most_iterations = 5'000;

/// What a column asks of z: A_j'z < 0 (sign 1), > 0 (sign -1), or = 0 (sign 0).
struct Demand {
  std::size_t column;
  int sign;
};

bool is_nearly_zero(const Model& model, const MatrixView& matrix, const Multipliers& row_dual, std::size_t column) {
  double size = std::abs(model.cost[column]);
  for (const Entry& entry : matrix.column(column)) {
    size = std::max(size, std::abs(entry.value * row_dual[static_cast<std::size_t>(entry.index)].main));
  }
  const Interval reduced_cost = reduced_cost_enclosure(model, matrix, row_dual, column);
  return std::min(std::abs(reduced_cost.lower), std::abs(reduced_cost.upper)) <= nearly_zero * size;
}

std::vector<Demand> find_demands(const Model& model, const MatrixView& matrix, const Multipliers& row_dual) {
  std::vector<Demand> demands;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const bool may_rise = model.upper[column] == infinity;
    const bool may_fall = model.lower[column] == -infinity;
    if (!may_rise && !may_fall) continue;
    if (!is_nearly_zero(model, matrix, row_dual, column)) continue;
    demands.push_back({column, static_cast<int>(may_rise) - static_cast<int>(may_fall)});
  }
  return demands;
}

/// Rows with one side whose multipliers are near 0.
std::vector<std::size_t> find_near_rows(const Model& model, const Multipliers& row_dual) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    const bool has_one_side = (model.row_lower[row] == -infinity) != (model.row_upper[row] == infinity);
    if (has_one_side && std::abs(row_dual[row].main) <= nearly_zero) rows.push_back(row);
  }
  return rows;
}

/// Columns: z by row, then how well each demand is met and how far each row near 0 gets away from it.
Model direction_problem(const Model& model, const MatrixView& matrix, const std::vector<Demand>& demands,
                        const std::vector<std::size_t>& near_rows) {
  ModelBuilder builder;
  for (std::size_t row = 0; row < model.row_lower.size(); ++row) {
    const bool has_sides = model.row_lower[row] > -infinity || model.row_upper[row] < infinity;
    builder.add_column({}, 0, has_sides ? -largest_direction : 0, has_sides ? largest_direction : 0);
  }
  for (const Demand& demand : demands) {
    const RowId row = builder.add_row({}, demand.sign == 0 ? 0 : -infinity, 0);
    const double sign = demand.sign < 0 ? -1 : 1;
    for (const Entry& entry : matrix.column(demand.column)) {
      builder.add_entry(row, ColumnId(entry.index), sign * entry.value);
    }
    builder.add_entry(row, builder.add_column({}, -1, 0, demand.sign == 0 ? 0 : 1), 1);
  }
  for (const std::size_t near : near_rows) {
    const RowId row = builder.add_row({}, -infinity, 0);
    builder.add_entry(row, ColumnId(static_cast<std::int32_t>(near)), model.row_lower[near] > -infinity ? -1 : 1);
    builder.add_entry(row, builder.add_column({}, -1, 0, 1), 1);
  }
  return builder.build("strict direction", nullptr);
}

}  // namespace

std::optional<StrictDirection> find_strict_direction(const Model& model, const MatrixView& matrix,
                                                     const Multipliers& row_dual) {
  const std::vector<Demand> demands = find_demands(model, matrix, row_dual);
  if (demands.empty()) return std::nullopt;
  const std::vector<std::size_t> near_rows = find_near_rows(model, row_dual);
  const Solution solution = solve(direction_problem(model, matrix, demands, near_rows),
                                  {.method = Method::simplex, .simplex_iteration_limit = most_iterations});
  if (solution.status != Status::optimal) return std::nullopt;
  const auto margins = solution.value.begin() + static_cast<std::ptrdiff_t>(row_dual.size());
  StrictDirection direction;
  direction.by_row.assign(solution.value.begin(), margins);
  double largest = 1;
  for (const double z : direction.by_row) largest = std::max(largest, std::abs(z));
  for (double& z : direction.by_row) z /= largest;
  auto margin = margins;
  for (const Demand& demand : demands) {
    if (*margin++ < met) direction.ray_columns.push_back(demand.column);
  }
  for (const std::size_t row : near_rows) {
    if (*margin++ < met) direction.ray_rows.push_back(row);
  }
  return direction;
}

}  // namespace pinchpoint::optim
