// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/surprises.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/plan/families.hpp"
#include "analysis/stress/effects.hpp"
#include "analysis/stress/forces/open_forces.hpp"
#include "optim/solve/proved_solution.hpp"

namespace pinchpoint::stress {

namespace {

/// Period in which a hit begins within the horizon; -1: outside of it.
std::int32_t begin_period(const Timeline& timeline, const Hit& hit) {
  if (hit.begin_months >= timeline.end().months || end_months(hit) <= timeline.start().months) return -1;
  const Date date{static_cast<int>(std::floor(std::max<double>(hit.begin_months, timeline.start().months)))};
  return timeline.period_of(date).index();
}

Scenario known_by(const Timeline& timeline, const Scenario& scenario, std::int32_t period) {
  Scenario known{scenario.index, {}};
  for (const Hit& hit : scenario.hits) {
    if (begin_period(timeline, hit) <= period) known.hits.push_back(hit);
  }
  return known;
}

class Stages {
 public:
  Stages(const World& world, const Shocks& shocks, const plan::Plan& plan, const Scenario& scenario,
         const StressOptions& options)
      : world_(world), shocks_(shocks), scenario_(scenario), options_(options), decided_(plan) {}

  SurprisedPlan play() {
    result_.is_certified = true;
    const std::vector<std::int32_t> begins = surprises_of(world_.timeline, scenario_);
    for (std::size_t stage = 0; stage < begins.size(); ++stage) {
      const bool is_last = stage + 1 == begins.size();
      if (!play_stage(begins[stage], is_last ? world_.timeline.count() : begins[stage + 1], is_last)) break;
    }
    result_.value = std::move(decided_.solution.value);
    return std::move(result_);
  }

 private:
  /// Decides the periods from `begin` to before `end`.
  bool play_stage(std::int32_t begin, std::int32_t end, bool is_last) {
    OperatingProblem problem = make_operating_problem(world_, decided_, PeriodId(begin), options_.response);
    const Effects effects(world_, shocks_, decided_, problem);
    const Scenario known = known_by(world_.timeline, scenario_, begin);
    ForceChanges changes;
    effects.note_forces(known, changes);
    open_forces(problem, world_, decided_, changes);
    optim::Model model = optim::patched(problem.model, effects.patch(known));
    const optim::ProvedSolution solved = optim::solve_and_prove(model, {.threads = 1, .interrupt = options_.interrupt});
    result_.iterations += solved.iterations;
    if (solved.status != optim::Status::optimal) {
      result_.is_certified = false;
      result_.message = "from " + world_.timeline.label(PeriodId(begin)) + ": " + optim::to_string(solved.status) +
                        " " + solved.message;
      result_.failed = std::move(model);
      return false;
    }
    result_.is_certified = result_.is_certified && solved.is_certified;
    if (is_last) {
      const double error = rounding();
      result_.lower = spent_ + solved.lower - error;
      result_.upper = spent_ + solved.upper + error;
    }
    decide(problem, solved.value, end, is_last);
    return true;
  }

  /// More than products and sums of what was spent can have been rounded by.
  [[nodiscard]] double rounding() const {
    return static_cast<double>(spent_terms_ + 2) * std::numeric_limits<double>::epsilon() * spent_size_;
  }

  void decide(const OperatingProblem& problem, const std::vector<double>& value, std::int32_t end, bool is_last) {
    for (std::size_t at = 0; at < value.size(); ++at) {
      const std::int32_t period = plan::period_of(problem.model.column_key[at]);
      const bool is_done = is_last || (period >= 0 && period < end);
      if (!is_done) continue;
      const double cost = problem.model.cost[at] * value[at];
      if (!is_last) {
        spent_ += cost;
        spent_size_ += std::abs(cost);
        ++spent_terms_;
      }
      if (problem.plan_column[at] >= 0) {
        decided_.solution.value[static_cast<std::size_t>(problem.plan_column[at])] = value[at];
      } else {
        result_.relief += cost;
      }
    }
  }

  const World& world_;
  const Shocks& shocks_;
  const Scenario& scenario_;
  const StressOptions& options_;
  plan::Plan decided_;  ///< the plan, with what has been done in place of what it meant to do
  double spent_ = 0, spent_size_ = 0;
  std::size_t spent_terms_ = 0;
  SurprisedPlan result_;
};

}  // namespace

std::vector<std::int32_t> surprises_of(const Timeline& timeline, const Scenario& scenario) {
  std::vector<std::int32_t> periods;
  for (const Hit& hit : scenario.hits) {
    if (const std::int32_t period = begin_period(timeline, hit); period >= 0) periods.push_back(period);
  }
  std::sort(periods.begin(), periods.end());
  periods.erase(std::unique(periods.begin(), periods.end()), periods.end());
  return periods;
}

SurprisedPlan play_surprises(const World& world, const Shocks& shocks, const plan::Plan& plan, const Scenario& scenario,
                             const StressOptions& options) {
  return Stages(world, shocks, plan, scenario, options).play();
}

}  // namespace pinchpoint::stress
