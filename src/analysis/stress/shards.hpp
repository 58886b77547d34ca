// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/stress/stress.hpp"

namespace pinchpoint::stress {

/// One of `count` parts of a stress run, as a job of its own: scenarios [n·number/count, n·(number+1)/count) with pools
/// of their own, so that its result does not depend on the others or on where they run.
struct Shard {
  std::size_t number = 0, count = 1;
};

/// requires  number < count
[[nodiscard]] std::vector<Scenario> scenarios_of(const std::vector<Scenario>& all, Shard shard);

/// The result of the whole from the results of all shards, in their order; incomplete as soon as one is.
[[nodiscard]] StressResult join_shards(std::vector<StressResult> shards);

}  // namespace pinchpoint::stress
