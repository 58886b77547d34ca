// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/barrier_problem.hpp"

namespace pinchpoint::optim::interior {

namespace {

constexpr double farthest = 1e6;  // bounds beyond are not met by a scaled model, or are somebody's infinity

}  // namespace

BarrierProblem::BarrierProblem(const Model& model) {
  const SparseMatrix& matrix = model.matrix;
  const auto floor_of = [](double bound) { return bound < -farthest ? -infinity : bound; };
  const auto ceiling_of = [](double bound) { return bound > farthest ? infinity : bound; };
  std::vector<double> fixed(model.row_lower.size(), 0.0);
  std::vector<Index> entries(model.row_lower.size(), 0);
  for (Index column = 0; column < model.column_count(); ++column) {
    const bool is_fixed = model.lower[column] == model.upper[column];
    for (Index at = matrix.start[column]; at < matrix.start[column + 1]; ++at) {
      if (is_fixed)
        fixed[matrix.row[at]] += matrix.value[at] * model.lower[column];
      else
        ++entries[matrix.row[at]];
    }
    if (is_fixed)
      fixed_cost += model.cost[column] * model.lower[column];
    else
      model_column.push_back(column);
  }
  columns = static_cast<Index>(model_column.size());
  std::vector<Index> place(model.row_lower.size(), -1);
  for (Index at = 0; at < model.row_count(); ++at) {
    if (entries[at] == 0 || (model.row_lower[at] < -farthest && model.row_upper[at] > farthest)) continue;
    place[at] = rows++;
    model_row.push_back(at);
  }
  column_start.assign(1, 0);
  for (const Index column : model_column) {
    cost.push_back(model.cost[column]);
    lower.push_back(floor_of(model.lower[column]));
    upper.push_back(ceiling_of(model.upper[column]));
    for (Index at = matrix.start[column]; at < matrix.start[column + 1]; ++at) {
      if (place[matrix.row[at]] < 0) continue;
      row.push_back(place[matrix.row[at]]);
      value.push_back(matrix.value[at]);
    }
    column_start.push_back(static_cast<Index>(row.size()));
  }
  for (const Index at : model_row) {
    const bool is_one = model.row_lower[at] == model.row_upper[at];
    is_equation.push_back(is_one ? 1 : 0);
    side.push_back(is_one ? model.row_lower[at] - fixed[at] : 0);
    lower.push_back(is_one ? -infinity : floor_of(model.row_lower[at]) - fixed[at]);
    upper.push_back(is_one ? infinity : ceiling_of(model.row_upper[at]) - fixed[at]);
  }
}

void BarrierProblem::add_activity(const double* by_column, double factor, std::vector<double>& by_row) const {
  for (Index column = 0; column < columns; ++column) {
    const double amount = factor * by_column[column];
    for (Index at = column_start[column]; at < column_start[column + 1]; ++at) by_row[row[at]] += value[at] * amount;
  }
}

void BarrierProblem::add_prices(const std::vector<double>& by_row, double factor, double* by_column) const {
  for (Index column = 0; column < columns; ++column) {
    double sum = 0;
    for (Index at = column_start[column]; at < column_start[column + 1]; ++at) sum += value[at] * by_row[row[at]];
    by_column[column] += factor * sum;
  }
}

SymmetricPattern BarrierProblem::pattern() const {
  SymmetricPattern pattern;
  pattern.size = variables();
  pattern.first.reserve(row.size());
  for (Index column = 0; column < columns; ++column)
    pattern.first.insert(pattern.first.end(), column_start[column + 1] - column_start[column], column);
  for (const Index at : row) pattern.second.push_back(columns + at);
  return pattern;
}

}  // namespace pinchpoint::optim::interior
