// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "optim/ensemble/ensemble.hpp"

namespace pinchpoint::bench {

/// Scenarios of one problem, by number within the case.
struct Group {
  optim::Model model;
  std::vector<std::size_t> scenarios;
  std::vector<optim::Patch> patches;  ///< by place in `scenarios`
};

/// What ours makes of a case, everything counted that a user waits for once the plan stands.
struct Played {
  std::vector<optim::ScenarioBounds> bounds;  ///< by scenario
  double seconds = 0;
  std::string problem;  ///< why there is none
};

/// An ensemble as ours plays it, and the same scenarios as patches for loops.
struct Case {
  std::vector<Group> groups;
  std::function<Played(int threads)> play;
};

/// Shocks of the network LP "M".
[[nodiscard]] Case network_case(std::size_t scenarios, std::uint64_t seed);
/// Futures of studies/stargate by years, in which accidents and nature strike: `pinchpoint stress`.
[[nodiscard]] Case world_case(std::size_t scenarios, std::uint64_t seed);
/// Removals from studies/stargate by years from 2027 on, all kinds but single facilities: `pinchpoint rank`.
[[nodiscard]] Case rank_case();

}  // namespace pinchpoint::bench
