// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/plan_orders.hpp"

#include <algorithm>

namespace pinchpoint::optim {

namespace {

// Weight of a target in none of the open sets, against 1 for the most frequent one.
constexpr double least_weight = 0.1;
// Weights are multiplied by a random factor from here to 1.
constexpr double least_factor = 0.1;

}  // namespace

OpenSets PlanOrders::sample(const std::vector<std::int32_t>& chosen, const TargetSet& open, int enough, int most) {
  const double left = follower_.problem().cost_limit - follower_.cost_of(chosen);
  return sampler_.draw(chosen, open.members(), left, enough, most);
}

PlanOrder PlanOrders::for_many(const OpenSets& sets, const std::vector<std::int32_t>& chosen) {
  std::vector<double> count(follower_.problem().targets.size(), 0);
  for (const std::vector<std::int32_t>& set : sets.sets) {
    for (const std::int32_t target : set) ++count[static_cast<std::size_t>(target)];
  }
  const double most = std::max(1.0, *std::max_element(count.begin(), count.end()));
  PlanOrder order{chosen, {}};
  for (const double times : count) {
    const double factor = least_factor + (1 - least_factor) * random_.draw();
    order.weight.push_back((least_weight + (1 - least_weight) * times / most) * factor);
  }
  return order;
}

PlanOrder PlanOrders::for_one(const std::vector<std::int32_t>& chosen) {
  const std::int32_t nearest = pool_.nearest(chosen);
  if (nearest < 0) return PlanOrder{chosen, std::vector<double>(follower_.problem().targets.size(), 1.0)};
  const PooledPlan& plan = pool_.plan(static_cast<std::size_t>(nearest));
  return PlanOrder{chosen, plan.weight, &plan.basis, false};
}

PlanOrder PlanOrders::again(std::size_t at) const {
  const PooledPlan& plan = pool_.plan(at);
  return PlanOrder{plan.chosen, plan.weight, &plan.basis, false};
}

}  // namespace pinchpoint::optim
