// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/solve/proof/lower/strict_direction.hpp"

namespace pinchpoint::optim {

/// Gives columns on rays no bounds and rows on them no sides any more, which only relaxes the model. Then, wherever
/// columns without bounds can be shown to move together both ways for ever at no cost and within every row, one of them
/// is put at 0: whatever point the model has, it has another of the same cost there. So multipliers need not serve that
/// column, whose reduced cost is 0 where those of the others are, but which rounding would keep from showing it.
void open_rays(Model& model, const MatrixView& matrix, const Rays& rays);

}  // namespace pinchpoint::optim
