// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proved_solution.hpp"

#include <cmath>

#include "optim/solve/certificate.hpp"
#include "optim/solve/scaling.hpp"

namespace pinchpoint::optim {

ProvedSolution solve_and_prove(const Model& model, const SolveOptions& options) {
  const ScaledModel scaled = scale(model);
  Solution solution = solve(scaled.model, options);
  ProvedSolution proved;
  proved.status = solution.status;
  proved.iterations = solution.iterations;
  proved.message = solution.message;
  if (solution.status != Status::optimal) return proved;
  const Certificate certificate = certify(scaled.model, solution);
  constexpr double tolerance = 1e-6;
  proved.is_certified =
      !certificate.is_mip && (certificate.holds(tolerance) || certificate.holds_to_rounding(tolerance));
  const double claimed = certificate.is_mip ? certificate.mip_bound_claimed : certificate.dual_objective;
  const bool is_claimed = certificate.is_mip || certificate.lower == -infinity;
  const double lower = is_claimed ? claimed : certificate.lower;
  proved.lower = std::ldexp(lower, -scaled.scaling.objective);
  proved.upper = std::ldexp(certificate.upper, -scaled.scaling.objective);
  if (certificate.upper_is_proved) solution.value = certificate.repaired;
  proved.value = unscale(solution, scaled.scaling).value;
  return proved;
}

}  // namespace pinchpoint::optim
