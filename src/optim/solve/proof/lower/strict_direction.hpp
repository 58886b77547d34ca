// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "optim/solve/proof/lower/bound_propagation.hpp"
#include "optim/solve/proof/lower/multiplier.hpp"

namespace pinchpoint::optim {

/// A direction z in which multipliers leave what makes their bound -∞: A_j'z < 0 for every column without an upper
/// bound in `box` whose reduced cost is near 0, > for those without a lower one, = for those without either, signs of
/// rows kept. Found by an LP; there is none if such columns can move together for ever at no cost (Gordan's theorem).
/// |z| ≤ 1. A hint: nothing is proved here.
[[nodiscard]] std::optional<std::vector<double>> find_strict_direction(const Model& model, const MatrixView& matrix,
                                                                       const Multipliers& row_dual,
                                                                       const ImpliedBounds& box);

}  // namespace pinchpoint::optim
