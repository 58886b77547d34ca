// SPDX-License-Identifier: Apache-2.0
#include "support/solved_plan.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace pinchpoint::test_support {

namespace {

std::size_t found(const std::map<std::string, std::size_t, std::less<>>& index, std::string_view name) {
  const auto place = index.find(name);
  if (place == index.end()) throw std::runtime_error(fmt::format("the plan has no '{}'", name));
  return place->second;
}

}  // namespace

SolvedPlan::SolvedPlan(plan::Plan plan) : plan_(std::move(plan)) {
  const optim::Model& model = plan_.problem.model;
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    columns_.emplace(model.column_name(optim::ColumnId(column)), static_cast<std::size_t>(column));
  }
  for (std::int32_t row = 0; row < model.row_count(); ++row) {
    rows_.emplace(model.row_name(optim::RowId(row)), static_cast<std::size_t>(row));
  }
}

double SolvedPlan::value(std::string_view column) const { return plan_.solution.value.at(found(columns_, column)); }

double SolvedPlan::reduced_cost(std::string_view column) const {
  return plan_.solution.reduced_cost.at(found(columns_, column));
}

double SolvedPlan::dual(std::string_view row) const { return plan_.solution.row_dual.at(found(rows_, row)); }

double SolvedPlan::activity(std::string_view row) const {
  const optim::SparseMatrix& matrix = plan_.problem.model.matrix;
  const auto wanted = static_cast<std::int32_t>(found(rows_, row));
  double sum = 0;
  for (std::size_t column = 0; column + 1 < matrix.start.size(); ++column) {
    for (auto place = matrix.start[column]; place < matrix.start[column + 1]; ++place) {
      const auto at = static_cast<std::size_t>(place);
      if (matrix.row[at] == wanted) sum += matrix.value[at] * plan_.solution.value.at(column);
    }
  }
  return sum;
}

double SolvedPlan::row_lower(std::string_view row) const { return plan_.problem.model.row_lower.at(found(rows_, row)); }

double SolvedPlan::row_upper(std::string_view row) const { return plan_.problem.model.row_upper.at(found(rows_, row)); }

double SolvedPlan::entry(std::string_view row, std::string_view column) const {
  const optim::SparseMatrix& matrix = plan_.problem.model.matrix;
  const auto wanted = static_cast<std::int32_t>(found(rows_, row));
  const std::size_t at = found(columns_, column);
  for (auto place = matrix.start[at]; place < matrix.start[at + 1]; ++place) {
    if (matrix.row[static_cast<std::size_t>(place)] == wanted) return matrix.value[static_cast<std::size_t>(place)];
  }
  return 0;
}

double SolvedPlan::cost(plan::CostKind kind) const {
  double money = 0;
  for (const plan::CostLine& line : plan_.costs) money += line.kind == kind ? line.money : 0;
  return money;
}

SolvedPlan plan_of(const World& world, const plan::PlanOptions& options) {
  SolvedPlan solved(plan::make_plan(world, options));
  const plan::Plan& plan = solved.plan();
  if (plan.status != plan::PlanStatus::optimal) {
    throw std::runtime_error(
        fmt::format("the plan is {}: {}, gap {}", plan::to_string(plan.status), plan.message, plan.certificate.gap));
  }
  if (!plan.cost_check.is_reconciled) {
    throw std::runtime_error(
        fmt::format("cost lines add up to {}, the objective is {}", plan.cost_check.sum, plan.cost_check.objective));
  }
  return solved;
}

SolvedPlan plan_of(const WorldText& text, const plan::PlanOptions& options) { return plan_of(world_of(text), options); }

SolvedPlan relaxed_plan_of(const WorldText& text) {
  plan::PlanOptions options;
  options.relax_integers = true;
  return plan_of(text, options);
}

}  // namespace pinchpoint::test_support
