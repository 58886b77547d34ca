// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <random>
#include <vector>

#include "optim/model/model.hpp"
#include "optim/model/patch.hpp"

namespace pinchpoint::optim {

class Draw {
 public:
  explicit Draw(unsigned seed) : engine_(seed) {}
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(engine_); }
  double between(double least, double most) { return std::uniform_real_distribution<double>(least, most)(engine_); }

 private:
  std::mt19937 engine_;
};

/// Bounds on either side of `inside`: none, one, two, or both the same.
inline BoundChange random_bounds(std::int32_t index, double inside, Draw& draw) {
  const double below = draw.below(3) == 0 ? 0 : draw.between(0, 4);
  const double above = draw.below(3) == 0 ? 0 : draw.between(0, 4);
  switch (draw.below(6)) {
    case 0:
      return {index, -infinity, inside + above};
    case 1:
      return {index, inside, inside};
    case 2:
      return {index, -infinity, infinity};
    case 3:
      return {index, inside - below, infinity};
    default:
      return {index, inside - below, inside + above};
  }
}

/// A feasible LP with an optimum: bounds lie around a point, costs are those of multipliers of the right signs.
inline Model random_model(Draw& draw, bool is_degenerate) {
  ModelBuilder builder;
  const int rows = 2 + draw.below(25);
  const int columns = 2 + draw.below(35);
  const auto number = [&](double least, double most) {
    const double drawn = draw.between(least, most);
    return is_degenerate ? std::round(drawn) : drawn;
  };
  std::vector<double> point;
  for (int column = 0; column < columns; ++column) {
    point.push_back(number(-3, 3));
    const BoundChange bounds = random_bounds(column, point.back(), draw);
    builder.add_column({}, 0, bounds.lower, bounds.upper);
  }
  std::vector<double> activity(static_cast<std::size_t>(rows), 0.0);
  std::vector<std::vector<double>> matrix(activity.size(), std::vector<double>(point.size(), 0.0));
  for (int row = 0; row < rows; ++row) {
    for (int at = 0; at < 4; ++at) matrix[row][draw.below(columns)] = number(-2, 2);
    for (int column = 0; column < columns; ++column) activity[row] += matrix[row][column] * point[column];
    const BoundChange sides = random_bounds(row, activity[row], draw);
    builder.add_row({}, sides.lower, sides.upper);
  }
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (matrix[row][column] != 0) builder.add_entry(RowId(row), ColumnId(column), matrix[row][column]);
    }
  }
  Model model = builder.build("random", std::make_shared<Names>());
  const auto multiplier = [&](double lower, double upper) {
    if (std::isfinite(lower) && std::isfinite(upper)) return number(-2, 2);
    if (!std::isfinite(lower) && !std::isfinite(upper)) return 0.0;
    return std::isfinite(lower) ? number(0, 2) : number(-2, 0);
  };
  for (int column = 0; column < columns; ++column)
    model.cost[column] = multiplier(model.lower[column], model.upper[column]);
  for (int row = 0; row < rows; ++row) {
    const double dual = multiplier(model.row_lower[row], model.row_upper[row]);
    for (int column = 0; column < columns; ++column) model.cost[column] += dual * matrix[row][column];
  }
  return model;
}

}  // namespace pinchpoint::optim
