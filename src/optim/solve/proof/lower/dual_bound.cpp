// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/lower/dual_bound.hpp"

#include "optim/solve/proof/interval.hpp"
#include "optim/solve/proof/lower/bound_propagation.hpp"
#include "optim/solve/proof/lower/free_rays.hpp"
#include "optim/solve/proof/lower/strict_direction.hpp"
#include "optim/solve/proof/repair.hpp"
#include "optim/solve/proof/residuals.hpp"
#include "optim/solve/proof/upper/equation_blocks.hpp"

namespace pinchpoint::optim {

namespace {

// A bound this near the cutoff is not worth improving.
constexpr double close_enough = 1e-10;
// Steps along a strict direction, of the largest multiplier: for multipliers to 30 digits, to 15, and to ever fewer.
constexpr double steps_aside[] = {0x1p-70, 0x1p-48, 0x1p-44, 0x1p-40, 0x1p-36, 0x1p-32, 0x1p-26};

/// Adds the least value of y·z for lower ≤ z ≤ upper; false if there is none.
bool add_least_term(ExactSum& sum, const Multiplier& y, double lower, double upper) {
  const Interval around = y.enclosure();
  if (around.lower == 0 && around.upper == 0) return true;
  if (around.lower < 0 && around.upper > 0 && lower != upper) {
    const double term = least_product(around, lower, upper);
    if (term != -infinity) sum.add(term);
    return term != -infinity;
  }
  const double side = around.lower >= 0 ? lower : upper;
  if (!std::isfinite(side)) return false;
  sum.add_product(y.main, side);
  if (!y.is_double()) sum.add(std::min(multiply_down(y.rest.lower, side), multiply_down(y.rest.upper, side)));
  return true;
}

using Hint = MultiplierHint;

double bound_over_box(const Model& model, const MatrixView& matrix, const Hint& hint, const ImpliedBounds& box) {
  ExactSum bound;
  bound.add(model.offset);
  for (std::size_t row = 0; row < hint.row_dual.size(); ++row) {
    if (!add_least_term(bound, hint.row_dual[row], model.row_lower[row], model.row_upper[row])) return -infinity;
  }
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    Interval reduced_cost = reduced_cost_enclosure(model, matrix, hint.row_dual, column);
    if (hint.keeps_conditions && model.upper[column] == infinity)
      reduced_cost.lower = std::max(reduced_cost.lower, 0.0);
    if (hint.keeps_conditions && model.lower[column] == -infinity)
      reduced_cost.upper = std::min(reduced_cost.upper, 0.0);
    const double term = least_product(reduced_cost, box.lower[column], box.upper[column]);
    if (term == -infinity) return -infinity;
    bound.add(term);
  }
  return bound.enclosure().lower;
}

/// The conditions on y under which no column makes the bound infinite: y within the signs its row allows, and
/// A_j'y ≤ cost_j where the column has no upper bound, ≥ where it has no lower one.
struct DualConditions {
  DualConditions(const Model& primal, const MatrixView& primal_matrix);
  Model model;  ///< columns: y; rows: columns of the primal; without keys
  MatrixView matrix;
};

DualConditions::DualConditions(const Model& primal, const MatrixView& primal_matrix)
    : matrix(primal_matrix.transposed()) {
  model.matrix.row.reserve(primal.matrix.row.size());
  model.matrix.value.reserve(primal.matrix.row.size());
  for (std::size_t column = 0; column < primal.cost.size(); ++column) {
    model.row_lower.push_back(primal.lower[column] == -infinity ? primal.cost[column] : -infinity);
    model.row_upper.push_back(primal.upper[column] == infinity ? primal.cost[column] : infinity);
  }
  for (std::size_t row = 0; row < primal.row_lower.size(); ++row) {
    model.lower.push_back(primal.row_upper[row] == infinity ? 0 : -infinity);
    model.upper.push_back(primal.row_lower[row] == -infinity ? 0 : infinity);
    for (const Entry& entry : primal_matrix.row(row)) {
      model.matrix.row.push_back(entry.index);
      model.matrix.value.push_back(entry.value);
    }
    model.matrix.start.push_back(static_cast<std::int32_t>(model.matrix.row.size()));
  }
  model.cost.resize(primal.row_lower.size());
  model.is_integer.resize(primal.row_lower.size());
}

std::vector<double> to_doubles(const Multipliers& multipliers) {
  std::vector<double> doubles;
  doubles.reserve(multipliers.size());
  for (const Multiplier& multiplier : multipliers) doubles.push_back(multiplier.main);
  return doubles;
}

using RepairOf = RepairedPoint (*)(const Model&, const MatrixView&, const std::vector<double>&);

/// Multipliers near the given ones that keep those conditions, as far as such a repair can.
Hint repaired_multipliers(const Model& model, const MatrixView& matrix, const Multipliers& row_dual, RepairOf repair) {
  const DualConditions conditions(model, matrix);
  const RepairedPoint point = repair(conditions.model, conditions.matrix, to_doubles(row_dual));
  return {to_multipliers(point.enclosure), point.is_proved};
}

/// Those very multipliers, but for what equations of columns without any bound ask of some.
Hint solved_multipliers(const Model& model, const MatrixView& matrix, const Multipliers& row_dual) {
  const auto& [conditions, transposed] = DualConditions(model, matrix);
  const std::vector<double> start = to_doubles(row_dual);
  std::vector<std::uint8_t> is_equation;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    is_equation.push_back(conditions.row_lower[column] == conditions.row_upper[column] ? 1 : 0);
  }
  const std::vector<Block> blocks = order_equations(transposed, is_equation, room_within_bounds(conditions, start));
  const RepairedPoint point = prove_feasible(conditions, transposed, start, blocks);
  return {to_multipliers(point.enclosure), point.is_proved};
}

