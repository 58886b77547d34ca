// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/certificate.hpp"

#include <cmath>

#include "optim/solve/proof/dual_bound.hpp"
#include "optim/solve/proof/repair.hpp"
#include "optim/solve/proof/residuals.hpp"

namespace pinchpoint::optim {

namespace {

// Cutoff above the recomputed objective where no feasible point was proved.
constexpr double unproved_cutoff = 1e-6;

double relative_to(double difference, double value) { return difference / std::max(1.0, std::abs(value)); }

void fill_primal(Certificate& certificate, const Model& model, const MatrixView& matrix, const Solution& solution) {
  Violation violation = primal_violation(model, matrix, solution.value);
  certificate.primal_violation = violation.absolute;
  certificate.primal_violation_scaled = violation.scaled;
  certificate.worst_row = std::move(violation.name);
  certificate.claimed = solution.objective;
  certificate.recomputed = objective_enclosure(model, solution.value).upper;
  RepairedPoint point = repair(model, matrix, solution.value);
  certificate.upper_is_proved = point.is_proved;
  certificate.upper = point.is_proved ? point.objective.upper : certificate.recomputed;
  certificate.repair_cost = certificate.upper - certificate.recomputed;
  certificate.repaired = point.midpoints();
}

double proved_lower(Certificate& certificate, const Model& model, const MatrixView& matrix,
                    const std::vector<double>& row_dual) {
  Violation violation = dual_violation(model, matrix, row_dual);
  certificate.dual_violation = violation.absolute;
  certificate.dual_violation_scaled = violation.scaled;
  certificate.worst_column = std::move(violation.name);
  certificate.dual_objective = dual_objective(model, matrix, row_dual);
  const double slack = certificate.upper_is_proved ? 0 : unproved_cutoff * std::max(1.0, std::abs(certificate.upper));
  return safe_dual_bound(model, matrix, row_dual, certificate.upper + slack);
}

}  // namespace

bool Certificate::holds(double tolerance) const { return upper_is_proved && lower <= upper && agrees(tolerance); }

bool Certificate::holds_to_rounding(double tolerance) const {
  constexpr double rounding = 1e-9;  // what solvers are asked for here; theirs by default is 1e-7 or 1e-6
  return !upper_is_proved && primal_violation_scaled <= rounding && -gap <= tolerance && agrees(tolerance);
}

bool Certificate::agrees(double tolerance) const {
  if (!(std::abs(claimed - recomputed) <= tolerance * std::max(1.0, std::abs(recomputed)))) return false;
  if (is_mip) return mip_gap_claimed <= tolerance;
  return gap <= tolerance && dual_violation_scaled <= tolerance &&
         std::abs(dual_objective - recomputed) <= tolerance * std::max(1.0, std::abs(recomputed));
}

Certificate certify(const Model& model, const Solution& solution, const Solution* relaxation) {
  ensure(solution.value.size() == model.cost.size(), "certify() needs the values of all columns");
  Certificate certificate;
  const MatrixView matrix(model);
  certificate.is_mip = model.has_integers();
  fill_primal(certificate, model, matrix, solution);
  const Solution& dual = certificate.is_mip && relaxation != nullptr ? *relaxation : solution;
  if (dual.row_dual.size() == model.row_lower.size()) {
    certificate.lower = proved_lower(certificate, model, matrix, dual.row_dual);
  }
  certificate.gap = relative_to(certificate.upper - certificate.lower, certificate.upper);
  if (certificate.is_mip) {
    certificate.relaxation_lower = certificate.lower;
    certificate.mip_bound_claimed = solution.mip_bound;
    certificate.mip_gap_claimed = relative_to(certificate.upper - solution.mip_bound, certificate.upper);
  }
  return certificate;
}

}  // namespace pinchpoint::optim
