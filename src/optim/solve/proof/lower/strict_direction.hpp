// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "optim/model/matrix_view.hpp"
#include "optim/solve/proof/lower/multiplier.hpp"

namespace pinchpoint::optim {

/// A direction z in which multipliers leave what makes their bound -∞: A_j'z < 0 for every column without an upper
/// bound whose reduced cost is near 0, > for those without a lower one, = for those without either, signs of rows kept.
/// Found by an LP; there is none if such columns can move together for ever at no cost (Gordan's theorem). |z| ≤ 1.
/// A hint: nothing is proved here.
[[nodiscard]] std::optional<std::vector<double>> find_strict_direction(const Model& model, const MatrixView& matrix,
                                                                       const Multipliers& row_dual);

/// What moves together for ever at no cost. No multipliers have a bound other than -∞ unless the reduced costs of
/// these columns and the multipliers of these rows are 0.
struct Rays {
  std::vector<std::size_t> columns;  ///< that move, and those without any bound
  std::vector<std::size_t> rows;     ///< with one side, ever farther from it
};

/// All of it, found by one LP. A hint: nothing is proved here.
[[nodiscard]] std::optional<Rays> find_rays(const Model& model, const MatrixView& matrix, const Multipliers& row_dual);

}  // namespace pinchpoint::optim
