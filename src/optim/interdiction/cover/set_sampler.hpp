// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/random.hpp"
#include "optim/interdiction/cover/plan_pool.hpp"
#include "optim/interdiction/target.hpp"

namespace pinchpoint::optim {

/// Sets of the leader that no plan of the pool proves yet, found by drawing.
struct OpenSets {
  std::vector<std::vector<std::int32_t>> sets;  ///< some of them
  int found = 0;
  int drawn = 0;
};

/// Draws sets that the leader can afford and not enlarge by the next targets drawn. What it finds only says where to
/// work next; nothing is proved by it.
class SetSampler {
 public:
  SetSampler(std::span<const Target> targets, const PlanPool& pool) : targets_(targets), pool_(pool), random_(1) {}

  /// Sets that hold `chosen` and else targets of `open`, until `enough` are found or `most` are drawn.
  [[nodiscard]] OpenSets draw(const std::vector<std::int32_t>& chosen, const std::vector<std::int32_t>& open,
                              double left, int enough, int most);

 private:
  std::span<const Target> targets_;
  const PlanPool& pool_;
  Random random_;
};

}  // namespace pinchpoint::optim
