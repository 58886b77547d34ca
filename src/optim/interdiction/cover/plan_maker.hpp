// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/cover/lean_plan_lp.hpp"
#include "optim/interdiction/cover/plan_pool.hpp"
#include "optim/interdiction/follower/follower.hpp"

namespace pinchpoint::optim {

/// What asking for a plan brought.
enum class PlanNews {
  plan,       ///< the pool has a plan within the level that the set does not hurt
  worse_set,  ///< the set costs the follower more than the level
  no_answer,  ///< the set leaves no answer
  stopped,    ///< time, interrupt or a failure
};

/// A plan asked for: one that `chosen` does not hurt, and whose use of targets weighs little.
struct PlanOrder {
  std::vector<std::int32_t> chosen;
  std::vector<double> weight;       ///< by target
  const Solution* start = nullptr;  ///< basis to start from; null: where the last LP ended
  bool weigh_again = true;          ///< a second LP with weights ~ 1 / use
};

/// Makes plans that prove much: within the level, and using few targets. Each proves v(S) ≤ level for every S among the
/// targets it does not use.
class PlanMaker {
 public:
  PlanMaker(Follower& follower, PlanPool& pool);

  /// Plans of several orders, at most `slots` at a time on as many threads as allowed. An order that no plan within the
  /// level answers gets its exact answer from the follower.
  ///
  /// requires  every `chosen` within the leader's limit
  std::vector<PlanNews> make(std::vector<PlanOrder> orders, double level);
  /// Orders worked on at a time, whatever the number of threads: order i of a batch always goes to LP i.
  static constexpr std::size_t slots = 4;
  /// False if the proof rests on a plan that misses a row, a bound or a patch by more than 1e-7, scaled.
  [[nodiscard]] bool has_checked_all() const { return all_checked_; }

 private:
  struct Draft {
    Solution solution;
    std::vector<double> weight;
    bool is_within = false;
  };
  [[nodiscard]] Draft draft(LeanPlanLp& lp, const PlanOrder& order, double level) const;
  void weigh_again(const Solution& solution, std::vector<double>& weight) const;
  PlanNews make_exact(const PlanOrder& order, double level);
  void add(const PlanOrder& order, Draft draft);

  Follower& follower_;
  PlanPool& pool_;
  std::vector<std::unique_ptr<LeanPlanLp>> lps_;
  bool all_checked_ = true;
};

}  // namespace pinchpoint::optim
