// SPDX-License-Identifier: Apache-2.0
#include "analysis/hedge/hedge.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>

#include "analysis/hedge/surprise.hpp"
#include "analysis/stress/stress.hpp"
#include "core/base/seconds_since.hpp"
#include "optim/solve/scaling.hpp"
#include "optim/stochastic/program_values.hpp"

namespace pinchpoint::hedge {

namespace {

using Clock = std::chrono::steady_clock;

void announce(const HedgeOptions& options, std::string_view phase) {
  if (options.on_phase) options.on_phase(phase);
}

bool is_interrupted(const HedgeOptions& options) { return options.interrupt != nullptr && *options.interrupt; }

/// Scenarios by the period in which they begin.
std::map<std::int32_t, std::vector<std::size_t>> by_start(const Timeline& timeline,
                                                          const std::vector<stress::Scenario>& scenarios) {
  std::map<std::int32_t, std::vector<std::size_t>> groups;
  for (std::size_t at = 0; at < scenarios.size(); ++at) groups[stress::start_of(timeline, scenarios[at])].push_back(at);
  return groups;
}

/// How far decisions may move when the plan is settled, in scaled units and relative to their size: more than rounding,
/// less than matters. The next is tried where the one before leaves no plan.
constexpr std::array<double, 4> settling_rooms = {1e-9, 1e-8, 1e-7, 1e-6};

// What settling may cost, relative to the risk, where the tolerance is even less.
constexpr double least_slack = 1e-6;

/// Columns of the plan that some future looks at.
std::vector<std::uint8_t> decisions_of(const optim::TwoStageProblem& problem) {
  std::vector<std::uint8_t> counts(problem.first.cost.size(), 0);
  for (const optim::Future& future : problem.futures) {
    if (future.probability <= 0) continue;
    for (const optim::Link& link : optim::links_of(problem, future)) counts[static_cast<std::size_t>(link.column)] = 1;
    const std::vector<double>& cost = optim::first_cost_of(problem, future);
    for (std::size_t column = 0; column < cost.size(); ++column) {
      if (cost[column] != 0) counts[column] = 1;
    }
  }
  return counts;
}

/// The best hedge is no worse than the plain plan, and no better than knowing the future.
optim::Between not_below_nought(optim::Between value) {
  return {std::max(0.0, value.lower), std::max(0.0, value.upper)};
}

class Hedger {
 public:
  Hedger(const World& world, const plan::Plan& plain, HedgeProblem made, const HedgeOptions& options)
      : world_(world), plain_(plain), made_(std::move(made)), options_(options) {
    optim::LShapedOptions search;
    search.tolerance = options.tolerance;
    search.iterations = options.iterations;
    search.time_limit = options.time_limit;
    search.threads = options.threads;
    search.start = plain.solution.value;
    search.interrupt = options.interrupt;
    search.on_progress = options.on_progress;
    method_ = std::make_unique<optim::LShaped>(made_.problem, options.risk, std::move(search));
  }

  HedgeResult run() {
    const Clock::time_point begin = Clock::now();
    announce(options_, "plain plan in all futures");
    const optim::Evaluation plain = method_->evaluate(plain_.solution.value);
    announce(options_, "hedge");
    const optim::TwoStageSolution solution = method_->solve();
    result_.status = solution.status;
    result_.problem = solution.message;
    if (is_interrupted(options_)) return std::move(result_);
    if (solution.first.empty() || !solution.evaluation.is_feasible) {
      result_.problem = "no plan is known that every future leaves a way out: " + solution.message;
      return std::move(result_);
    }
    keep(solution, plain);
    settle(solution);
    know();
    if (is_interrupted(options_)) return std::move(result_);
    result_.is_complete = true;
    result_.seconds = seconds_since(begin);
    return std::move(result_);
  }

 private:
  void keep(const optim::TwoStageSolution& solution, const optim::Evaluation& plain) {
    result_.futures = made_.futures;
    result_.risk = {solution.lower, solution.upper};
    result_.plain = plain.is_feasible ? plain.risk : optim::Between{plain.risk.lower, optim::infinity};
    result_.lower_is_proved = solution.lower_is_proved;
    result_.iterations = solution.iterations;
    result_.recourse_solves = solution.recourse_solves;
    result_.cuts = solution.cuts;
    result_.pooled_cuts = solution.pooled_cuts;
    for (std::size_t at = 0; at < result_.futures.size(); ++at) result_.futures[at].plain = plain.futures[at];
    keep_costs(solution.evaluation);
  }

  void keep_costs(const optim::Evaluation& evaluation) {
    result_.certified_share = 0;
    for (std::size_t at = 0; at < result_.futures.size(); ++at) {
      HedgedFuture& future = result_.futures[at];
      future.hedged = evaluation.futures[at];
      if (future.hedged.is_certified) result_.certified_share += future.probability;
    }
  }

  /// What no future looks at is decided as the plain plan would, and prices are those of the plan so settled. Kept only
  /// if its risk, proved anew, is no worse than the tolerance allows.
  void settle(const optim::TwoStageSolution& solution) {
    announce(options_, "settle");
    const std::vector<std::uint8_t> counts = decisions_of(made_.problem);
    const optim::Scaling scaling = optim::scale(made_.problem.first).scaling;
    for (const double room : settling_rooms) {
      if (settle_within(solution, counts, scaling, room)) return;
    }
    if (result_.plan.status == plan::PlanStatus::optimal) result_.plan.status = plan::PlanStatus::uncertified;
  }

