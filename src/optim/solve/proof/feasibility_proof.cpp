// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/feasibility_proof.hpp"

namespace pinchpoint::optim {

namespace {

class FeasibilityProof {
 public:
  FeasibilityProof(const Model& model, const MatrixView& matrix, const std::vector<double>& value)
      : model_(model), matrix_(matrix), is_solved_(model.row_lower.size(), 0), is_dependent_(value.size(), 0) {
    value_.reserve(value.size());
    for (const double number : value) value_.push_back({number, number});
  }

  /// A dependent may not stand in a row that was solved before it: that row's solution would be spoilt.
  bool solve(const Dependent& dependent) {
    double factor = 0;
    for (const Entry& entry : matrix_.column(dependent.column)) {
      if (is_solved_[static_cast<std::size_t>(entry.index)] != 0) return false;
      if (static_cast<std::size_t>(entry.index) == dependent.row) factor = entry.value;
    }
    if (factor == 0 || is_dependent_[dependent.column] != 0 || model_.is_integer[dependent.column] != 0) return false;
    is_solved_[dependent.row] = 1;
    is_dependent_[dependent.column] = 1;
    const Interval rest = residual(dependent.row, model_.row_lower[dependent.row], dependent.column);
    if (factor > 0)
      value_[dependent.column] = {divide_down(rest.lower, factor), divide_up(rest.upper, factor)};
    else
      value_[dependent.column] = {divide_down(rest.upper, factor), divide_up(rest.lower, factor)};
    return true;
  }

  [[nodiscard]] bool all_rows_hold() const {
    for (std::size_t row = 0; row < model_.row_lower.size(); ++row) {
      if (is_solved_[row] == 0 && !is_within(row)) return false;
    }
    return true;
  }

  [[nodiscard]] bool all_bounds_hold() const {
    for (std::size_t column = 0; column < value_.size(); ++column) {
      const Interval value = value_[column];
      if (!(value.lower >= model_.lower[column] && value.upper <= model_.upper[column])) return false;
      if (!std::isfinite(value.lower) || !std::isfinite(value.upper)) return false;
      if (model_.is_integer[column] != 0 && std::round(value.lower) != value.lower) return false;
    }
    return true;
  }

  [[nodiscard]] Interval objective() const {
    IntervalSum sum;
    sum.add(model_.offset);
    for (std::size_t column = 0; column < value_.size(); ++column) sum.add_product(model_.cost[column], value_[column]);
    return sum.enclosure();
  }

  [[nodiscard]] const std::vector<Interval>& enclosure() const { return value_; }

 private:
  /// Encloses side - activity, leaving one column out.
  [[nodiscard]] Interval residual(std::size_t row, double side, std::size_t left_out) const {
    IntervalSum sum;
    sum.add(side);
    for (const Entry& entry : matrix_.row(row)) {
      const auto column = static_cast<std::size_t>(entry.index);
      if (column != left_out) sum.add_product(-entry.value, value_[column]);
    }
    return sum.enclosure();
  }

  [[nodiscard]] bool is_within(std::size_t row) const {
    const std::size_t none = value_.size();
    if (model_.row_lower[row] > -infinity && !(residual(row, model_.row_lower[row], none).upper <= 0)) return false;
    return !(model_.row_upper[row] < infinity) || residual(row, model_.row_upper[row], none).lower >= 0;
  }

  const Model& model_;
  const MatrixView& matrix_;
  std::vector<Interval> value_;
  std::vector<std::uint8_t> is_solved_, is_dependent_;
};

}  // namespace

RepairedPoint prove_feasible(const Model& model, const MatrixView& matrix, const std::vector<double>& value,
                             const std::vector<Dependent>& dependents) {
  FeasibilityProof proof(model, matrix, value);
  for (const Dependent& dependent : dependents) proof.solve(dependent);
  RepairedPoint point;
  point.objective = proof.objective();
  point.is_proved = proof.all_bounds_hold() && proof.all_rows_hold();
  point.enclosure = proof.enclosure();
  return point;
}

}  // namespace pinchpoint::optim
