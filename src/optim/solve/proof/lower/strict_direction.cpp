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
constexpr double least_margin = 1e-5;
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

std::vector<Demand> find_demands(const Model& model, const MatrixView& matrix, const Multipliers& row_dual,
                                 const ImpliedBounds& box) {
  std::vector<Demand> demands;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const bool may_rise = box.upper[column] == infinity;
    const bool may_fall = box.lower[column] == -infinity;
    if (!may_rise && !may_fall) continue;
    if (!is_nearly_zero(model, matrix, row_dual, column)) continue;
    demands.push_back({column, static_cast<int>(may_rise) - static_cast<int>(may_fall)});
  }
  return demands;
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
  for (const Demand& demand : demands) {
    const RowId row = builder.add_row({}, demand.sign == 0 ? 0 : -infinity, 0);
    const double sign = demand.sign < 0 ? -1 : 1;
    for (const Entry& entry : matrix.column(demand.column)) {
      builder.add_entry(row, ColumnId(entry.index), sign * entry.value);
    }
    if (demand.sign != 0) builder.add_entry(row, margin, 1);
  }
  return builder.build("strict direction", nullptr);
}

}  // namespace

std::optional<std::vector<double>> find_strict_direction(const Model& model, const MatrixView& matrix,
                                                         const Multipliers& row_dual, const ImpliedBounds& box) {
  const std::vector<Demand> demands = find_demands(model, matrix, row_dual, box);
  if (demands.empty()) return std::nullopt;
  const Solution solution = solve(direction_problem(model, matrix, row_dual, demands),
                                  {.method = Method::simplex, .simplex_iteration_limit = most_iterations});
  if (solution.status != Status::optimal || solution.value.back() < least_margin) return std::nullopt;
  return std::vector<double>(solution.value.begin(), solution.value.end() - 1);
}

}  // namespace pinchpoint::optim
