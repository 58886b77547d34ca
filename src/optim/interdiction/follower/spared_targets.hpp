// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "optim/interdiction/target.hpp"

namespace pinchpoint::optim {

/// Moves columns to where a target's loss would leave them, if no row minds and nothing gets dearer: what a point holds
/// without need, such as capacity that stands idle, is no use of a target. Only whole targets are spared.
///
/// lost      patch that the point keeps, combined: its bounds and sides are kept, too
/// value     of a point by column, changed
/// activity  A·value by row, changed
void spare_targets(const Model& model, std::span<const Target> targets, const Patch& lost, std::vector<double>& value,
                   std::vector<double>& activity);

}  // namespace pinchpoint::optim
