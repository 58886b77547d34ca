// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/plan/plan.hpp"
#include "analysis/stress/sampling/scenario.hpp"
#include "domain/world/world.hpp"
#include "optim/stochastic/l_shaped.hpp"
#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::hedge {

struct HedgeOptions {
  optim::Risk risk;
  double tolerance = 1e-4;  ///< relative gap of the hedge
  int iterations = 200;
  double time_limit = 600;          ///< seconds for the search; what is proved by then is reported
  double knowing_time_limit = 120;  ///< seconds for the value of perfect information
  int threads = 2;                  ///< answers do not depend on it, unless a time limit ends the search
  const std::atomic<bool>* interrupt = nullptr;
  std::function<void(std::string_view)> on_phase;
  std::function<void(int iteration, double lower, double upper)> on_progress;
  plan::PlanOptions plan;  ///< for the plain plan and the hedged one
};

/// One scenario, or several in which nothing happens.
struct HedgedFuture {
  std::vector<std::size_t> scenarios;
  double probability = 0;
  std::int32_t start = -1;   ///< period of the surprise; -1: nothing happens
  optim::FutureCost plain;   ///< whole cost with the plain plan, and what can be done about it then
  optim::FutureCost hedged;  ///< with the hedged plan
  optim::Between knowing;    ///< if this future were known from the start
};

struct HedgeResult {
  bool is_complete = false;
  std::string problem;                           ///< why there is no result
  optim::Status status = optim::Status::failed;  ///< optimal: the gap is within the tolerance
  plan::Plan plan;                               ///< the hedged plan, certified as a plan with its decisions fixed
  std::vector<HedgedFuture> futures;
  optim::Between risk;     ///< lower: no plan has less; upper: the hedged plan's
  optim::Between plain;    ///< the plain plan's
  optim::Between knowing;  ///< risk of the costs with perfect foresight
  bool lower_is_proved = false;
  double certified_share = 0;  ///< probability of the futures whose cost is certified
  int iterations = 0;
  std::int64_t recourse_solves = 0;
  std::size_t cuts = 0, pooled_cuts = 0;
  double seconds = 0;

  [[nodiscard]] double gap() const;
  /// What hedging saves against the plain plan, and what knowing the future would save against the hedge.
  [[nodiscard]] optim::Between value_of_hedging() const;
  [[nodiscard]] optim::Between value_of_knowing() const;
};

/// A two-stage problem of a plan: all its columns are decided first; scenarios leave what can still be decided from
/// their first hit on.
struct HedgeProblem {
  optim::TwoStageProblem problem;
  std::vector<HedgedFuture> futures;  ///< as in the problem; costs still empty
};
/// requires: a plain plan with values; as many probabilities as scenarios, which add up to 1
[[nodiscard]] HedgeProblem make_hedge_problem(const World& world, const Shocks& shocks, const plan::Plan& plain,
                                              const std::vector<stress::Scenario>& scenarios,
                                              const std::vector<double>& probabilities);

/// The plan whose risk over equally likely scenarios is least. docs/formulation/two_stage.md
///
/// First stage: the plan as it goes as long as nothing happens, orders, output, stocks, trade. Second stage: from the
/// period of a scenario's first hit on, everything but new orders; orders can be given up.
///
/// requires: `plain` is the optimal plan of `world` without shocks
[[nodiscard]] HedgeResult hedge(const World& world, const Shocks& shocks, const plan::Plan& plain,
                                const std::vector<stress::Scenario>& scenarios, const HedgeOptions& options);

}  // namespace pinchpoint::hedge
