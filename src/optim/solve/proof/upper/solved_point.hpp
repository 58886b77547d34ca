// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/solve/proof/repair.hpp"

namespace pinchpoint::optim {

/// Where repair() does not get through equality rows: moves the point a little off the sides and bounds it stands on
/// (feasible_direction.hpp), then solves the equality rows, simultaneously where need be, for columns that now have
/// room (equation_blocks.hpp). The proof at the end does not depend on how the point was found.
[[nodiscard]] RepairedPoint solve_equations(const Model& model, const MatrixView& matrix,
                                            const std::vector<double>& value);

}  // namespace pinchpoint::optim
