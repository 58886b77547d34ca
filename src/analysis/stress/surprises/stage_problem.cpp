// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/surprises/stage_problem.hpp"

#include "analysis/stress/forces/open_forces.hpp"
#include "analysis/stress/surprises/forks.hpp"

namespace pinchpoint::stress {

StageProblem::StageProblem(const Stressed& stressed, const StageGroup& group, const Pasts& pasts)
    : problem_(make_operating_problem(stressed.world, stressed.plan, PeriodId(group.start), stressed.response)),
      effects_(stressed.world, stressed.shocks, stressed.plan, problem_) {
  const auto past_of = [&pasts](const Stage& stage) {
    const auto found = pasts.find(stage.scenario);
    return found != pasts.end() ? &found->second : nullptr;
  };
  const Forks forks(stressed.plan, problem_);
  Forks::RowReliefs missing;
  std::vector<Scenario> known;
  for (const Stage& stage : group.stages) {
    known.push_back(known_in(stressed.world.timeline, stressed.scenarios[stage.scenario], stage));
    if (const Past* past = past_of(stage)) forks.note_missing(*past, missing);
  }
  add_reliefs(problem_, stressed.plan, missing);
  open_forces(stressed, known);
  patches_.reserve(known.size());
  for (std::size_t at = 0; at < known.size(); ++at) {
    const Past* past = past_of(group.stages[at]);
    const bool is_lost = past != nullptr && past->is_lost;
    patches_.push_back(is_lost ? optim::Patch()
                               : effects_.patch(known[at], past != nullptr ? forks.fork(*past) : Fork()));
  }
}

void StageProblem::open_forces(const Stressed& stressed, const std::vector<Scenario>& known) {
  ForceChanges changes;
  for (const Scenario& scenario : known) effects_.note_forces(scenario, changes);
  stress::open_forces(problem_, stressed.world, stressed.plan, changes);
}

}  // namespace pinchpoint::stress
