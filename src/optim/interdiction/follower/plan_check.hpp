// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "optim/model/patch.hpp"

namespace pinchpoint::optim {

/// Largest violation, scaled, of a point that a proof may rest on.
inline constexpr double plan_tolerance = 1e-7;

/// What a point costs and by how much it misses rows and bounds, from the matrix alone.
struct PlanCheck {
  double value = 0;              ///< offset + cost'x
  double violation = 0;          ///< largest, scaled by max(1, |side|)
  std::vector<double> activity;  ///< by row
};

/// `value` by column. The patch's bounds stand in for the model's.
[[nodiscard]] PlanCheck check_plan(const Model& model, const Patch& patch, std::span<const double> value);

}  // namespace pinchpoint::optim
