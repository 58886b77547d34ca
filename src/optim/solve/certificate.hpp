// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "optim/model/model.hpp"
#include "optim/solve/solution.hpp"

namespace pinchpoint::optim {

/// What our own code proved about a solution, from the matrix alone. docs/formulation/certificate.md
struct Certificate {
  // Violations of the solver's values as they came, absolute and scaled by max(1, |bound|, row's largest term).
  double primal_violation = 0;
  double primal_violation_scaled = 0;
  std::string worst_row;  ///< rendered name of the row or column with the largest scaled primal violation
  double dual_violation = 0;
  double dual_violation_scaled = 0;
  std::string worst_column;
  double dual_objective = 0;  ///< of the duals as they came; equals the objective if they are optimal

  double claimed = 0;        ///< objective the solver claimed, offset included
  double recomputed = 0;     ///< offset + cost'x in extended precision
  double lower = -infinity;  ///< safe: no feasible point is better, whatever the solver said (LP; for a MIP see mip_*)
  double upper = infinity;   ///< value of `repaired`, which satisfies every row and bound, rounded up
  double gap = infinity;     ///< (upper - lower) / max(1, |upper|)
  bool upper_is_proved = false;  ///< false: no exactly feasible point was found; upper is the recomputed value
  double repair_cost = 0;        ///< upper - recomputed
  /// Feasible in exact arithmetic when upper_is_proved. Where equality rows cannot hold in doubles, the point
  /// proved feasible is within a rounding or two of this one (columns that take what an equality row leaves).
  std::vector<double> repaired;

  bool is_mip = false;
  double mip_bound_claimed = 0;         ///< the branch-and-bound's own bound: taken from the solver, not proved
  double mip_gap_claimed = 0;           ///< (upper - mip_bound_claimed) / max(1, |upper|)
  double relaxation_lower = -infinity;  ///< safe bound of the LP relaxation, proved here

  /// True if upper_is_proved, and to the tolerance: the claimed objective is the recomputed one; LP: the gap is
  /// closed, the solver's own duals have the right signs and their objective is the recomputed one; MIP: the
  /// claimed bound reaches upper. (Wrong duals can still lead to a proved gap of 0, after repair.)
  [[nodiscard]] bool holds(double tolerance = 1e-6) const;
  /// True if no exactly feasible point was found, but the values violate no row or bound by more than 1e-9 of its size
  /// and everything else that holds() asks for is so: lower is proved, upper is the cost of a point feasible to
  /// rounding.
  [[nodiscard]] bool holds_to_rounding(double tolerance = 1e-6) const;

 private:
  /// The solver's objective, duals and bound agree with what was recomputed, and the gap is closed.
  [[nodiscard]] bool agrees(double tolerance) const;
};

/// Nonzeros of a model from which on a second thread is begun for what is done beside: to begin one takes 0.1 to 0.2
/// ms, to certify 1,254 nonzeros 1.5 ms.
inline constexpr std::int64_t worth_a_thread = 1000;

/// Recomputes everything above in interval arithmetic. `solution` needs values; duals for LPs, whose basis serves for
/// better multipliers where they leave a gap (for MIPs the duals of the relaxation, if given in `relaxation`, prove
/// relaxation_lower). With more than one thread values and duals are looked at side by side; the result is the same.
/// `on_values`: called on this thread when all that depends on values alone is known (primal violations, upper,
/// repaired); another may still be looking at the duals, and time is well spent there. May be empty.
[[nodiscard]] Certificate certify(const Model& model, const Solution& solution, const Solution* relaxation = nullptr,
                                  int threads = 1, const std::function<void(const Certificate&)>& on_values = {});

/// Checks a Farkas ray in interval arithmetic: true only if the model is proved infeasible.
[[nodiscard]] bool certify_infeasible(const Model& model, const std::vector<double>& ray);

}  // namespace pinchpoint::optim
