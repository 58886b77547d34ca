// SPDX-License-Identifier: Apache-2.0
// A rule that changes as a shock costs what the plan of the changed world says.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "analysis/plan/families.hpp"
#include "analysis/stress/effects.hpp"
#include "analysis/stress/stress.hpp"
#include "optim/solve/solver.hpp"
#include "properties/random_world.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::properties {

namespace {

constexpr double tolerance = 1e-6;

/// Coefficients change by whole thousandths.
double changed_value(const Measure& measure, RuleChange change, double depth) {
  const bool is_lifted = change == RuleChange::lift;
  if (measure.kind == MeasureKind::quota) return measure.value * (is_lifted ? 1 / (1 - depth) : 1 - depth);
  double factor = is_lifted ? 1 - depth : 1 + depth;
  if (measure.kind == MeasureKind::licence_share) factor = is_lifted ? 1 / (1 - depth) : 1 - depth;
  return measure.value * (1 + std::round(1000 * (factor - 1)) / 1000);
}

/// The plan's orders, or less, under the rules of another world; nothing where these leave no plan.
std::optional<double> cost_under(const World& changed, const plan::Plan& plan) {
  optim::Model model = plan::assemble_plan(changed, true).model;
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const plan::Family family = plan::family_of(model.column_key[column]);
    if (!plan::is_order(family) && family != plan::Family::order_open_) continue;
    model.lower[column] = 0;
    model.upper[column] = std::max(0.0, plan.solution.value[column]);
  }
  const optim::Solution solved = optim::solve(model, {});
  if (solved.status != optim::Status::optimal) return std::nullopt;
  return solved.objective;
}

}  // namespace

RC_GTEST_PROP(RuleChangeLaws, a_rule_changed_by_a_shock_costs_what_the_plan_of_the_changed_world_says, ()) {
  World world = test_support::world_of(*random_world());
  RC_PRE(!world.measures.empty());
  const MeasureId id(*rc::gen::inRange<std::int32_t>(0, static_cast<std::int32_t>(world.measures.size())));
  Shock shock;
  shock.id = "change";
  shock.kind = ShockKind::rule_change;
  shock.measure = id;
  const bool is_ban = world.measures[id].kind == MeasureKind::ban;
  RC_PRE(world.measures[id].kind != MeasureKind::watch);
  shock.change = is_ban || *rc::gen::arbitrary<bool>() ? RuleChange::lift : RuleChange::tighten;
  const double depth = is_ban ? 1 : 0.125 * *rc::gen::inRange(1, 8);
  RC_PRE(stress::unsupported(world, shock).empty());
  Shocks shocks;
  shocks.push_back(shock);
  world = stress::with_flows_apart(std::move(world), shocks);
  const plan::Plan plan = plan::make_plan(world, {});
  RC_PRE(plan.status == plan::PlanStatus::optimal);
  World changed = world;
  changed.measures[id].value = is_ban ? 1e12 : changed_value(world.measures[id], shock.change, depth);

  stress::Hit hit;
  hit.shock = ShockId(0);
  hit.depth = depth;
  hit.begin_months = world.timeline.start().months;
  stress::Scenario scenario;
  scenario.hits.push_back(hit);
  stress::StressOptions options;
  options.tolerance = 1e-7;
  options.threads = 1;
  const stress::StressResult result = stress::run_stress(world, shocks, plan, {scenario}, options);
  RC_ASSERT(result.is_complete);
  const stress::Outcome& outcome = result.outcomes.front();
  RC_ASSERT(outcome.is_certified);
  const std::optional<double> before = cost_under(world, plan);
  const std::optional<double> after = cost_under(changed, plan);
  RC_PRE(before && after && outcome.relief < tolerance);
  const double slack = tolerance * std::max({1.0, std::abs(*before), std::abs(*after)});
  RC_ASSERT(outcome.loss_lower <= *after - *before + slack);
  RC_ASSERT(outcome.loss_upper >= *after - *before - slack);
  RC_TAG(static_cast<int>(world.measures[id].kind));
}

}  // namespace pinchpoint::properties
