// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/solve/proof/matrix_view.hpp"

namespace pinchpoint::optim {

/// Gives the columns no bounds and the rows no sides any more, which only relaxes the model. Then, wherever columns
/// without bounds can be shown to move together both ways for ever at no cost and within every row, one of them is put
/// at 0: whatever point the model has, it has another of the same cost there. So multipliers need not serve that
/// column, whose reduced cost is 0 where those of the others are, but which rounding would keep from showing it.
void open_rays(Model& model, const MatrixView& matrix, const std::vector<std::size_t>& columns,
               const std::vector<std::size_t>& rows);

}  // namespace pinchpoint::optim
