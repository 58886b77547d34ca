// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/stress/stress.hpp"

namespace pinchpoint::stress {

/// Capacity that is worth more in a scenario than without it, and who makes more.
struct AssetShift {
  plan::AssetId asset;
  double rent = 0;    ///< Σ shadow price of output · output, less that of the plan; money, present value
  double output = 0;  ///< value of output at the world's prices, less that of the plan
};

struct ScenarioPinch {
  std::size_t scenario = 0;
  std::vector<AssetShift> pinches;      ///< largest rise of rent first
  std::vector<AssetShift> substitutes;  ///< largest rise of output first
};

/// Which scenarios to look into, and how many lines to find of each.
struct PinchWish {
  std::vector<std::size_t> scenarios;
  std::size_t most = 5;
};

/// What pinches in some scenarios, and who steps in: each is solved once more, with its prices.
/// Scenarios that cannot be solved, or in which nothing happens, are left out.
[[nodiscard]] std::vector<ScenarioPinch> find_pinches(const World& world, const Shocks& shocks, const plan::Plan& plan,
                                                      const std::vector<Scenario>& scenarios, const PinchWish& wish,
                                                      const StressOptions& options);

}  // namespace pinchpoint::stress
