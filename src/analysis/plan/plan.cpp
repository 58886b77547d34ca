// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/plan.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <future>

#include "analysis/plan/contradictions.hpp"
#include "core/base/beside.hpp"
#include "optim/solve/race.hpp"
#include "optim/solve/scaling.hpp"

namespace pinchpoint::plan {

const char* to_string(PlanStatus status) {
  switch (status) {
    case PlanStatus::optimal:
      return "optimal";
    case PlanStatus::uncertified:
      return "uncertified";
    case PlanStatus::infeasible:
      return "infeasible";
    case PlanStatus::unbounded:
      return "unbounded";
    case PlanStatus::limit_reached:
      return "limit_reached";
    case PlanStatus::failed:
      return "failed";
  }
  return "";
}

namespace {

class Stopwatch {
 public:
  /// Seconds since the last call.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> passed = now - last_;
    last_ = now;
    return passed.count();
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

void announce(const PlanOptions& options, std::string_view phase) {
  if (options.on_phase) options.on_phase(phase);
}

/// Money of the scaled problem in the currency. Violations stay scaled: they are relative to typical sizes.
void unscale_money(optim::Certificate& certificate, int exponent) {
  for (double* money :
       {&certificate.claimed, &certificate.recomputed, &certificate.lower, &certificate.upper, &certificate.repair_cost,
        &certificate.mip_bound_claimed, &certificate.dual_objective, &certificate.relaxation_lower}) {
    *money = std::ldexp(*money, -exponent);
  }
}

std::vector<double> natural_values(const std::vector<double>& scaled, const optim::Scaling& scaling) {
  std::vector<double> values(scaled.size());
  for (std::size_t at = 0; at < scaled.size(); ++at) values[at] = std::ldexp(scaled[at], scaling.column[at]);
  return values;
}

PlanStatus plan_status(optim::Status status) {
  switch (status) {
    case optim::Status::optimal:
      return PlanStatus::optimal;
    case optim::Status::infeasible:
      return PlanStatus::infeasible;
    case optim::Status::unbounded:
      return PlanStatus::unbounded;
    case optim::Status::limit_reached:
      return PlanStatus::limit_reached;
    case optim::Status::failed:
      return PlanStatus::failed;
  }
  return PlanStatus::failed;
}

CostCheck check_costs(const Plan& plan) {
  CostCheck check;
  for (const CostLine& line : plan.costs) check.sum += line.discounted;
  check.objective = plan.problem.model.offset;
  for (std::size_t at = 0; at < plan.solution.value.size(); ++at) {
    check.objective += plan.problem.model.cost[at] * plan.solution.value[at];
  }
  check.difference = std::abs(check.sum - check.objective) / std::max(1.0, std::abs(check.objective));
  constexpr double rounding = 1e-9;
  check.is_reconciled = check.difference <= rounding;
  return check;
}

/// From the start where there is one that fits and leads to an optimum soon, or else from nothing.
optim::Solution solve_problem(const optim::Model& model, const PlanOptions& options, bool& is_from_start) {
  if (options.start != nullptr && optim::fits(*options.start, model)) {
    optim::SolveOptions few_steps = options.solve;
    // As many as simplex has in a race: from far away the interior point is quicker.
    const double most = optim::RaceRules{}.simplex_iterations_per_row * model.row_count();
    few_steps.simplex_iteration_limit =
        std::min(few_steps.simplex_iteration_limit, std::max<std::int64_t>(static_cast<std::int64_t>(most), 1000));
    optim::Solution solution = optim::solve_from(*options.start, model, few_steps);
    is_from_start = solution.status == optim::Status::optimal;
    if (is_from_start) return solution;
  }
  return optim::solve(model, options.solve);
}

/// What is said of a problem whatever its solution.
struct ProblemTraits {
  optim::Conditioning conditioning;
  optim::Fingerprint print;
};

ProblemTraits traits_of(const optim::Model& model, const optim::ScaledModel& scaled) {
  return {optim::measure_conditioning(model, scaled), optim::fingerprint(scaled.model)};
}

void keep_accounts(const World& world, Plan& plan) {
  plan.costs = account_costs(world, plan.problem, plan.solution.value);
  plan.outlays = account_outlays(world, plan.problem, plan.solution.value);
  plan.facts = compare_facts(world, plan.problem.facts, plan.solution.value);
  plan.cost_check = check_costs(plan);
}

/// Returns the seconds that went into telling others of the values.
double certify_plan(const World& world, Plan& plan, const optim::ScaledModel& scaled, const optim::Solution& solution,
                    const PlanOptions& options) {
  double telling = 0;
  const auto take_values = [&](const optim::Certificate& proof) {
    if (proof.upper_is_proved) {
      plan.solution.value = natural_values(proof.repaired, scaled.scaling);
      plan.solution.objective = std::ldexp(proof.upper, -scaled.scaling.objective);
    }
    keep_accounts(world, plan);
    if (!options.on_values) return;
    Stopwatch watch;
    options.on_values(plan);
    telling = watch.lap();
  };
  plan.certificate = optim::certify(scaled.model, solution, nullptr, options.solve.threads, take_values);
  const optim::Certificate& proof = plan.certificate;
  const double tolerance = options.certificate_tolerance;
  const bool is_certified = proof.holds(tolerance) || proof.holds_to_rounding(tolerance);
  if (plan.status == PlanStatus::optimal && !is_certified) plan.status = PlanStatus::uncertified;
  unscale_money(plan.certificate, scaled.scaling.objective);
  return telling;
}

/// What the engine's own methods found is not proved: perhaps another solver's is. Returns as certify_plan() does.
double ask_general_solver(const World& world, Plan& plan, const optim::ScaledModel& scaled,
                          const optim::Fingerprint& print, const PlanOptions& options) {
  optim::SolveOptions general = options.solve;
  general.own_methods = false;
  const optim::Solution solution = optim::solve(scaled.model, general);
  if (solution.status != optim::Status::optimal) return 0;
  plan.end = optim::start_point(scaled.model, print, solution);
  plan.status = PlanStatus::optimal;
  plan.solution = optim::unscale(solution, scaled.scaling);
  return certify_plan(world, plan, scaled, solution, options);
}

}  // namespace

Plan make_plan(const World& world, const PlanOptions& options) {
  Plan plan;
  Stopwatch watch;
  announce(options, "assemble");
  plan.problem = assemble_plan(world, options.relax_integers);
  const optim::ScaledModel scaled = optim::scale(plan.problem.model);
  plan.seconds.assemble = watch.lap();

  announce(options, "solve");
  const bool is_apart = options.solve.threads > 1 && scaled.model.nonzero_count() >= optim::worth_a_thread;
  std::future<ProblemTraits> looking = beside(is_apart, [&] { return traits_of(plan.problem.model, scaled); });
  const optim::Solution solution = solve_problem(scaled.model, options, plan.is_from_start);
  ProblemTraits traits = looking.get();
  plan.conditioning = std::move(traits.conditioning);
  plan.end = optim::start_point(scaled.model, traits.print, solution);
  plan.status = plan_status(solution.status);
  plan.message = solution.message;
  plan.solution = optim::unscale(solution, scaled.scaling);
  if (plan.status == PlanStatus::infeasible)
    plan.contradictions = find_contradictions(world, plan.problem, scaled, options.solve);
  plan.seconds.solve = watch.lap();

  if (solution.has_values) {
    announce(options, "certify");
    double telling = certify_plan(world, plan, scaled, solution, options);
    if (plan.status == PlanStatus::uncertified && is_own(solution.method))
      telling += ask_general_solver(world, plan, scaled, traits.print, options);
    plan.seconds.certify = watch.lap() - telling;
  }
  return plan;
}

Plan make_plan_within(const World& world, const Plan& base, const std::vector<double>& lower,
                      const std::vector<double>& upper, const PlanOptions& options) {
  Plan plan;
  Stopwatch watch;
  plan.problem = base.problem;
  plan.conditioning = base.conditioning;
  optim::Model within = base.problem.model;
  within.lower = lower;
  within.upper = upper;
  const optim::ScaledModel scaled = optim::scale(within);
  plan.seconds.assemble = watch.lap();
  const optim::Solution solution = optim::solve(scaled.model, options.solve);
  plan.status = plan_status(solution.status);
  plan.message = solution.message;
  plan.solution = optim::unscale(solution, scaled.scaling);
  plan.seconds.solve = watch.lap();
  if (!solution.has_values) return plan;
  certify_plan(world, plan, scaled, solution, options);
  plan.seconds.certify = watch.lap();
  return plan;
}

}  // namespace pinchpoint::plan
