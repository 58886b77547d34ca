// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/live_plan.hpp"

#include <cmath>

#include "core/base/ensure.hpp"
#include "optim/solve/polish.hpp"

namespace pinchpoint::explain {

namespace {

using optim::ColumnId;
using optim::RowId;

ColumnId column_id(std::size_t column) { return ColumnId(static_cast<std::int32_t>(column)); }
RowId row_id(std::size_t row) { return RowId(static_cast<std::int32_t>(row)); }

}  // namespace

LivePlan::LivePlan(const plan::Plan& plan, const std::atomic<bool>* interrupt)
    : natural_(optim::with_integers_fixed(plan.problem.model, plan.solution.value)),
      scaled_(optim::scale(natural_)),
      session_(optim::backends().front().open()) {
  // Scaling looks at the matrix and the costs alone, and integer columns lose their special treatment by being fixed:
  // a basis is one of statuses, so it fits all the same.
  options_.method = optim::Method::simplex;
  options_.few_pivots = true;
  options_.interrupt = interrupt;
  session_->load(scaled_.model);
  const bool has_basis = plan.solution.column_basis.size() == natural_.cost.size() &&
                         plan.solution.row_basis.size() == natural_.row_lower.size();
  if (has_basis) session_->set_basis(plan.solution);
  solution_ = session_->solve(options_);
  if (!is_ready()) return;
  // The basis matrix is then that of the basis reported, whatever the solver did on the way.
  session_->set_basis(solution_);
  natural_solution_ = optim::unscale(solution_, scaled_.scaling);
}

std::vector<double> LivePlan::row_rates(const std::vector<double>& weights) {
  std::vector<double> scaled = weights;
  for (std::size_t at = 0; at < scaled.size(); ++at) scaled[at] = std::ldexp(scaled[at], scaled_.scaling.column[at]);
  std::vector<double> rates = session_->row_rates(scaled);
  for (std::size_t at = 0; at < rates.size(); ++at) rates[at] = std::ldexp(rates[at], scaled_.scaling.row[at]);
  return rates;
}

double LivePlan::hair_of(std::size_t row) const { return std::ldexp(1e-5, -scaled_.scaling.row[row]); }

void LivePlan::apply(const Shift& shift, double step) {
  optim::Model& model = scaled_.model;
  for (const auto& [row, amount] : shift.rows) {
    const double move = std::ldexp(amount * step, scaled_.scaling.row[row]);
    model.row_lower[row] += move;
    model.row_upper[row] += move;
    session_->set_row_bounds(row_id(row), model.row_lower[row], model.row_upper[row]);
  }
  for (const auto& [column, amount] : shift.columns) {
    model.upper[column] += std::ldexp(amount * step, -scaled_.scaling.column[column]);
    session_->set_column_bounds(column_id(column), model.lower[column], model.upper[column]);
  }
}

optim::StepRange LivePlan::range_at(const Shift& shift, const optim::Solution& solution) {
  optim::Model& model = scaled_.model;
  std::vector<double> sides(model.row_lower.size(), 0.0);
  for (const auto& [row, amount] : shift.rows) sides[row] += std::ldexp(amount, scaled_.scaling.row[row]);
  std::vector<double> right = sides;
  std::vector<std::pair<std::size_t, double>> bounds;
  for (const auto& [column, amount] : shift.columns) {
    const double speed = std::ldexp(amount, -scaled_.scaling.column[column]);
    bounds.emplace_back(column, speed);
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      right[static_cast<std::size_t>(model.matrix.row[place])] -= model.matrix.value[place] * speed;
    }
  }
  std::vector<double> movement = session_->column_movement(right);
  std::vector<std::pair<double, double>> kept;
  for (const auto& [column, speed] : bounds) {
    movement[column] += speed;
    kept.emplace_back(model.lower[column], model.upper[column]);
    model.lower[column] = -optim::infinity;  // the bound moves with the column
    model.upper[column] = optim::infinity;
  }
  const optim::StepRange range = optim::step_range(model, solution, sides, movement);
  for (std::size_t at = 0; at < bounds.size(); ++at)
    std::tie(model.lower[bounds[at].first], model.upper[bounds[at].first]) = kept[at];
  return range;
}

optim::StepRange LivePlan::range(const Shift& shift) { return range_at(shift, solution_); }

Trial LivePlan::try_shift(const Shift& shift, double step) {
  optim::Model& model = scaled_.model;
  std::vector<std::pair<double, double>> sides;
  std::vector<double> uppers;
  for (const auto& [row, amount] : shift.rows) sides.emplace_back(model.row_lower[row], model.row_upper[row]);
  for (const auto& [column, amount] : shift.columns) uppers.push_back(model.upper[column]);
  apply(shift, step);
  const optim::Solution moved = session_->solve(options_);
  Trial trial;
  trial.is_optimal = moved.status == optim::Status::optimal;
  if (trial.is_optimal) {
    session_->set_basis(moved);
    const optim::StepRange here = range_at(shift, moved);
    trial.range = {step + here.least, step + here.most};
    const optim::Solution natural = optim::unscale(moved, scaled_.scaling);
    trial.objective = natural.objective;
    trial.value = natural.value;
    trial.reduced_cost = natural.reduced_cost;
    trial.row_dual = natural.row_dual;
    for (const auto& [row, amount] : shift.rows) trial.slope += natural.row_dual[row] * amount;
    for (const auto& [column, amount] : shift.columns) trial.slope += natural.reduced_cost[column] * amount;
  }
  for (std::size_t at = 0; at < sides.size(); ++at) {
    const std::size_t row = shift.rows[at].first;
    std::tie(model.row_lower[row], model.row_upper[row]) = sides[at];
    session_->set_row_bounds(row_id(row), model.row_lower[row], model.row_upper[row]);
  }
  for (std::size_t at = 0; at < uppers.size(); ++at) {
    const std::size_t column = shift.columns[at].first;
    model.upper[column] = uppers[at];
    session_->set_column_bounds(column_id(column), model.lower[column], model.upper[column]);
  }
  session_->set_basis(solution_);
  return trial;
}

}  // namespace pinchpoint::explain
