// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/stress/stress.hpp"

namespace pinchpoint::stress {

/// Periods of the horizon in which hits of a scenario begin, ascending; a hit that began before counts in the first.
[[nodiscard]] std::vector<std::int32_t> surprises_of(const Timeline& timeline, const Scenario& scenario);

/// A scenario played surprise by surprise.
struct SurprisedPlan {
  double lower = -optim::infinity, upper = optim::infinity;  ///< cost from the first surprise on, see play_surprises()
  bool is_certified = false;                                 ///< every stage
  std::int64_t iterations = 0;
  double relief = 0;                     ///< money for rules that had to give way
  std::vector<double> value;             ///< by column of the plan: as decided in the stage it falls into
  std::optional<optim::Model> failed{};  ///< the stage that has no optimum
  std::string message;
};

/// At each surprise the operating problem is cut from what was decided until then, knowing the hits that have begun,
/// each with its whole course; what its optimum decides until the next surprise is done. Orders planned for later are
/// again at most the plan's. The last stage knows all. With v the optimum of the last stage and c the costs of what
/// earlier stages did until the next one:
///
///   lower, upper = Σ c + bounds of v
///
/// Where an earlier stage has several optima, one of them is done.
[[nodiscard]] SurprisedPlan play_surprises(const World& world, const Shocks& shocks, const plan::Plan& plan,
                                           const Scenario& scenario, const StressOptions& options);

}  // namespace pinchpoint::stress
