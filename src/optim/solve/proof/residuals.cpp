// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/residuals.hpp"

namespace pinchpoint::optim {

namespace {

/// Keeps the largest violations met and remembers the place of the largest scaled one.
class Worst {
 public:
  void meet(double amount, double scale, std::int32_t row, std::int32_t column) {
    absolute_ = std::max(absolute_, amount);
    if (!(amount > scaled_ * scale)) return;
    scaled_ = amount / scale;
    row_ = row;
    column_ = column;
  }
  [[nodiscard]] Violation violation(const Model& model) const {
    std::string name;
    if (row_ >= 0) name = model.row_name(RowId(row_));
    if (column_ >= 0) name = model.column_name(ColumnId(column_));
    return {absolute_, scaled_, std::move(name)};
  }

 private:
  double absolute_ = 0;
  double scaled_ = 0;
  std::int32_t row_ = -1;
  std::int32_t column_ = -1;
};

double outside(Interval number, double lower, double upper) {
  return std::max({add_up(lower, -number.lower), add_up(number.upper, -upper), 0.0});
}

double finite_size(double bound) { return std::isfinite(bound) ? std::abs(bound) : 0; }

double wrong_sign(Interval dual, double lower, double upper) {
  if (lower == -infinity && dual.upper > 0) return dual.upper;
  if (upper == infinity && dual.lower < 0) return -dual.lower;
  return 0;
}

}  // namespace

Violation primal_violation(const Model& model, const MatrixView& matrix, const std::vector<double>& value) {
  Worst worst;
  for (std::size_t column = 0; column < value.size(); ++column) {
    const double amount = outside({value[column], value[column]}, model.lower[column], model.upper[column]);
    const double scale = std::max({1.0, finite_size(model.lower[column]), finite_size(model.upper[column])});
    worst.meet(amount, scale, -1, static_cast<std::int32_t>(column));
  }
  for (std::size_t row = 0; row < model.row_lower.size(); ++row) {
    ExactSum activity;
    double scale = std::max({1.0, finite_size(model.row_lower[row]), finite_size(model.row_upper[row])});
    for (const Entry& entry : matrix.row(row)) {
      const double factor = value[static_cast<std::size_t>(entry.index)];
      activity.add_product(entry.value, factor);
      scale = std::max(scale, std::abs(entry.value * factor));
    }
    worst.meet(outside(activity.enclosure(), model.row_lower[row], model.row_upper[row]), scale,
               static_cast<std::int32_t>(row), -1);
  }
  return worst.violation(model);
}

Interval reduced_cost_enclosure(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual,
                                std::size_t column) {
  ExactSum sum;
  sum.add(model.cost[column]);
  for (const Entry& entry : matrix.column(column))
    sum.add_product(-entry.value, row_dual[static_cast<std::size_t>(entry.index)]);
  return sum.enclosure();
}

Interval reduced_cost_enclosure(const Model& model, const MatrixView& matrix, const Multipliers& row_dual,
                                std::size_t column) {
  IntervalSum sum;
  sum.add(model.cost[column]);
  for (const Entry& entry : matrix.column(column)) {
    const Multiplier& dual = row_dual[static_cast<std::size_t>(entry.index)];
    sum.add_product(-entry.value, {dual.main, dual.main});
    if (!dual.is_double()) sum.add_product(-entry.value, dual.rest);
  }
  return sum.enclosure();
}

Violation dual_violation(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual) {
  Worst worst;
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    const Interval dual{row_dual[row], row_dual[row]};
    worst.meet(wrong_sign(dual, model.row_lower[row], model.row_upper[row]), std::max(1.0, std::abs(row_dual[row])),
               static_cast<std::int32_t>(row), -1);
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    double scale = std::max(1.0, std::abs(model.cost[column]));
    for (const Entry& entry : matrix.column(column)) {
      scale = std::max(scale, std::abs(entry.value * row_dual[static_cast<std::size_t>(entry.index)]));
    }
    const Interval reduced_cost = reduced_cost_enclosure(model, matrix, row_dual, column);
    worst.meet(wrong_sign(reduced_cost, model.lower[column], model.upper[column]), scale, -1,
               static_cast<std::int32_t>(column));
  }
  return worst.violation(model);
}

Interval objective_enclosure(const Model& model, const std::vector<double>& value) {
  ExactSum sum;
  sum.add(model.offset);
  for (std::size_t column = 0; column < value.size(); ++column) sum.add_product(model.cost[column], value[column]);
  return sum.enclosure();
}

double dual_objective(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual) {
  ExactSum sum;
  sum.add(model.offset);
  const auto add_term = [&sum](double dual, double lower, double upper) {
    const double bound = dual > 0 ? lower : upper;
    if (dual != 0 && std::isfinite(bound)) sum.add_product(dual, bound);
  };
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    add_term(row_dual[row], model.row_lower[row], model.row_upper[row]);
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const Interval reduced_cost = reduced_cost_enclosure(model, matrix, row_dual, column);
    add_term(reduced_cost.lower, model.lower[column], model.upper[column]);
  }
  return sum.value();
}

}  // namespace pinchpoint::optim
