// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>

#include "optim/interdiction/cover/plan_grower.hpp"
#include "optim/interdiction/cover/set_sampler.hpp"

namespace pinchpoint::optim {

/// Proves that no set within the limit is worse than a level:
///
///   a plan within the level that uses none of S proves v(S) ≤ level; so a set T ⊇ S that is worse than the level
///   holds a target that the plan uses.
///
/// The search branches on the targets of the plan that leaves fewest branches, and has plans made as it goes.
///
/// The level follows the worst set met: base + (worst - base) · (1 + slack).
class CoverSearch {
 public:
  explicit CoverSearch(Follower& follower);

  /// The plan that does without any target, if there is one: the first upper bound.
  void add_plan_without_any();
  [[nodiscard]] double value_without_any() const { return without_any_; }
  /// The loss of each target alone, then of sets that look bad: worst set, order of branching, first plans. False if
  /// it was stopped.
  bool try_first_sets();
  /// Adds to the worst set what fits, and exchanges each of its targets for every other one that the plan without it
  /// uses, until nothing is worse. False if it was stopped.
  bool try_exchanges();
  /// Proves the upper bound for one slack; false if it was stopped. What is learnt serves the next, smaller slack.
  bool prove(double slack);
  /// After prove(): the largest value of a plan that the proof rests on, or of the worst set.
  [[nodiscard]] double upper() const;
  [[nodiscard]] bool has_checked_plans() const { return all_checked_; }
  [[nodiscard]] std::int64_t nodes() const { return nodes_; }
  [[nodiscard]] const PlanPool& pool() const { return pool_; }

 private:
  using Chosen = std::vector<std::int32_t>;
  /// Sets that hold `chosen` and else targets of `open` that cost `left` at most together.
  struct Node {
    Chosen chosen;
    TargetSet open;
    double left = 0;
    GrownBasis hint{};
  };
  enum class News { proved, barred, stopped };

  /// Closes nodes in order; false if it was stopped.
  bool close_each(std::vector<Node> nodes);
  bool close(Node node);
  bool close_last(std::vector<Node> nodes);
  [[nodiscard]] std::vector<Node> branches(const Node& node) const;
  News find_ground(Node& node);
  bool spread_plans(const TargetSet& all);
  [[nodiscard]] int draws_wanted(const TargetSet& all) const;
  [[nodiscard]] std::vector<double> wishes(const OpenSets& sets);
  News settle(const Chosen& suspect);
  bool take(Reply reply);
  bool take_all(const std::vector<Chosen>& sets, const std::function<void(const Reply&)>& note);
  bool try_larger(const Chosen& rest);
  [[nodiscard]] GrownBasis nearest_known(const Chosen& set) const;
  std::vector<Growth> grow(const std::vector<GrowthOrder>& orders);
  void keep_unproved(const Chosen& chosen, TargetSet& open) const;
  void follow_worst();
  void drop_unaffordable(TargetSet& open, double left) const;
  [[nodiscard]] bool fits_one_only(const TargetSet& open, double left) const;
  [[nodiscard]] std::vector<std::int32_t> strongest_first(const TargetSet& set) const;
  void report() const;

  Follower& follower_;
  PlanPool pool_;
  PlanGrowers growers_;
  SetSampler sampler_;
  Random random_;
  /// Of a set that was answered first.
  struct Known {
    double value = 0;
    GrownBasis basis;
  };
  std::map<Chosen, Known> known_;
  std::vector<GrownBasis> hints_;  ///< by place in a batch: of the last plan made there
  double slack_ = 0;
  double level_ = 0;
  double without_any_ = infinity;
  double proved_ = infinity;  ///< upper bound so far
  bool all_checked_ = true;
  std::int64_t nodes_ = 0;
};

}  // namespace pinchpoint::optim
