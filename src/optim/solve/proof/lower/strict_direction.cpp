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
// Least strictness that is more than the solver's tolerance.
constexpr double least_margin = 1e-7;
// Where z may be this large, every margin there can be is 1.
constexpr double far = 1e6;
constexpr double is_met = 0.5;

/// Networks took one to two iterations a demand.
SolveOptions options_for(std::size_t demands) {
  SolveOptions options;
  options.method = Method::simplex;
  options.simplex_iteration_limit = std::min<std::int64_t>(5'000 + 3 * static_cast<std::int64_t>(demands), 100'000);
  return options;
}

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
std::vector<std::size_t> find_idle_rows(const Model& model, const Multipliers& row_dual) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    const bool has_one_side = (model.row_lower[row] == -infinity) != (model.row_upper[row] == infinity);
    if (has_one_side && std::abs(row_dual[row].main) <= nearly_zero) rows.push_back(row);
  }
  return rows;
}

/// Adds the row  A_j'z + margin ≤ 0, of the other sign or as an equation without margin, as demanded.
void add_demand(ModelBuilder& builder, const MatrixView& matrix, const Demand& demand, ColumnId margin) {
  const RowId row = builder.add_row({}, demand.sign == 0 ? 0 : -infinity, 0);
  const double sign = demand.sign < 0 ? -1 : 1;
  for (const Entry& entry : matrix.column(demand.column)) {
    builder.add_entry(row, ColumnId(entry.index), sign * entry.value);
  }
  if (demand.sign != 0) builder.add_entry(row, margin, 1);
}

/// Columns: z by row, then the margin by which all demands are met, which is made as large as may be.
Model direction_problem(const Model& model, const MatrixView& matrix, const Multipliers& row_dual,
                        const std::vector<Demand>& demands) {
  ModelBuilder builder;
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    const bool may_change_sign = std::abs(row_dual[row].main) > nearly_zero;
    const bool may_fall = may_change_sign || model.row_upper[row] < infinity;
    const bool may_rise = may_change_sign || model.row_lower[row] > -infinity;
    builder.add_column({}, 0, may_fall ? -1 : 0, may_rise ? 1 : 0);
  }
  const ColumnId margin = builder.add_column({}, -1, 0, 1);
  for (const Demand& demand : demands) add_demand(builder, matrix, demand, margin);
  return builder.build("strict direction", nullptr);
}

/// Columns: z by row, then a margin for each demand and for each idle row, whose sum is made as large as may be.
Model ray_problem(const Model& model, const MatrixView& matrix, const std::vector<Demand>& demands,
                  const std::vector<std::size_t>& idle_rows) {
  ModelBuilder builder;
  for (std::size_t row = 0; row < model.row_lower.size(); ++row) {
    const bool has_sides = model.row_lower[row] > -infinity || model.row_upper[row] < infinity;
    builder.add_column({}, 0, has_sides ? -far : 0, has_sides ? far : 0);
  }
  for (const Demand& demand : demands) {
    add_demand(builder, matrix, demand, builder.add_column({}, -1, 0, demand.sign == 0 ? 0 : 1));
  }
  for (const std::size_t idle : idle_rows) {
    const RowId row = builder.add_row({}, -infinity, 0);
    builder.add_entry(row, ColumnId(static_cast<std::int32_t>(idle)), model.row_lower[idle] > -infinity ? -1 : 1);
    builder.add_entry(row, builder.add_column({}, -1, 0, 1), 1);
  }
  return builder.build("rays", nullptr);
}

}  // namespace

std::optional<std::vector<double>> find_strict_direction(const Model& model, const MatrixView& matrix,
                                                         const Multipliers& row_dual) {
  const std::vector<Demand> demands = find_demands(model, matrix, row_dual);
  if (demands.empty()) return std::nullopt;
  const Solution solution = solve(direction_problem(model, matrix, row_dual, demands), options_for(demands.size()));
  if (solution.status != Status::optimal || solution.value.back() < least_margin) return std::nullopt;
  return std::vector<double>(solution.value.begin(), solution.value.end() - 1);
}

std::optional<Rays> find_rays(const Model& model, const MatrixView& matrix, const Multipliers& row_dual) {
  const std::vector<Demand> demands = find_demands(model, matrix, row_dual);
  if (demands.empty()) return std::nullopt;
  const std::vector<std::size_t> idle_rows = find_idle_rows(model, row_dual);
  const Solution solution = solve(ray_problem(model, matrix, demands, idle_rows), options_for(demands.size()));
  if (solution.status != Status::optimal) return std::nullopt;
  auto margin = solution.value.begin() + static_cast<std::ptrdiff_t>(row_dual.size());
  Rays rays;
  for (const Demand& demand : demands) {
    if (*margin++ < is_met) rays.columns.push_back(demand.column);
  }
  for (const std::size_t row : idle_rows) {
    if (*margin++ < is_met) rays.rows.push_back(row);
  }
  return rays;
}

}  // namespace pinchpoint::optim
