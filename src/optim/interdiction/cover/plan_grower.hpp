// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "optim/interdiction/cover/plan_pool.hpp"
#include "optim/interdiction/follower/follower.hpp"

namespace pinchpoint::optim {

/// A basis that is optimal without `lost`.
struct GrownBasis {
  std::vector<std::int32_t> lost;  ///< ascending
  std::shared_ptr<const BasisCode> basis;
};

/// Sets to be proved: those that hold `chosen`, and of `open` one target more.
struct GrowthOrder {
  std::vector<std::int32_t> chosen;
  TargetSet open;
  bool is_last =
      true;  ///< prove every set; else make one plan that `chosen` does not hurt and that uses little of `open`
  GrownBasis hint{};           ///< of a plan that is not far
  std::vector<double> wish{};  ///< by target: how much it is wanted away; empty: all the same
};

/// What an order brought.
struct Growth {
  std::vector<PooledPlan> plans;      ///< within the level
  bool is_done = false;               ///< all of the order is proved
  std::vector<std::int32_t> suspect;  ///< if not: a set that seems to cost more than the level, or to leave no answer
  std::int64_t lps = 0;
  GrownBasis last;  ///< of the last plan
};

struct Question {
  std::vector<std::int32_t> chosen;
  GrownBasis hint{};  ///< of a plan that is not far
};

/// The follower's cheapest plan without a set.
struct Reply {
  std::vector<std::int32_t> chosen;
  bool is_optimal = false;  ///< else nothing below is set: no plan, or one that the check does not pass
  PooledPlan plan;
  std::vector<double> gain;  ///< by target: what its loss adds to a lower bound, by the plan's duals
  std::vector<double> use;   ///< by target: how much the plan makes use of it, comparable between plans only
  GrownBasis basis;          ///< of the plan, or the hint's where that is near; none where the base is
  std::int64_t lps = 0;
};

/// Makes plans that prove much: they do without `chosen` and without as many open targets as the level allows. Targets
/// are taken away in bulk, those first that cost least by the duals at hand; what goes beyond the level is halved.
class PlanGrower {
 public:
  explicit PlanGrower(const Follower& follower);

  /// A call looks at nothing but its arguments, so that any grower gives the same answer.
  [[nodiscard]] Growth grow(const GrowthOrder& order, double level);
  /// The cheapest plan without the set, whatever it costs.
  [[nodiscard]] Reply answer(const Question& question);

 private:
  struct State;
  bool add_plan(const GrowthOrder& order, double level, Growth& growth);
  std::optional<PooledPlan> checked_plan(const std::vector<std::int32_t>& lost, const Solution& now,
                                         double level) const;
  Solution solve(State& state, const std::vector<std::int32_t>& lost, double level);
  bool extend(State& state, double level);
  void begin(State& state, const GrowthOrder& order, double level);
  [[nodiscard]] std::size_t distance(const std::vector<std::int32_t>& one,
                                     const std::vector<std::int32_t>& other) const;
  [[nodiscard]] std::vector<std::int32_t> affordable(State& state, double level) const;

  const Follower& follower_;
  std::unique_ptr<PatchedLp> lp_;
  std::int64_t lps_ = 0;
};

/// Grows several orders on as many threads as allowed; the answer does not depend on their number.
class PlanGrowers {
 public:
  explicit PlanGrowers(const Follower& follower) : follower_(follower) {}
  [[nodiscard]] std::vector<Growth> grow(const std::vector<GrowthOrder>& orders, double level);
  [[nodiscard]] std::vector<Reply> answer(std::span<const Question> questions);

 private:
  template <class Result, class Work>
  std::vector<Result> run(std::size_t count, const Work& work);

  const Follower& follower_;
  std::vector<PlanGrower> growers_;
};

}  // namespace pinchpoint::optim
