// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/problem.hpp"

#include "core/base/ensure.hpp"

namespace pinchpoint::optim::resident {

namespace {

std::vector<double> joined(const std::vector<double>& first, const std::vector<double>& second) {
  std::vector<double> both = first;
  both.insert(both.end(), second.begin(), second.end());
  return both;
}

}  // namespace

Problem::Problem(const Model& model)
    : rows(model.row_count()),
      columns(model.column_count()),
      offset(model.offset),
      cost(model.cost),
      lower(joined(model.lower, model.row_lower)),
      upper(joined(model.upper, model.row_upper)),
      column_start(model.matrix.start),
      row_start(static_cast<std::size_t>(rows) + 1, 0) {
  ensure(!model.has_integers(), "a resident LP has no integers");
  cost.resize(static_cast<std::size_t>(variables()), 0.0);
  const auto count = model.matrix.value.size();
  by_column.reserve(count);
  for (std::size_t at = 0; at < count; ++at) {
    by_column.push_back({model.matrix.row[at], model.matrix.value[at]});
    ++row_start[model.matrix.row[at] + 1];
  }
  for (Index row = 0; row < rows; ++row) row_start[row + 1] += row_start[row];
  by_row.resize(count);
  std::vector<Index> next(row_start.begin(), row_start.end() - 1);
  for (Index column = 0; column < columns; ++column) {
    for (Index at = column_start[column]; at < column_start[column + 1]; ++at)
      by_row[next[by_column[at].index]++] = {column, by_column[at].value};
  }
}

std::vector<Triplet> Problem::entries_of(const std::vector<Index>& variables) const {
  std::vector<Triplet> entries;
  for (std::size_t place = 0; place < variables.size(); ++place) {
    const Index variable = variables[place];
    const auto major = static_cast<Index>(place);
    if (variable >= columns) {
      entries.push_back({major, variable - columns, -1});
      continue;
    }
    for (Index at = column_start[variable]; at < column_start[variable + 1]; ++at)
      entries.push_back({major, by_column[at].index, by_column[at].value});
  }
  return entries;
}

}  // namespace pinchpoint::optim::resident
