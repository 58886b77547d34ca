// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/operating_problem.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "optim/solve/solver.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::stress {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::WorldText;

/// Ore from A or B becomes metal in C, kept in stock if need be; a smelter can be ordered. Wanted: more each year.
WorldText mines_and_smelter() {
  WorldText world;
  world.horizon("2025", "2030").money(0.05).regions("A B C");
  world.commodity("ore", "t", "storable=yes").commodity("metal", "t", "storable=yes; trade=local");
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "2 USD/t", "region=A");
  world.technology_figure("mine", "variable_cost", "5 USD/t", "region=B");
  world.technology("smelter", "metal", "t/year").recipe("smelter", "input", "ore", "2 t/t");
  world.technology_figure("smelter", "capex", "100 USD/(t/year)").technology_figure("smelter", "lifetime", "20 years");
  world.technology_figure("smelter", "build_time", "12 months");
  world.facility("mine", "A", "40 t/year").facility("mine", "B", "10 t/year").facility("smelter", "C", "10 t/year");
  world.option("smelter", "C");
  world.programme("use", "metal", "C", "8 t/year", "500 USD/t");
  world.programme_figure("use", "demand", "20 t/year", "from=2028");
  return world;
}

double optimum(const optim::Model& model) {
  const optim::Solution solution = optim::solve(model);
  EXPECT_EQ(solution.status, optim::Status::optimal);
  return solution.objective;
}

/// Cost of the plan's columns from a period on.
double cost_from(const plan::Plan& plan, std::int32_t start) {
  double cost = 0;
  for (std::size_t column = 0; column < plan.solution.value.size(); ++column) {
    const optim::Key& key = plan.problem.model.column_key[column];
    const auto& spaces = plan::info(static_cast<plan::Family>(key.family.index())).spaces;
    for (std::size_t at = 0; at < spaces.size(); ++at) {
      if (spaces[at] == plan::Space::period && key.index[at] >= start)
        cost += plan.problem.model.cost[column] * plan.solution.value[column];
    }
  }
  return cost;
}

TEST(OperatingProblem, without_a_shock_costs_what_the_plan_costs_from_there_on) {
  const World world = test_support::world_of(mines_and_smelter());
  const SolvedPlan plan = plan_of(world);
  for (const Response response : {Response::operate, Response::rebuild}) {
    for (std::int32_t start = 0; start < 6; ++start) {
      const OperatingProblem problem = make_operating_problem(world, plan.plan(), PeriodId(start), response);
      const double expected = cost_from(plan.plan(), start);
      EXPECT_NEAR(optimum(problem.model), expected, 1e-7 * std::max(1.0, expected)) << start;
    }
  }
}

TEST(OperatingProblem, has_no_column_of_the_past_but_orders_that_may_be_given_up) {
  const World world = test_support::world_of(mines_and_smelter());
  const SolvedPlan plan = plan_of(world);
  const OperatingProblem problem = make_operating_problem(world, plan.plan(), PeriodId(3), Response::operate);
  int orders = 0;
  for (std::size_t column = 0; column < problem.plan_column.size(); ++column) {
    const std::string name = problem.model.column_name(optim::ColumnId(static_cast<std::int32_t>(column)));
    if (name.starts_with("order[")) {
      ++orders;
      const auto of_plan = static_cast<std::size_t>(problem.plan_column[column]);
      EXPECT_EQ(problem.model.upper[column], plan.plan().solution.value[of_plan]) << name;
      EXPECT_EQ(problem.model.lower[column], 0);
    } else {
      EXPECT_TRUE(name.find("2028") != std::string::npos || name.find("2029") != std::string::npos ||
                  name.find("2030") != std::string::npos)
          << name;
    }
  }
  EXPECT_GT(orders, 0);
}

TEST(OperatingProblem, knows_the_capacity_that_stands_and_was_ordered) {
  const World world = test_support::world_of(mines_and_smelter());
  const SolvedPlan plan = plan_of(world);
  const OperatingProblem problem = make_operating_problem(world, plan.plan(), PeriodId(0), Response::operate);
  const plan::Network& network = plan.plan().problem.network;
  for (const plan::AssetId id : ids(network.assets)) {
    const auto& world_asset = network.assets[id];
    if (!world_asset.can_be_ordered) {
      EXPECT_EQ(problem.capacity(id, PeriodId(5)), world_asset.standing[5]);
    } else {
      EXPECT_NEAR(problem.capacity(id, PeriodId(5)), 20, 1e-6) << "the smelter grows to what is wanted";
    }
  }
}

}  // namespace
}  // namespace pinchpoint::stress
