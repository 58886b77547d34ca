// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "optim/interdiction/cover/target_set.hpp"

namespace pinchpoint::optim {

/// A feasible point of the follower: what it costs, and the targets whose loss would hurt it.
struct PooledPlan {
  double value = 0;
  TargetSet used;
};

/// Points of the follower. One of value c that uses none of S proves v(S) ≤ c. Points above the level prove nothing of
/// it.
class PlanPool {
 public:
  explicit PlanPool(std::size_t target_count) : target_count_(target_count), users_(target_count) {}

  void add(PooledPlan plan);
  void set_level(double level);
  [[nodiscard]] std::size_t size() const { return plans_.size(); }
  [[nodiscard]] bool is_within_level(std::size_t at) const { return plans_[at].value <= level_; }
  [[nodiscard]] const PooledPlan& plan(std::size_t at) const { return plans_[at]; }

  /// Numbers of the plans within the level that use none of `chosen`.
  [[nodiscard]] std::vector<std::int32_t> unhurt(const std::vector<std::int32_t>& chosen) const;
  [[nodiscard]] bool has_unhurt(const std::vector<std::int32_t>& chosen) const;
  /// Of these plans the one that uses fewest of `open`.
  [[nodiscard]] std::int32_t narrowest(const std::vector<std::int32_t>& plans, const TargetSet& open) const;
  /// Largest value of a plan within the level.
  [[nodiscard]] double largest_value() const;

 private:
  using Mask = std::vector<std::uint64_t>;
  [[nodiscard]] Mask unhurt_mask(const std::vector<std::int32_t>& chosen) const;

  std::size_t target_count_;
  double level_ = 0;
  std::vector<PooledPlan> plans_;
  std::vector<Mask> users_;  ///< by target, one bit a plan that uses it
  Mask within_level_;
};

}  // namespace pinchpoint::optim
