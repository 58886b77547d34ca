// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "optim/stochastic/two_stage.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace pinchpoint::cli {

/// Options of a plan that is hedged.
struct HedgeOptions {
  std::string risk;  ///< empty: no hedge
  std::vector<std::string> shocks;
  std::uint64_t count = 100;
  std::string sampling = "monte-carlo";
  double foresight_seconds = 120;
};
void add_hedge_options(CLI::App& command, HedgeOptions& options);

/// "expectation", or "cvar:A" with 0 ≤ A < 1.
[[nodiscard]] std::optional<optim::Risk> risk_named(const std::string& name);

}  // namespace pinchpoint::cli
