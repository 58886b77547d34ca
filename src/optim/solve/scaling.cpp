// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/scaling.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "optim/solve/conditioning.hpp"

namespace pinchpoint::optim {

namespace {

constexpr int passes = 4;

/// Logarithms, for their mean and the middle of their ends.
struct Logarithms {
  double sum = 0;
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  int count = 0;
  void add(double logarithm) {
    sum += logarithm;
    least = std::min(least, logarithm);
    most = std::max(most, logarithm);
    ++count;
  }
  [[nodiscard]] double mean() const { return count == 0 ? 0 : sum / count; }
  [[nodiscard]] double middle() const { return count == 0 ? 0 : (least + most) / 2; }
  [[nodiscard]] double range() const { return count == 0 ? 0 : most - least; }
};

/// What a row or column is divided by.
using Measure = double (Logarithms::*)() const;

/// Logarithms (base 2) of the scale factors, found by alternating over rows and columns.
struct LogScales {
  std::vector<double> row, column;
};

/// Logarithms of the entries, each computed once.
std::vector<double> logarithms(const SparseMatrix& matrix) {
  std::vector<double> all;
  all.reserve(matrix.value.size());
  for (const double value : matrix.value) all.push_back(std::log2(std::abs(value)));
  return all;
}

void balance_rows(const Model& model, const std::vector<double>& entry, Measure measure, LogScales& scales) {
  std::vector<Logarithms> rows(scales.row.size());
  for (std::size_t column = 0; column < scales.column.size(); ++column) {
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      rows[static_cast<std::size_t>(model.matrix.row[place])].add(entry[place] + scales.column[column]);
    }
  }
  for (std::size_t row = 0; row < rows.size(); ++row) scales.row[row] = -(rows[row].*measure)();
}

void balance_columns(const Model& model, const std::vector<double>& entry, Measure measure, LogScales& scales) {
  for (std::size_t column = 0; column < scales.column.size(); ++column) {
    Logarithms entries;
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      entries.add(entry[place] + scales.row[static_cast<std::size_t>(model.matrix.row[place])]);
    }
    scales.column[column] = model.is_integer[column] ? 0 : -(entries.*measure)();
  }
}

double range_of(const Model& model, const std::vector<double>& entry, const LogScales& scales) {
  Logarithms entries;
  for (std::size_t column = 0; column < scales.column.size(); ++column) {
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      entries.add(entry[place] + scales.column[column] + scales.row[static_cast<std::size_t>(model.matrix.row[place])]);
    }
  }
  return entries.range();
}

/// Geometric means leave single entries far out; the middle of a row's or column's ends brings these nearer, at the
/// price of the rest.
LogScales balanced(const Model& model) {
  const std::vector<double> entry = logarithms(model.matrix);
  LogScales means{std::vector<double>(model.row_lower.size(), 0), std::vector<double>(model.cost.size(), 0)};
  for (int pass = 0; pass < passes; ++pass) {
    balance_rows(model, entry, &Logarithms::mean, means);
    balance_columns(model, entry, &Logarithms::mean, means);
  }
  const double range = range_of(model, entry, means);
  if (range < std::log2(poor_spread)) return means;
  LogScales middles = means;
  for (int pass = 0; pass < passes; ++pass) {
    balance_rows(model, entry, &Logarithms::middle, middles);
    balance_columns(model, entry, &Logarithms::middle, middles);
  }
  return range_of(model, entry, middles) < range ? middles : means;
}

/// One factor for all rows and its inverse for all columns leaves the matrix as it is and moves bounds and sides:
/// chosen so that right-hand sides have a geometric mean near one.
void centre(const Model& model, LogScales& scales) {
  Logarithms sides;
  for (std::size_t row = 0; row < scales.row.size(); ++row) {
    for (const double side : {model.row_lower[row], model.row_upper[row]}) {
      if (side != 0 && std::isfinite(side)) sides.add(std::log2(std::abs(side)) + scales.row[row]);
    }
  }
  for (std::size_t column = 0; column < scales.column.size(); ++column) {
    const double bound = model.upper[column];
    if (bound != 0 && std::isfinite(bound)) sides.add(std::log2(std::abs(bound)) - scales.column[column]);
  }
  if (model.has_integers()) return;
  const double shift = sides.mean();
  for (double& row : scales.row) row -= shift;
  for (double& column : scales.column) column += shift;
}

