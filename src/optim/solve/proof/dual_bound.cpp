// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/dual_bound.hpp"

#include "optim/solve/proof/bound_propagation.hpp"
#include "optim/solve/proof/interval.hpp"
#include "optim/solve/proof/residuals.hpp"

namespace pinchpoint::optim {

namespace {

// A bound this near the cutoff is not worth improving.
constexpr double close_enough = 1e-10;

double bound_over_box(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual,
                      const ImpliedBounds& box) {
  ExactSum bound;
  bound.add(model.offset);
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    if (row_dual[row] == 0) continue;
    bound.add_product(row_dual[row], row_dual[row] > 0 ? model.row_lower[row] : model.row_upper[row]);
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const Interval reduced_cost = reduced_cost_enclosure(model, matrix, row_dual, column);
    const double term = least_product(reduced_cost, box.lower[column], box.upper[column]);
    if (term == -infinity) return -infinity;
    bound.add(term);
  }
  return bound.enclosure().lower;
}

}  // namespace

std::vector<double> with_right_signs(const Model& model, std::vector<double> row_dual) {
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    double& dual = row_dual[row];
    if (!std::isfinite(dual)) dual = 0;
    if ((dual > 0 && model.row_lower[row] == -infinity) || (dual < 0 && model.row_upper[row] == infinity)) dual = 0;
  }
  return row_dual;
}

bool proves_positive(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual) {
  const std::vector<double> dual = with_right_signs(model, row_dual);
  if (bound_over_box(model, matrix, dual, {model.lower, model.upper}) > 0) return true;
  return bound_over_box(model, matrix, dual, propagate_bounds(model, matrix, infinity)) > 0;
}

double safe_dual_bound(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual,
                       double cutoff) {
  const std::vector<double> dual = with_right_signs(model, row_dual);
  const double plain = bound_over_box(model, matrix, dual, {model.lower, model.upper});
  if (!std::isfinite(cutoff) || cutoff - plain <= close_enough * std::max(1.0, std::abs(cutoff))) return plain;
  const double implied = bound_over_box(model, matrix, dual, propagate_bounds(model, matrix, cutoff));
  return std::max(plain, std::min(implied, cutoff));
}

}  // namespace pinchpoint::optim
