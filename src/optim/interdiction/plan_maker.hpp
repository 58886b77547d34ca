// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/follower.hpp"
#include "optim/interdiction/plan_pool.hpp"

namespace pinchpoint::optim {

/// What asking for a plan brought.
enum class PlanNews {
  plan,       ///< the pool has a plan within the level that the set does not hurt
  worse_set,  ///< the set costs the follower more than the level
  no_answer,  ///< the set leaves no answer
  stopped,    ///< time, interrupt or a failure
};

/// Makes plans that prove much: within the level, and using as few targets as can be found, for each proves
/// v(S) ≤ level for every S among the targets it does not use.
class PlanMaker {
 public:
  PlanMaker(Follower& follower, PlanPool& pool) : follower_(follower), pool_(pool) {}

  /// requires  `chosen` within the leader's limit
  PlanNews make(const std::vector<std::int32_t>& chosen, double level);
  /// False if a plan was found to miss a row, a bound or a patch by more than 1e-7, scaled.
  [[nodiscard]] bool has_checked_all() const { return all_checked_; }

 private:
  /// An answer of the follower and the targets it was asked to do without.
  struct Point {
    TargetSet lost;
    Solution solution;
    TargetSet used;  ///< by the solution
  };
  [[nodiscard]] std::size_t target_count() const { return follower_.problem().targets.size(); }
  [[nodiscard]] TargetSet start(const std::vector<std::int32_t>& chosen);
  void answer(Point& point);
  [[nodiscard]] bool is_within(const Point& point, double level) const;
  PlanNews shrink(Point& point, const std::vector<std::int32_t>& chosen, double level);
  void drop_dearest(Point& point, const std::vector<std::int32_t>& chosen, double level, int round);
  void grow(Point& point, double level);
  [[nodiscard]] std::vector<std::int32_t> cheap_to_lose(const Point& point, double slack, std::size_t most) const;
  [[nodiscard]] std::vector<double> gains(const Point& point) const;

  Follower& follower_;
  PlanPool& pool_;
  bool all_checked_ = true;
};

}  // namespace pinchpoint::optim
