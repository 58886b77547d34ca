// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "optim/model/matrix_view.hpp"
#include "optim/solve/proof/interval.hpp"
#include "optim/solve/proof/lower/multiplier.hpp"
#include "optim/solve/solution.hpp"

namespace pinchpoint::optim {

/// Largest violation and where it is. `scaled` is relative to max(1, |bound|, largest term); `name` is rendered.
struct Violation {
  double absolute = 0;
  double scaled = 0;
  std::string name;
};

/// Rows and bounds against the values: max(lower - activity, activity - upper, 0).
[[nodiscard]] Violation primal_violation(const Model& model, const MatrixView& matrix,
                                         const std::vector<double>& value);

/// Signs of row duals y and of d = c - A'y: positive needs a finite lower side, negative a finite upper side.
[[nodiscard]] Violation dual_violation(const Model& model, const MatrixView& matrix,
                                       const std::vector<double>& row_dual);

/// Encloses offset + cost'value.
[[nodiscard]] Interval objective_enclosure(const Model& model, const std::vector<double>& value);

/// Encloses cost_j - sum of a_ij y_i.
[[nodiscard]] Interval reduced_cost_enclosure(const Model& model, const MatrixView& matrix,
                                              const std::vector<double>& row_dual, std::size_t column);
[[nodiscard]] Interval reduced_cost_enclosure(const Model& model, const MatrixView& matrix, const Multipliers& row_dual,
                                              std::size_t column);

/// offset + Σ y_i b_i + Σ d_j x_j at the bounds that the signs of y and d choose; terms whose bound is infinite are
/// left out (dual_violation() counts those). Equals the optimum for optimal duals.
[[nodiscard]] double dual_objective(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual);

}  // namespace pinchpoint::optim
