// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "optim/model/matrix_view.hpp"

namespace pinchpoint::optim {

/// A direction z, |z| ≤ 1, that keeps equality rows and leaves the sides and bounds that a point stands on.
struct FeasibleDirection {
  std::vector<double> by_column;          ///< 0 where the column can only stay on its bound
  std::vector<std::uint8_t> is_equation;  ///< by row: an equality row, or one that no direction leads off its side
};

/// Found by an LP that leaves as many sides and bounds as it can. Integers stay. A hint: nothing is proved here.
[[nodiscard]] std::optional<FeasibleDirection> find_feasible_direction(const Model& model, const MatrixView& matrix,
                                                                       const std::vector<double>& value);

}  // namespace pinchpoint::optim
