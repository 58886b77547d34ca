// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/surprises/forks.hpp"

#include <gtest/gtest.h>

#include "analysis/plan/families.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::stress {
namespace {

using test_support::plan_of;
using test_support::WorldText;

constexpr double side = 50;

/// Smelters are ordered for 2028, when more metal is wanted.
WorldText growing_smelter() {
  WorldText world;
  world.horizon("2025", "2030").money(0.05).regions("A C");
  world.commodity("ore", "t").commodity("metal", "t", "trade=local");
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "2 USD/t");
  world.technology("smelter", "metal", "t/year").recipe("smelter", "input", "ore", "2 t/t");
  world.technology_figure("smelter", "capex", "100 USD/(t/year)").technology_figure("smelter", "lifetime", "20 years");
  world.technology_figure("smelter", "build_time", "12 months");
  world.facility("mine", "A", "40 t/year").facility("smelter", "C", "10 t/year").option("smelter", "C");
  world.programme("use", "metal", "C", "8 t/year", "500 USD/t");
  world.programme_figure("use", "demand", "20 t/year", "from=2028");
  return world;
}

/// A plan in which rows of 2026 and 2027 say that an order of before and a column of 2029 are at most 50 together.
struct RowsOfThePast {
  RowsOfThePast() : world(test_support::world_of(growing_smelter())) {
    const test_support::SolvedPlan solved = plan_of(world);
    plan = solved.plan();
    const optim::Model& model = plan.problem.model;
    for (std::size_t column = 0; column < model.cost.size(); ++column) {
      const optim::Key& key = model.column_key[column];
      if (plan::is_order(plan::family_of(key)) && plan.solution.value[column] > 0) order = column;
      if (plan::family_of(key) == plan::Family::activity_ && plan::period_of(key) == 4) later = column;
    }
    asset = plan::AssetId(model.column_key[order].index[0]);
    ordered = plan.solution.value[order];
    add_rows();
  }

  void add_rows() {
    const optim::Model old = plan.problem.model;
    optim::ModelBuilder builder;
    for (std::size_t row = 0; row < old.row_key.size(); ++row)
      builder.add_row(old.row_key[row], old.row_lower[row], old.row_upper[row]);
    for (const std::int32_t period : {1, 2}) {
      const optim::Key key{plan::id_of(plan::Family::growth_), {asset.index(), period, -1, -1}};
      builder.add_row(key, -optim::infinity, side);
    }
    for (std::size_t column = 0; column < old.cost.size(); ++column) {
      const auto made =
          builder.add_column(old.column_key[column], old.cost[column], old.lower[column], old.upper[column]);
      for (auto at = old.matrix.start[column]; at < old.matrix.start[column + 1]; ++at) {
        const auto place = static_cast<std::size_t>(at);
        builder.add_entry(optim::RowId(old.matrix.row[place]), made, old.matrix.value[place]);
      }
      for (const std::int32_t row : {old.row_count(), old.row_count() + 1}) {
        if (column == order || column == later) builder.add_entry(optim::RowId(row), made, 1);
      }
    }
    first_row = old.row_count();
    plan.problem.model = builder.build(old.name, old.names);
  }

  World world;
  plan::Plan plan;
  std::size_t order = 0, later = 0;
  plan::AssetId asset;
  double ordered = 0;
  std::int32_t first_row = 0;
};

// The order's second half was given up in 2027: the row of 2026 has seen it whole, that of 2027 has not.
TEST(Forks, an_order_given_up_counts_only_in_rows_not_decided_before) {
  const RowsOfThePast past_rows;
  ASSERT_GT(past_rows.ordered, 0);
  const OperatingProblem problem =
      make_operating_problem(past_rows.world, past_rows.plan, PeriodId(3), Response::operate);
  Past past;
  past.decisions = {{static_cast<std::int32_t>(past_rows.order), 2, past_rows.ordered / 2}};
  const Fork fork = Forks(past_rows.plan, problem).fork(past);
  const std::int32_t of_2026 = problem.row_of[static_cast<std::size_t>(past_rows.first_row)];
  const std::int32_t of_2027 = problem.row_of[static_cast<std::size_t>(past_rows.first_row) + 1];
  ASSERT_GE(of_2026, 0);
  ASSERT_GE(of_2027, 0);
  EXPECT_EQ(fork.sides_of(problem, of_2026).second, side - past_rows.ordered);
  EXPECT_FALSE(fork.rows.contains(of_2026));
  EXPECT_NEAR(fork.sides_of(problem, of_2027).second, side - past_rows.ordered / 2, 1e-12);
  EXPECT_GE(fork.sides_of(problem, of_2027).second, side - past_rows.ordered / 2);
  const std::int32_t column = problem.column_of[past_rows.order];
  ASSERT_TRUE(fork.columns.contains(column));
  EXPECT_EQ(fork.columns.at(column), std::pair(0.0, past_rows.ordered / 2));
  EXPECT_NEAR(fork.capacity_of(problem, past_rows.asset, 5),
              problem.capacity(past_rows.asset, PeriodId(5)) - past_rows.ordered / 2, 1e-9);
}

TEST(Forks, what_was_paid_to_relieve_a_row_stays_in_it) {
  const RowsOfThePast past_rows;
  const OperatingProblem problem =
      make_operating_problem(past_rows.world, past_rows.plan, PeriodId(3), Response::operate);
  Past past;
  past.extras = {{past_rows.first_row, -1, 4}};
  const Fork fork = Forks(past_rows.plan, problem).fork(past);
  const std::int32_t row = problem.row_of[static_cast<std::size_t>(past_rows.first_row)];
  EXPECT_NEAR(fork.sides_of(problem, row).second, side - past_rows.ordered + 4, 1e-12);
}

TEST(Forks, who_decided_as_planned_has_the_plans_problem) {
  const RowsOfThePast past_rows;
  const OperatingProblem problem =
      make_operating_problem(past_rows.world, past_rows.plan, PeriodId(3), Response::operate);
  const Fork fork = Forks(past_rows.plan, problem).fork(Past());
  EXPECT_TRUE(fork.rows.empty() && fork.columns.empty() && fork.capacity.empty());
}

// What an "at least" row lacks when nothing is done is a relief's to give, where only this scenario's past asks for it.
TEST(Forks, a_past_that_breaks_a_row_has_a_relief_of_its_own) {
  const RowsOfThePast past_rows;
  OperatingProblem problem = make_operating_problem(past_rows.world, past_rows.plan, PeriodId(3), Response::operate);
  const Forks forks(past_rows.plan, problem);
  Past past;
  past.extras = {{past_rows.first_row, 1, 100}};
  Forks::RowReliefs missing;
  forks.note_missing(past, missing);
  const std::int32_t row = problem.row_of[static_cast<std::size_t>(past_rows.first_row)];
  ASSERT_EQ(missing, (Forks::RowReliefs{{row, -1}}));
  const std::int32_t column = problem.model.column_count();
  add_reliefs(problem, past_rows.plan, missing);
  EXPECT_EQ(problem.model.upper[static_cast<std::size_t>(column)], 0) << "shut for all others";
  EXPECT_GE(forks.fork(past).columns.at(column).second, 100 + past_rows.ordered - side);
}

}  // namespace
}  // namespace pinchpoint::stress
