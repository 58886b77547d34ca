// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/lean_plan_lp.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "optim/interdiction/follower/patched_lp.hpp"

namespace pinchpoint::optim {

namespace {

// Of the cost row, relative: the point's own cost must stay within the level after rounding.
constexpr double level_margin = 1e-9;

/// The model with its cost as one more row, divided by `scale`, and no cost.
Model with_cost_row(const Model& model, double scale) {
  Model lean = model;
  const auto row = model.row_count();
  lean.row_lower.push_back(-infinity);
  lean.row_upper.push_back(infinity);
  lean.row_key.emplace_back();
  lean.matrix = {};
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      lean.matrix.row.push_back(model.matrix.row[static_cast<std::size_t>(at)]);
      lean.matrix.value.push_back(model.matrix.value[static_cast<std::size_t>(at)]);
    }
    if (model.cost[column] != 0) {
      lean.matrix.row.push_back(row);
      lean.matrix.value.push_back(model.cost[column] / scale);
    }
    lean.matrix.start.push_back(static_cast<std::int32_t>(lean.matrix.row.size()));
  }
  std::fill(lean.cost.begin(), lean.cost.end(), 0.0);
  lean.offset = 0;
  return lean;
}

double mean_cost(const Model& model) {
  double sum = 0;
  int count = 0;
  for (const double cost : model.cost) {
    if (cost == 0) continue;
    sum += std::log2(std::abs(cost));
    ++count;
  }
  return count == 0 ? 1 : std::exp2(std::round(sum / count));
}

/// What the change takes of an upper bound (positive) or a lower one (negative), as far as it is finite.
double taken(const BoundChange& change, double lower, double upper) {
  if (change.upper < upper) return std::isfinite(upper) ? upper - change.upper : std::max(1.0, std::abs(change.upper));
  if (change.lower > lower)
    return -(std::isfinite(lower) ? change.lower - lower : std::max(1.0, std::abs(change.lower)));
  return infinity;
}

}  // namespace

LeanPlanLp::LeanPlanLp(const AttackProblem& problem)
    : problem_(problem),
      session_(backends().front().open()),
      level_row_(problem.model->row_count()),
      level_scale_(mean_cost(*problem.model)),
      cost_(problem.model->cost.size(), 0.0),
      row_entries_(problem.model->row_lower.size()) {
  const Model& model = *problem.model;
  session_->load(with_cost_row(model, level_scale_));
  Solution start;
  start.column_basis = problem.base.column_basis;
  start.row_basis = problem.base.row_basis;
  // The cost row's slack is basic: the base's basis, one row larger.
  start.row_basis.push_back(1);
  if (!problem.base.column_basis.empty()) session_->set_basis(start);
  std::set<std::int32_t> rows;
  for (const Target& target : problem.targets) {
    for (const BoundChange& change : target.patch.rows) rows.insert(change.index);
  }
  for (std::size_t column = 0; column < model.cost.size() && !rows.empty(); ++column) {
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const std::int32_t row = model.matrix.row[static_cast<std::size_t>(at)];
      if (!rows.contains(row)) continue;
      row_entries_[static_cast<std::size_t>(row)].emplace_back(static_cast<std::int32_t>(column),
                                                               model.matrix.value[static_cast<std::size_t>(at)]);
    }
  }
}

void LeanPlanLp::start_from(const Solution& basis) {
  if (basis.row_basis.size() == row_entries_.size() + 1) session_->set_basis(basis);
}

void LeanPlanLp::set_patch(const Patch& patch) {
  const Model& model = *problem_.model;
  for (const BoundChange& change : applied_.columns) {
    const auto at = static_cast<std::size_t>(change.index);
    session_->set_column_bounds(ColumnId(change.index), model.lower[at], model.upper[at]);
  }
  for (const BoundChange& change : applied_.rows) {
    const auto at = static_cast<std::size_t>(change.index);
    session_->set_row_bounds(RowId(change.index), model.row_lower[at], model.row_upper[at]);
  }
  for (const BoundChange& change : patch.columns) {
    session_->set_column_bounds(ColumnId(change.index), change.lower, change.upper);
  }
  for (const BoundChange& change : patch.rows) {
    session_->set_row_bounds(RowId(change.index), change.lower, change.upper);
  }
  applied_ = patch;
}

void LeanPlanLp::add_row_weight(const BoundChange& change, double weight) {
  const auto row = static_cast<std::size_t>(change.index);
  const double part = taken(change, problem_.model->row_lower[row], problem_.model->row_upper[row]);
  for (const auto& [column, entry] : row_entries_[row])
    wanted_[static_cast<std::size_t>(column)] += weight * entry / part;
}

void LeanPlanLp::set_weights(std::span<const double> weight) {
  const Model& model = *problem_.model;
  wanted_.assign(model.cost.size(), 0.0);
  for (std::size_t target = 0; target < weight.size(); ++target) {
    const Patch& patch = problem_.targets[target].patch;
    for (const BoundChange& change : patch.columns) {
      const auto at = static_cast<std::size_t>(change.index);
      wanted_[at] += weight[target] / taken(change, model.lower[at], model.upper[at]);
    }
    for (const BoundChange& change : patch.rows) add_row_weight(change, weight[target]);
  }
  for (std::size_t column = 0; column < wanted_.size(); ++column) {
    if (wanted_[column] == cost_[column]) continue;
    cost_[column] = wanted_[column];
    session_->set_cost(ColumnId(static_cast<std::int32_t>(column)), wanted_[column]);
  }
}

Solution LeanPlanLp::solve(const Patch& patch, std::span<const double> weight, double level,
                           const SolveOptions& options) {
  set_patch(patch);
  set_weights(weight);
  const double side = level - problem_.model->offset;
  session_->set_row_bounds(level_row_, -infinity, (side - level_margin * std::max(1.0, std::abs(side))) / level_scale_);
  Solution solution = solve_warm(*session_, problem_.model->row_count(), options);
  if (solution.has_values) solution.activity.pop_back();
  return solution;
}

}  // namespace pinchpoint::optim
