// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/cover/plan_orders.hpp"

namespace pinchpoint::optim {

/// Proves that no set within the limit is worse than a level:
///
///   a plan within the level that uses none of S proves v(S) ≤ level; so a set T ⊇ S that is worse than the level
///   holds a target that the plan uses.
///
/// First plans are spread over sets drawn at random, until few are open; then a search that branches on the targets of
/// the plan that leaves fewest branches meets every open set, and has a plan made for it.
///
/// The level follows the worst set met: base + (worst - base) · (1 + slack).
class CoverSearch {
 public:
  explicit CoverSearch(Follower& follower);

  /// The plan that does without any target, if there is one: the first upper bound.
  void add_plan_without_any();
  [[nodiscard]] double value_without_any() const { return without_any_; }
  /// Proves the upper bound for one slack; false if it was stopped. What is learnt serves the next, smaller slack.
  bool prove(double slack);
  /// After prove(): the largest value of a plan that the proof rests on, or of the worst set.
  [[nodiscard]] double upper() const;
  [[nodiscard]] bool has_checked_plans() const { return maker_.has_checked_all(); }
  [[nodiscard]] std::int64_t nodes() const { return nodes_; }
  [[nodiscard]] const PlanPool& pool() const { return pool_; }

 private:
  using Chosen = std::vector<std::int32_t>;
  bool renew_plans();
  bool spread_plans(const TargetSet& all);
  PlanNews make(std::vector<PlanOrder> orders);
  /// True if all sets that hold `chosen` and else only targets of `open` are proved.
  bool close(const Chosen& chosen, TargetSet open, double left);
  bool close_last(const Chosen& chosen, TargetSet open);
  bool branch(const Chosen& chosen, TargetSet open, const std::vector<std::int32_t>& targets, double left);
  enum class Ground { proved, barred, stopped };
  Ground find_ground(const Chosen& chosen, const TargetSet& open);
  void follow_worst();
  void drop_unaffordable(TargetSet& open, double left) const;
  [[nodiscard]] bool fits_one_only(const TargetSet& open, double left) const;
  [[nodiscard]] std::vector<std::int32_t> strongest_first(const TargetSet& set) const;
  void report() const;

  Follower& follower_;
  PlanPool pool_;
  PlanMaker maker_;
  PlanOrders orders_;
  double slack_ = 0;
  double level_ = 0;
  double without_any_ = infinity;
  std::int64_t nodes_ = 0;
};

}  // namespace pinchpoint::optim
