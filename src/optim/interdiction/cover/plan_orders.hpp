// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/cover/plan_maker.hpp"
#include "optim/interdiction/cover/set_sampler.hpp"

namespace pinchpoint::optim {

/// Decides which plans to ask for: such that each proves many sets that no plan proves yet.
class PlanOrders {
 public:
  PlanOrders(const Follower& follower, const PlanPool& pool)
      : follower_(follower), pool_(pool), sampler_(follower.problem().targets, pool), random_(2) {}

  /// Some open sets that hold `chosen` and else targets of `open`.
  [[nodiscard]] OpenSets sample(const std::vector<std::int32_t>& chosen, const TargetSet& open, int enough, int most);
  /// A plan for one of these sets, that avoids what the others hold: weights ~ how often targets occur in them, times a
  /// random factor, so that plans differ from one another.
  [[nodiscard]] PlanOrder for_many(const OpenSets& sets, const std::vector<std::int32_t>& chosen);
  /// A plan like the nearest one in the pool, without `chosen`: few pivots.
  [[nodiscard]] PlanOrder for_one(const std::vector<std::int32_t>& chosen);
  /// The order that a plan above the level answered, again.
  [[nodiscard]] PlanOrder again(std::size_t plan) const;

 private:
  const Follower& follower_;
  const PlanPool& pool_;
  SetSampler sampler_;
  Random random_;
};

}  // namespace pinchpoint::optim
