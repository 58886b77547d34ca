// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "optim/solve/proof/lower/multiplier.hpp"
#include "optim/solve/proof/matrix_view.hpp"

namespace pinchpoint::optim {

/// A direction z in which multipliers leave what makes their bound -∞: A_j'z < 0 for every column without an upper
/// bound whose reduced cost is near 0, > for those without a lower one, = for those without either, signs of rows kept.
/// That cannot be had of columns that move together for ever at no cost (Gordan's theorem): they and the rows
/// that such moves ever deepen are named instead.
struct StrictDirection {
  std::vector<double> by_row;            ///< |z| ≤ 1
  std::vector<std::size_t> ray_columns;  ///< reduced cost 0 by every multiplier that has a bound
  std::vector<std::size_t> ray_rows;     ///< one-sided, with a multiplier of 0 by every such
};

/// Found by one LP. A hint: nothing is proved here.
[[nodiscard]] std::optional<StrictDirection> find_strict_direction(const Model& model, const MatrixView& matrix,
                                                                   const Multipliers& row_dual);

}  // namespace pinchpoint::optim
