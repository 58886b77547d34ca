// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include "analysis/stress/effects.hpp"
#include "analysis/stress/surprises/past.hpp"
#include "analysis/stress/surprises/stages.hpp"

namespace pinchpoint::stress {

/// Scenarios by number, with what they have decided so far; those that are not named have decided as planned.
using Pasts = std::map<std::size_t, Past>;

/// What is stressed, as long as it is.
struct Stressed {
  const World& world;
  const Shocks& shocks;
  const plan::Plan& plan;
  const std::vector<Scenario>& scenarios;
  Response response = Response::operate;
};

/// The operating problem of all stages that begin in one period, and what each makes of it.
class StageProblem {
 public:
  StageProblem(const Stressed& stressed, const StageGroup& group, const Pasts& pasts);
  StageProblem(const StageProblem&) = delete;
  StageProblem& operator=(const StageProblem&) = delete;

  [[nodiscard]] const OperatingProblem& problem() const { return problem_; }
  /// By stage of the group; that of a scenario that is lost changes nothing.
  [[nodiscard]] const std::vector<optim::Patch>& patches() const { return patches_; }

 private:
  void open_forces(const Stressed& stressed, const std::vector<Scenario>& known);

  OperatingProblem problem_;
  Effects effects_;
  std::vector<optim::Patch> patches_;
};

}  // namespace pinchpoint::stress