std::vector<int> rounded(const std::vector<double>& logarithms) {
  std::vector<int> exponents;
  exponents.reserve(logarithms.size());
  for (const double logarithm : logarithms) exponents.push_back(static_cast<int>(std::lround(logarithm)));
  return exponents;
}

int objective_exponent(const Model& model, const std::vector<int>& column) {
  Logarithms costs;
  for (std::size_t at = 0; at < column.size(); ++at) {
    if (model.cost[at] != 0) costs.add(std::log2(std::abs(model.cost[at])) + column[at]);
  }
  return static_cast<int>(std::lround(-costs.mean()));
}

Scaling find_scaling(const Model& model) {
  LogScales scales = balanced(model);
  centre(model, scales);
  Scaling scaling{rounded(scales.row), rounded(scales.column), 0};
  scaling.objective = objective_exponent(model, scaling.column);
  return scaling;
}

void scale_each(std::vector<double>& values, const std::vector<int>& exponents, int sign) {
  for (std::size_t at = 0; at < values.size(); ++at) values[at] = std::ldexp(values[at], sign * exponents[at]);
}

}  // namespace

ScaledModel scale(const Model& model) { return scaled_by(find_scaling(model), model); }

ScaledModel scaled_by(Scaling by, const Model& model) {
  ScaledModel scaled{model, std::move(by)};
  const Scaling& scaling = scaled.scaling;
  Model& target = scaled.model;
  scale_each(target.row_lower, scaling.row, 1);
  scale_each(target.row_upper, scaling.row, 1);
  scale_each(target.lower, scaling.column, -1);
  scale_each(target.upper, scaling.column, -1);
  for (std::size_t column = 0; column < target.cost.size(); ++column) {
    target.cost[column] = std::ldexp(target.cost[column], scaling.column[column] + scaling.objective);
    for (auto at = target.matrix.start[column]; at < target.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      const int exponent = scaling.column[column] + scaling.row[static_cast<std::size_t>(target.matrix.row[place])];
      target.matrix.value[place] = std::ldexp(target.matrix.value[place], exponent);
    }
  }
  target.offset = std::ldexp(target.offset, scaling.objective);
  return scaled;
}

Patch scaled(Patch patch, const Scaling& scaling) {
  const auto scale_bounds = [](BoundChange& change, int exponent) {
    change.lower = std::ldexp(change.lower, exponent);
    change.upper = std::ldexp(change.upper, exponent);
  };
  for (BoundChange& change : patch.columns)
    scale_bounds(change, -scaling.column[static_cast<std::size_t>(change.index)]);
  for (BoundChange& change : patch.rows) scale_bounds(change, scaling.row[static_cast<std::size_t>(change.index)]);
  return patch;
}

Solution unscale(const Solution& solution, const Scaling& scaling) {
  Solution natural = solution;
  const int objective = -scaling.objective;
  natural.objective = std::ldexp(solution.objective, objective);
  natural.mip_bound = std::ldexp(solution.mip_bound, objective);
  scale_each(natural.value, scaling.column, 1);
  scale_each(natural.activity, scaling.row, -1);
  scale_each(natural.reduced_cost, scaling.column, -1);
  scale_each(natural.row_dual, scaling.row, 1);
  for (double& cost : natural.reduced_cost) cost = std::ldexp(cost, objective);
  for (double& dual : natural.row_dual) dual = std::ldexp(dual, objective);
  return natural;
}

}  // namespace pinchpoint::optim
