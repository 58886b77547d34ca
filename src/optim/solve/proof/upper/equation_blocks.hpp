// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/solve/proof/feasibility_proof.hpp"

namespace pinchpoint::optim {

/// Which columns take what equations leave, in the order in which to solve for them: rows that have one such column
/// left, then a block of rows that only a simultaneous solution serves, then columns that stand in no other row.
/// room: by column, how far its value may move either way (0: not at all). Equations that find no column are left out.
[[nodiscard]] std::vector<Block> order_equations(const MatrixView& matrix, const std::vector<std::uint8_t>& is_equation,
                                                 const std::vector<double>& room);

/// By column: how far a value may move either way; 0 for integers.
[[nodiscard]] std::vector<double> room_within_bounds(const Model& model, const std::vector<double>& value);

}  // namespace pinchpoint::optim
