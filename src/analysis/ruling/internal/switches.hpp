// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/ruling/internal/measures.hpp"

namespace pinchpoint::ruling::internal {

/// Measures that can be moved from one vintage's limits to another's by the side of a row alone: where vintages differ,
/// a quota a period, of nothing for what is prohibited and without end for what is free.
struct Switches {
  std::vector<Measure> measures;
  std::vector<std::vector<double>> amounts;  ///< by measure: most in its period under each vintage; empty = no switch
  /// By vintage but the first: why it cannot be switched to; empty = it can.
  std::vector<std::string> problems;
};

/// requires: at least one vintage; the first one is that of the plan
[[nodiscard]] Switches make_switches(const World& world, const std::vector<Limits>& vintages, Diagnostics& diagnostics);

}  // namespace pinchpoint::ruling::internal