  bool settle_within(const optim::TwoStageSolution& solution, const std::vector<std::uint8_t>& counts,
                     const optim::Scaling& scaling, double share) {
    std::vector<double> lower = made_.problem.first.lower;
    std::vector<double> upper = made_.problem.first.upper;
    for (std::size_t column = 0; column < counts.size(); ++column) {
      if (counts[column] == 0) continue;
      const double value = solution.first[column];
      const double room = share * std::max(std::ldexp(1.0, scaling.column[column]), std::abs(value));
      lower[column] = std::max(lower[column], value - room);
      upper[column] = std::max(lower[column], std::min(upper[column], value + room));
    }
    result_.plan = plan::make_plan_within(world_, plain_, lower, upper, options_.plan);
    result_.problem.clear();
    if (result_.plan.status != plan::PlanStatus::optimal) {
      result_.problem = "the hedged plan could not be settled: " + std::string(to_string(result_.plan.status));
      return false;
    }
    const optim::Evaluation again = method_->evaluate(result_.plan.solution.value);
    const double slack = std::max(options_.tolerance, least_slack) * std::abs(solution.upper);
    if (!again.is_feasible || again.risk.upper > solution.upper + slack) {
      result_.problem = "the settled plan does not keep the hedge's risk";
      return false;
    }
    result_.risk.upper = again.risk.upper;
    keep_costs(again);
    return true;
  }

  /// Costs of each future if it were known. What is not known in time keeps wide bounds.
  void know() {
    announce(options_, "perfect foresight");
    const Clock::time_point begin = Clock::now();
    std::vector<double> lower, upper, probability;
    for (std::size_t at = 0; at < result_.futures.size(); ++at) {
      HedgedFuture& future = result_.futures[at];
      future.knowing = {-optim::infinity, std::min(future.hedged.cost.upper, future.plain.cost.upper)};
      const bool has_time = seconds_since(begin) < options_.knowing_time_limit && !is_interrupted(options_);
      const optim::Between best = method_->best_knowing(at, options_.tolerance, has_time ? most_masters : 0);
      future.knowing.lower = best.lower;
      future.knowing.upper = std::min(future.knowing.upper, best.upper);
      lower.push_back(future.knowing.lower);
      upper.push_back(future.knowing.upper);
      probability.push_back(future.probability);
    }
    result_.knowing = {optim::risk_of(options_.risk, lower, probability),
                       optim::risk_of(options_.risk, upper, probability)};
  }

  static constexpr int most_masters = 30;  ///< for one future known beforehand

  const World& world_;
  const plan::Plan& plain_;
  HedgeProblem made_;
  const HedgeOptions& options_;
  std::unique_ptr<optim::LShaped> method_;
  HedgeResult result_;
};

}  // namespace

double HedgeResult::gap() const {
  optim::TwoStageSolution bounds;
  bounds.lower = risk.lower;
  bounds.upper = risk.upper;
  return bounds.gap();
}

optim::Between HedgeResult::value_of_hedging() const { return not_below_nought(optim::difference(plain, risk)); }
optim::Between HedgeResult::value_of_knowing() const { return not_below_nought(optim::difference(risk, knowing)); }

HedgeProblem make_hedge_problem(const World& world, const Shocks& shocks, const plan::Plan& plain,
                                const std::vector<stress::Scenario>& scenarios,
                                const std::vector<double>& probabilities) {
  HedgeProblem made;
  made.problem.first = plain.problem.model;
  for (const auto& [start, members] : by_start(world.timeline, scenarios)) {
    if (start < 0) {
      HedgedFuture nothing{members, 0, -1, {}, {}, {}};
      for (const std::size_t at : members) nothing.probability += probabilities[at];
      made.futures.push_back(nothing);
      made.problem.futures.push_back({nothing.probability, -1, {}, {}});
      continue;
    }
    const stress::OperatingProblem reference =
        stress::make_operating_problem(world, plain, PeriodId(start), stress::Response::operate);
    const stress::Effects effects(world, shocks, plain, reference);
    std::vector<stress::Effects::Limits> limits;
    TouchedLimits touched;
    for (const std::size_t at : members) {
      limits.push_back(effects.limits(scenarios[at]));
      for (const auto& [place, left] : limits.back().capacity) touched.capacity.insert(place);
      for (const auto& [column, factor] : limits.back().flows) {
        if (factor > 0) touched.flows.insert(column);
      }
    }
    Surprise surprise = make_surprise(plain, reference, touched);
    const auto recourse = static_cast<std::int32_t>(made.problem.recourses.size());
    for (std::size_t place = 0; place < members.size(); ++place) {
      optim::Future future = future_of(plain, reference, surprise, limits[place], recourse);
      future.probability = probabilities[members[place]];
      made.futures.push_back({{members[place]}, future.probability, start, {}, {}, {}});
      made.problem.futures.push_back(std::move(future));
    }
    made.problem.recourses.push_back(std::move(surprise.recourse));
  }
  return made;
}

HedgeResult hedge(const World& world, const Shocks& shocks, const plan::Plan& plain,
                  const std::vector<stress::Scenario>& scenarios, const HedgeOptions& options) {
  announce(options, "operating problems");
  const std::vector<double> even(scenarios.size(), 1.0 / static_cast<double>(scenarios.size()));
  return Hedger(world, plain, make_hedge_problem(world, shocks, plain, scenarios, even), options).run();
}

}  // namespace pinchpoint::hedge
