// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/follower/whole_points.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"

namespace pinchpoint::optim {

namespace {

// Sums of whole multiples of written numbers differ from sides by rounding alone.
constexpr double rounding = 1e-9;
// Partial points looked at for each point that may be kept.
constexpr std::size_t partial_points = 50;

/// Depth first over columns; a row that can no longer be kept ends a branch.
class PointLister {
 public:
  PointLister(const Model& model, std::size_t most) : model_(model), most_(most), point_(model.cost.size(), 0) {
    const auto rows = static_cast<std::size_t>(model.row_count());
    least_.assign(rows, 0);
    greatest_.assign(rows, 0);
    for (std::size_t column = 0; column < point_.size(); ++column) {
      const bool is_bounded = std::isfinite(model.lower[column]) && std::isfinite(model.upper[column]);
      ensure(model.is_integer[column] != 0 && is_bounded, "every column is whole and between two bounds");
      shift(column, model.lower[column], model.upper[column], 1);
    }
  }

  /// False if there are too many.
  bool list(std::size_t column) {
    if (!is_possible()) return true;
    if (++looked_at_ > partial_points * most_) return false;
    if (column == point_.size()) {
      points.push_back(point_);
      return points.size() <= most_;
    }
    const double lower = model_.lower[column];
    const double upper = model_.upper[column];
    shift(column, lower, upper, -1);
    bool is_complete = true;
    for (double value = std::ceil(lower); is_complete && value <= upper; ++value) {
      point_[column] = value;
      shift(column, value, value, 1);
      is_complete = list(column + 1);
      shift(column, value, value, -1);
    }
    shift(column, lower, upper, 1);
    return is_complete;
  }

  std::vector<std::vector<double>> points;

 private:
  /// What a column between two values adds to rows, or takes from them again.
  void shift(std::size_t column, double lower, double upper, double sign) {
    for (auto at = model_.matrix.start[column]; at < model_.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      const auto row = static_cast<std::size_t>(model_.matrix.row[place]);
      const double one = model_.matrix.value[place] * lower;
      const double other = model_.matrix.value[place] * upper;
      least_[row] += sign * std::min(one, other);
      greatest_[row] += sign * std::max(one, other);
    }
  }

  [[nodiscard]] bool is_possible() const {
    for (std::size_t row = 0; row < least_.size(); ++row) {
      const double slack = rounding * std::max({1.0, std::abs(least_[row]), std::abs(greatest_[row])});
      if (least_[row] > model_.row_upper[row] + slack || greatest_[row] < model_.row_lower[row] - slack) return false;
    }
    return true;
  }

  const Model& model_;
  std::size_t most_;
  std::size_t looked_at_ = 0;
  std::vector<double> point_;
  std::vector<double> least_, greatest_;  // by row: what it can still come to
};

std::vector<double> activity_of(const Model& model, const std::vector<double>& value) {
  std::vector<double> activity(static_cast<std::size_t>(model.row_count()), 0);
  for (std::size_t column = 0; column < value.size(); ++column) {
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at) {
      const auto place = static_cast<std::size_t>(at);
      activity[static_cast<std::size_t>(model.matrix.row[place])] += model.matrix.value[place] * value[column];
    }
  }
  return activity;
}

}  // namespace

std::optional<WholePoints> list_whole_points(const Model& model, std::span<const Target> targets, std::size_t most) {
  PointLister lister(model, most);
  if (!lister.list(0)) return std::nullopt;
  WholePoints whole;
  whole.value = std::move(lister.points);
  for (const Target& target : targets) whole.targets.push_back({target.name, {}, target.cost});
  ModelBuilder builder;
  const RowId one = builder.add_row({}, 1, 1);
  for (std::size_t point = 0; point < whole.value.size(); ++point) {
    double cost = 0;
    for (std::size_t column = 0; column < model.cost.size(); ++column)
      cost += model.cost[column] * whole.value[point][column];
    const ColumnId column = builder.add_column({}, cost, 0, infinity);
    builder.add_entry(one, column, 1);
    const std::vector<std::uint8_t> used =
        used_targets(targets, whole.value[point], activity_of(model, whole.value[point]));
    for (std::size_t target = 0; target < used.size(); ++target) {
      if (used[target] != 0) whole.targets[target].patch.columns.push_back({column.index(), 0, 0});
    }
  }
  builder.add_offset(model.offset);
  whole.model = builder.build("whole points", nullptr);
  return whole;
}

}  // namespace pinchpoint::optim
