// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/stress/metrics.hpp"
#include "analysis/stress/operating_problem.hpp"
#include "analysis/stress/outcome.hpp"
#include "analysis/stress/sampling/scenario.hpp"
#include "analysis/stress/statistics.hpp"
#include "analysis/stress/surprises/past.hpp"
#include "analysis/stress/surprises/stages.hpp"

namespace pinchpoint::stress {

/// One scenario solved again from nothing.
struct ColdCheck {
  std::size_t scenario = 0;
  bool agrees = false;  ///< certified, and its interval meets the ensemble's
  double lower = 0, upper = 0;
  std::string message;
};

/// A stage after which its scenario goes on: bounds of what the stage knew, and what it has decided.
struct StageEnd {
  double lower = 0, upper = 0;
  optim::Reached reached = optim::Reached::base_plan;
  bool is_pooled = false;
  Past past;
};

/// One round of stages that begin in one period as it is kept, so that an interrupted run can go on.
struct Round {
  std::vector<Outcome> outcomes;   ///< of scenarios whose last stage this is, in their order
  std::vector<StageEnd> stages{};  ///< of the others
  std::vector<double> sums;        ///< of all scenarios so far: forms less those of the plan, see Metrics
  std::vector<ColdCheck> checks;   ///< of the last round only, which has no outcomes: it says that the run is whole
};

/// Where rounds are kept. Rounds come in one order only.
class RoundStore {
 public:
  virtual ~RoundStore() = default;
  /// The next round that is already known, or nothing.
  virtual std::optional<Round> next() = 0;
  virtual void append(const Round& round) = 0;
};

struct StressOptions {
  double tolerance = 1e-4;
  int threads = 2;
  Response response = Response::operate;
  Surprises surprises = Surprises::first;  ///< `each`: only with `operate`
  std::size_t round_size = 128;            ///< scenarios that a kill loses at most
  std::size_t pool_size = 512;             ///< most plans, duals and starts kept of those solved
  std::size_t checks = 10;                 ///< scenarios solved again from nothing, to compare
  const std::atomic<bool>* interrupt = nullptr;
  std::function<void(std::string_view)> on_phase{};
  std::function<void(std::size_t done, std::size_t all, std::size_t certified)> on_progress{};
};

struct StressResult {
  bool is_complete = false;
  std::string problem;             ///< why there is no result
  std::vector<Outcome> outcomes;   ///< by scenario
  std::vector<double> mean_forms;  ///< lost by programme, layer, country and period: mean over scenarios; see Metrics
  std::vector<ColdCheck> checks;
  std::vector<std::pair<std::size_t, optim::Model>> failed;  ///< problems of scenarios that failed
  std::size_t resumed = 0;                                   ///< scenarios taken from the store
  LossDistribution loss;
  double certified_share = 0;
  double max_gap = 0;

  /// Every scenario is certified, and every one that was solved again agrees.
  [[nodiscard]] bool is_proved() const;
};

/// Plays scenarios against a plan: with everything decided before the first shock, what of the plan can still be had,
/// proved from below and above for each of them. With `each` a surprise, a scenario is decided stage by stage, and
/// bounds are of the cost of these decisions:
///
///   lower, upper = Σ costs of what earlier stages did until the next one + bounds of the last stage's optimum
///
/// The same scenarios give the same bytes on any number of threads and
/// after any number of interruptions. docs/formulation/stress.md
[[nodiscard]] StressResult run_stress(const World& world, const Shocks& shocks, const plan::Plan& plan,
                                      const std::vector<Scenario>& scenarios, const StressOptions& options,
                                      RoundStore* store = nullptr);

/// The same result from a store that has all of it; nothing if a round is missing.
[[nodiscard]] std::optional<StressResult> read_stress(const World& world, const Shocks& shocks, const plan::Plan& plan,
                                                      const std::vector<Scenario>& scenarios,
                                                      const StressOptions& options, RoundStore& store);

/// Period in which a scenario begins; -1 if nothing happens within the horizon.
[[nodiscard]] std::int32_t start_of(const Timeline& timeline, const Scenario& scenario);

}  // namespace pinchpoint::stress
