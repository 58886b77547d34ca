// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/plan_pool.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace pinchpoint::optim {

namespace {

void set_bit(std::vector<std::uint64_t>& mask, std::size_t at) { mask[at / 64] |= std::uint64_t{1} << (at % 64); }

}  // namespace

void PlanPool::add(PooledPlan plan) {
  const std::size_t at = plans_.size();
  if (at % 64 == 0) {
    within_level_.push_back(0);
    for (Mask& mask : users_) mask.push_back(0);
  }
  for (const std::int32_t target : plan.used.members()) set_bit(users_[static_cast<std::size_t>(target)], at);
  if (plan.value <= level_) set_bit(within_level_, at);
  plans_.push_back(std::move(plan));
}

void PlanPool::set_level(double level) {
  level_ = level;
  std::fill(within_level_.begin(), within_level_.end(), 0);
  for (std::size_t at = 0; at < plans_.size(); ++at) {
    if (plans_[at].value <= level) set_bit(within_level_, at);
  }
}

PlanPool::Mask PlanPool::unhurt_mask(const std::vector<std::int32_t>& chosen) const {
  Mask mask = within_level_;
  for (const std::int32_t target : chosen) {
    const Mask& users = users_[static_cast<std::size_t>(target)];
    for (std::size_t at = 0; at < mask.size(); ++at) mask[at] &= ~users[at];
  }
  return mask;
}

std::vector<std::int32_t> PlanPool::unhurt(const std::vector<std::int32_t>& chosen) const {
  const Mask mask = unhurt_mask(chosen);
  std::vector<std::int32_t> plans;
  for (std::size_t at = 0; at < mask.size(); ++at) {
    for (std::uint64_t bits = mask[at]; bits != 0; bits &= bits - 1) {
      plans.push_back(static_cast<std::int32_t>(64 * at) + std::countr_zero(bits));
    }
  }
  return plans;
}

bool PlanPool::has_unhurt(const std::vector<std::int32_t>& chosen) const {
  for (std::size_t at = 0; at < within_level_.size(); ++at) {
    std::uint64_t bits = within_level_[at];
    for (const std::int32_t target : chosen) bits &= ~users_[static_cast<std::size_t>(target)][at];
    if (bits != 0) return true;
  }
  return false;
}

std::int32_t PlanPool::narrowest(const std::vector<std::int32_t>& plans, const TargetSet& open) const {
  std::int32_t best = -1;
  int fewest = std::numeric_limits<int>::max();
  for (const std::int32_t plan : plans) {
    const int common = plans_[static_cast<std::size_t>(plan)].used.count_common(open);
    if (common >= fewest) continue;
    fewest = common;
    best = plan;
    if (common == 0) break;
  }
  return best;
}

double PlanPool::largest_value() const {
  double largest = -std::numeric_limits<double>::infinity();
  for (const PooledPlan& plan : plans_) {
    if (plan.value <= level_) largest = std::max(largest, plan.value);
  }
  return largest;
}

}  // namespace pinchpoint::optim
