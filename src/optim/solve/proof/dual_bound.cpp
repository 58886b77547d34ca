// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/dual_bound.hpp"

#include "optim/solve/proof/bound_propagation.hpp"
#include "optim/solve/proof/interval.hpp"
#include "optim/solve/proof/repair.hpp"

namespace pinchpoint::optim {

namespace {

// A bound this near the cutoff is not worth improving.
constexpr double close_enough = 1e-10;

using Multipliers = std::vector<Interval>;

Multipliers to_intervals(const std::vector<double>& numbers) {
  Multipliers intervals;
  intervals.reserve(numbers.size());
  for (const double number : numbers) intervals.push_back({number, number});
  return intervals;
}

double bound_over_box(const Model& model, const MatrixView& matrix, const Multipliers& row_dual,
                      const ImpliedBounds& box) {
  ExactSum bound;
  bound.add(model.offset);
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    const double term = least_product(row_dual[row], model.row_lower[row], model.row_upper[row]);
    if (term == -infinity) return -infinity;
    bound.add(term);
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    IntervalSum reduced_cost;
    reduced_cost.add(model.cost[column]);
    for (const Entry& entry : matrix.column(column)) {
      reduced_cost.add_product(-entry.value, row_dual[static_cast<std::size_t>(entry.index)]);
    }
    const double term = least_product(reduced_cost.enclosure(), box.lower[column], box.upper[column]);
    if (term == -infinity) return -infinity;
    bound.add(term);
  }
  return bound.enclosure().lower;
}

/// The conditions on y under which no column makes the bound infinite: y within the signs its row allows, and
/// A_j'y ≤ cost_j where the column has no upper bound, ≥ where it has no lower one.
Model dual_conditions(const Model& model, const MatrixView& matrix) {
  ModelBuilder builder;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    builder.add_row({}, model.lower[column] == -infinity ? model.cost[column] : -infinity,
                    model.upper[column] == infinity ? model.cost[column] : infinity);
  }
  for (std::size_t row = 0; row < model.row_lower.size(); ++row) {
    const ColumnId multiplier = builder.add_column({}, 0, model.row_upper[row] == infinity ? 0 : -infinity,
                                                   model.row_lower[row] == -infinity ? 0 : infinity);
    for (const Entry& entry : matrix.row(row)) builder.add_entry(RowId(entry.index), multiplier, entry.value);
  }
  return builder.build("dual conditions", nullptr);
}

/// Multipliers near the given ones that keep those conditions, as far as repair() can.
Multipliers repaired_multipliers(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual) {
  const Model conditions = dual_conditions(model, matrix);
  return repair(conditions, MatrixView(conditions), row_dual).enclosure;
}

}  // namespace

std::vector<double> with_right_signs(const Model& model, std::vector<double> row_dual) {
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    double& dual = row_dual[row];
    if (!std::isfinite(dual)) dual = 0;
    if ((dual > 0 && model.row_lower[row] == -infinity) || (dual < 0 && model.row_upper[row] == infinity)) dual = 0;
  }
  return row_dual;
}

bool proves_positive(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual) {
  const std::vector<double> dual = with_right_signs(model, row_dual);
  const ImpliedBounds box{model.lower, model.upper};
  if (bound_over_box(model, matrix, to_intervals(dual), box) > 0) return true;
  const Multipliers repaired = repaired_multipliers(model, matrix, dual);
  if (bound_over_box(model, matrix, repaired, box) > 0) return true;
  return bound_over_box(model, matrix, repaired, propagate_bounds(model, matrix, infinity)) > 0;
}

double safe_dual_bound(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual,
                       double cutoff) {
  const auto is_close = [&](double bound) { return cutoff - bound <= close_enough * std::max(1.0, std::abs(cutoff)); };
  const std::vector<double> dual = with_right_signs(model, row_dual);
  const ImpliedBounds box{model.lower, model.upper};
  double best = bound_over_box(model, matrix, to_intervals(dual), box);
  if (!std::isfinite(cutoff) || is_close(best)) return best;
  const Multipliers repaired = repaired_multipliers(model, matrix, dual);
  best = std::max(best, bound_over_box(model, matrix, repaired, box));
  if (is_close(best)) return best;
  const ImpliedBounds implied = propagate_bounds(model, matrix, cutoff);
  return std::max(best, std::min(bound_over_box(model, matrix, repaired, implied), cutoff));
}

}  // namespace pinchpoint::optim