/// The multipliers with wrong signs of one-sided rows set to 0.
Hint with_right_signs(const Model& model, Multipliers row_dual) {
  for (std::size_t row = 0; row < row_dual.size(); ++row) {
    Multiplier& dual = row_dual[row];
    if (!std::isfinite(dual.main)) dual = {};
    const Interval around = dual.enclosure();
    if ((around.upper > 0 && model.row_lower[row] == -infinity) ||
        (around.lower < 0 && model.row_upper[row] == infinity))
      dual = {};
  }
  return {std::move(row_dual)};
}

/// Of the multipliers moved a little, the least that will do.
double bound_along_direction(const Model& model, const MatrixView& matrix, const Multipliers& dual) {
  const std::optional<std::vector<double>> direction = find_strict_direction(model, matrix, dual);
  if (!direction) return -infinity;
  const ImpliedBounds box{model.lower, model.upper};
  double size = 1;
  for (const Multiplier& multiplier : dual) size = std::max(size, std::abs(multiplier.main));
  for (const double step : steps_aside) {
    Multipliers moved = dual;
    for (std::size_t row = 0; row < moved.size(); ++row) moved[row].add(step * size * (*direction)[row]);
    Hint hint = with_right_signs(model, std::move(moved));
    double bound = bound_over_box(model, matrix, hint, box);
    if (bound > -infinity) return bound;
    hint = solved_multipliers(model, matrix, hint.row_dual);
    bound = bound_over_box(model, matrix, hint, box);
    if (bound > -infinity) return bound;
  }
  return -infinity;
}

/// If need be, of the model with its rays opened.
double bound_aside(Model model, const MatrixView& matrix, const Multipliers& row_dual) {
  Multipliers dual = with_right_signs(model, row_dual).row_dual;
  const double bound = bound_along_direction(model, matrix, dual);
  if (bound > -infinity) return bound;
  const std::optional<Rays> rays = find_rays(model, matrix, dual);
  if (!rays || rays->columns.empty()) return bound;
  open_rays(model, matrix, *rays);
  dual = with_right_signs(model, std::move(dual)).row_dual;
  return bound_along_direction(model, matrix, dual);
}

}  // namespace

bool proves_positive(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual) {
  const Hint dual = with_right_signs(model, to_multipliers(row_dual));
  const ImpliedBounds box{model.lower, model.upper};
  if (bound_over_box(model, matrix, dual, box) > 0) return true;
  const Hint repaired = repaired_multipliers(model, matrix, dual.row_dual, repair);
  if (bound_over_box(model, matrix, repaired, box) > 0) return true;
  return bound_over_box(model, matrix, repaired, propagate_bounds(model, matrix, infinity)) > 0;
}

SafeDualBound::SafeDualBound(const Model& model, const MatrixView& matrix, const Multipliers& row_dual)
    : model_(model),
      matrix_(matrix),
      box_{model.lower, model.upper},
      dual_(with_right_signs(model, row_dual)),
      best_(bound_over_box(model, matrix, dual_, box_)) {}

void SafeDualBound::repair() {
  if (repaired_) return;
  repaired_ = repaired_multipliers(model_, matrix_, dual_.row_dual, repair_fine);
  best_ = std::max(best_, bound_over_box(model_, matrix_, *repaired_, box_));
}

double SafeDualBound::improve(double cutoff, double enough) {
  if (!std::isfinite(cutoff)) return best_;
  enough = std::min(enough, cutoff - close_enough * std::max(1.0, std::abs(cutoff)));
  if (best_ >= enough) return best_;
  repair();
  if (best_ >= enough) return best_;
  const ImpliedBounds implied = propagate_bounds(model_, matrix_, cutoff);
  const auto within_implied = [&](const Hint& hint) {
    return std::min(bound_over_box(model_, matrix_, hint, implied), cutoff);
  };
  best_ = std::max({best_, within_implied(*repaired_), within_implied(dual_)});
  if (best_ >= enough || repaired_->keeps_conditions) return best_;
  const Hint rough = repaired_multipliers(model_, matrix_, dual_.row_dual, repair_rough);
  best_ = std::max({best_, bound_over_box(model_, matrix_, rough, box_), within_implied(rough)});
  return best_;
}

double safe_dual_bound(const Model& model, const MatrixView& matrix, const Multipliers& row_dual, double cutoff,
                       double enough) {
  return SafeDualBound(model, matrix, row_dual).improve(cutoff, enough);
}

double dual_bound_aside(const Model& model, const MatrixView& matrix, const Multipliers& row_dual, double cutoff,
                        double enough) {
  Model boxed = model;
  ImpliedBounds implied = propagate_bounds(model, matrix, cutoff);
  boxed.lower = std::move(implied.lower);
  boxed.upper = std::move(implied.upper);
  const double best = bound_aside(boxed, matrix, row_dual);
  if (best >= enough) return std::min(best, cutoff);
  return std::min(std::max(best, bound_aside(model, matrix, row_dual)), cutoff);
}

}  // namespace pinchpoint::optim
