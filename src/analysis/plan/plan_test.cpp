// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/plan.hpp"

#include <gtest/gtest.h>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::world_of;
using test_support::WorldText;

/// A mine of 10 t/year and a use of 6 t/year at 100 USD/t.
WorldText mine_and_user() {
  WorldText world;
  world.regions("A").commodity("ore", "t", "storable=yes; trade=local").technology("mine", "ore", "t/year");
  world.facility("mine", "A", "10 t/year").programme("use", "ore", "A", "6 t/year", "100 USD/t");
  return world;
}

TEST(Plan, phases_are_announced_in_order) {
  std::vector<std::string> phases;
  PlanOptions options;
  options.on_phase = [&](std::string_view phase) { phases.emplace_back(phase); };
  const Plan plan = make_plan(world_of(mine_and_user()), options);
  EXPECT_EQ(phases, (std::vector<std::string>{"assemble", "solve", "certify"}));
  EXPECT_EQ(plan.status, PlanStatus::optimal);
}

/// Values and costs of every telling.
struct Told {
  std::vector<std::vector<double>> values;
  std::vector<double> costs;
  PlanOptions options;
  Told() {
    options.on_values = [this](const Plan& plan) {
      values.push_back(plan.solution.value);
      costs.push_back(plan.cost_check.sum);
    };
  }
};

TEST(Plan, values_that_are_told_are_those_returned) {
  Told told;
  const Plan plan = make_plan(world_of(mine_and_user()), told.options);
  ASSERT_EQ(told.values.size(), 1U);
  EXPECT_EQ(told.values[0], plan.solution.value);
  EXPECT_EQ(told.costs[0], plan.cost_check.sum);
}

TEST(Plan, values_of_another_solver_are_told_anew) {
  Told told;
  told.options.certificate_tolerance = -1;
  const Plan plan = make_plan(world_of(mine_and_user()), told.options);
  ASSERT_EQ(told.values.size(), 2U);
  EXPECT_EQ(told.values[1], plan.solution.value);
}

TEST(Plan, nothing_is_told_of_an_infeasible_problem) {
  Told told;
  EXPECT_EQ(make_plan(world_of(mine_and_user().stock("ore", "A", "floor", "20 t")), told.options).status,
            PlanStatus::infeasible);
  EXPECT_TRUE(told.values.empty());
}

TEST(Plan, an_optimal_plan_carries_its_certificate) {
  const SolvedPlan plan = plan_of(mine_and_user());
  EXPECT_TRUE(plan.plan().certificate.holds());
  EXPECT_LE(plan.plan().certificate.lower, plan.plan().certificate.upper);
}

// No gap is below zero: whatever the engine's own simplex finds is not certified then.
TEST(Plan, what_own_simplex_leaves_uncertified_is_solved_again_by_another) {
  EXPECT_EQ(make_plan(world_of(mine_and_user())).solution.method, optim::Method::own_simplex);
  PlanOptions options;
  options.certificate_tolerance = -1;
  const Plan plan = make_plan(world_of(mine_and_user()), options);
  EXPECT_EQ(plan.solution.method, optim::Method::simplex);
  EXPECT_EQ(plan.status, PlanStatus::uncertified);
}

// A reserve of 20 t cannot be held where 10 t are made: the rule, its place, its period and the amount are named.
TEST(Plan, rules_that_contradict_one_another_are_named) {
  const Plan plan = make_plan(world_of(mine_and_user().stock("ore", "A", "floor", "20 t")));
  EXPECT_EQ(plan.status, PlanStatus::infeasible);
  ASSERT_EQ(plan.contradictions.size(), 1U);
  EXPECT_EQ(plan.contradictions[0].rule, "stock_floor[ore,A,2025]");
  EXPECT_NEAR(plan.contradictions[0].amount, 10, 1e-6);
  EXPECT_EQ(plan.contradictions[0].unit, "t");
}

// The fixed cost of what stands, 30 USD, is more than the purse holds.
TEST(Plan, a_budget_that_cannot_pay_for_what_stands_is_named) {
  WorldText text = mine_and_user().technology_figure("mine", "fixed_cost", "3 USD/(t/year)/year").budget("20 USD/year");
  const Plan plan = make_plan(world_of(text));
  EXPECT_EQ(plan.status, PlanStatus::infeasible);
  ASSERT_EQ(plan.contradictions.size(), 1U);
  EXPECT_EQ(plan.contradictions[0].rule, "budget[firm,2025]");
  EXPECT_NEAR(plan.contradictions[0].amount, 10, 1e-6);
}

// Every ton made earns a dollar, and as many mines as one likes may be built for nothing.
TEST(Plan, money_from_nothing_is_unbounded) {
  WorldText text = mine_and_user().technology_figure("mine", "variable_cost", "-1 USD/t").option("mine", "A");
  EXPECT_EQ(make_plan(world_of(text)).status, PlanStatus::unbounded);
}

TEST(Plan, values_are_shown_in_the_users_units) {
  WorldText text = mine_and_user().change("technologies", "id=mine", "capacity_unit=kt/month");
  const World world = world_of(text);
  const SolvedPlan plan = plan_of(world);
  const optim::Model& model = plan.plan().problem.model;
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    const optim::Key& key = model.column_key[static_cast<std::size_t>(column)];
    const Display display = display_of(world, plan.plan().problem.network, key);
    if (key.family == id_of(Family::available_)) {
      EXPECT_EQ(display.unit, "kt/month");
      EXPECT_NEAR(display.factor * 12000, 1, 1e-9);
    } else {
      EXPECT_EQ(display.unit, "t");
    }
  }
}

TEST(Families, fit_their_keys) {
  for (const FamilyInfo& family : families()) {
    EXPECT_LE(family.spaces.size(), optim::max_indices) << family.name;
    EXPECT_EQ(&info(family.family), &family) << family.name;
    EXPECT_EQ(family.slug.empty(), !family.is_row) << family.name;
  }
}

}  // namespace
}  // namespace pinchpoint::plan
