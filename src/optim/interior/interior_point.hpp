// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <vector>

#include "optim/model/model.hpp"

namespace pinchpoint::optim {

struct InteriorLimits {
  double tolerance = 1e-9;  ///< relative, of rows, dual rows and gap: what is optimal
  double aim = 1e-12;       ///< goes on to this as long as that is quick: an exact point has a basis near by
  int iterations = 200;
  double most_work = 1e8;  ///< multiplications of one factorisation
  double seconds = infinity;
  int threads = 1;  ///< the point is the same on any number
  const std::atomic<bool>* interrupt = nullptr;
  std::function<void(int iterations, double objective, double bound)> on_iteration{};
};

/// The best of all iterations. By column and row of the model; signs as in Solution.
struct InteriorPoint {
  int iterations = 0;
  double objective = 0;                                                         ///< without the model's constant
  double primal_residual = infinity, dual_residual = infinity, gap = infinity;  ///< relative
  bool is_optimal = false;                                                      ///< all within the tolerance
  /// Feasible and the gap small enough that a crossover may still end near an optimal basis.
  [[nodiscard]] bool is_near() const { return primal_residual <= 1e-6 && dual_residual <= 1e-6 && gap <= 1e-2; }
  std::vector<double> value, row_dual, reduced_cost;
};

/// An LP by a primal-dual interior point method that factorises its equations as they are: predictor, corrector and
/// centrality correctors (Mehrotra 1992; Gondzio 1996) on the regularised augmented system (Vanderbei 1995; Altman &
/// Gondzio 1999). Fast where time makes the matrix a chain. Nothing if the factor would take too much work. Values are
/// hints, strictly between their bounds, and not a vertex.
///
/// requires  no integers; lower ≤ upper
[[nodiscard]] std::optional<InteriorPoint> solve_by_interior_point(const Model& model, const InteriorLimits& limits);

}  // namespace pinchpoint::optim
