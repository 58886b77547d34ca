// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "optim/model/matrix_view.hpp"
#include "optim/solve/proof/lower/multiplier.hpp"
#include "optim/solve/solution.hpp"

namespace pinchpoint::optim {

/// Multipliers of the basis that the solution ends in, to about twice the digits of a double: reduced costs of basic
/// columns are 0 to 1e-30 of their terms. Iterative refinement: B'y = c_B is solved in doubles again and again for what
/// the sum so far misses, known to 1e-32. Nothing if there is no basis or the solver does not find it optimal.
/// They are hints as good as any others: nothing is proved here.
[[nodiscard]] std::optional<Multipliers> refine_duals(const Model& model, const MatrixView& matrix,
                                                      const Solution& solution);

}  // namespace pinchpoint::optim
