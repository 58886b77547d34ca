// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/own_simplex.hpp"

#include <gtest/gtest.h>

#include <random>

#include "optim/solve/certificate.hpp"
#include "optim/solve/race.hpp"

namespace pinchpoint::optim {
namespace {

/// Plants that serve demands over arcs; a part of the demand may go unmet at a price. `scarcity` below 1: not all can
/// be.
Model transport(unsigned seed, int plants, int demands, double scarcity) {
  std::mt19937 engine(seed);
  const auto draw = [&](double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(engine);
  };
  ModelBuilder builder;
  std::vector<RowId> made, wanted;
  for (int plant = 0; plant < plants; ++plant) {
    made.push_back(builder.add_row({}, -infinity, scarcity * draw(5, 15) * demands / plants));
  }
  for (int demand = 0; demand < demands; ++demand) {
    const double amount = draw(5, 15);
    wanted.push_back(demand % 3 == 0 ? builder.add_row({}, amount, amount) : builder.add_row({}, amount, infinity));
    builder.add_entry(wanted.back(), builder.add_column({}, 100, 0, infinity), 1);
  }
  for (const RowId from : made) {
    for (const RowId to : wanted) {
      const ColumnId arc = builder.add_column({}, std::round(draw(1, 9)), 0, draw(0, 1) < 0.3 ? draw(1, 4) : infinity);
      builder.add_entry(from, arc, 1);
      builder.add_entry(to, arc, 0.9);
    }
  }
  return builder.build("transport", nullptr);
}

Solution by_general_solver(const Model& model) { return solve(model, {.own_simplex = false}); }

TEST(OwnSimplex, finds_certified_optima_where_the_general_solver_does) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    const Model model =
        transport(seed, 2 + static_cast<int>(seed % 7), 3 + static_cast<int>(seed % 11), 0.6 + 0.02 * seed);
    const Solution general = by_general_solver(model);
    const std::optional<Solution> own = solve_by_own_simplex(model, {});
    ASSERT_EQ(general.status, Status::optimal);
    ASSERT_TRUE(own.has_value()) << seed;
    EXPECT_EQ(general.method, Method::simplex);
    EXPECT_EQ(own->method, Method::own_simplex);
    EXPECT_NEAR(own->objective, general.objective, 1e-9 * std::abs(general.objective)) << seed;
    EXPECT_TRUE(certify(model, *own).holds(1e-9)) << seed;
  }
}

TEST(OwnSimplex, its_basis_is_optimal_to_the_general_solver) {
  const Model model = transport(3, 5, 9, 0.8);
  const std::optional<Solution> own = solve_by_own_simplex(model, {});
  ASSERT_TRUE(own.has_value());
  const std::unique_ptr<Session> session = backends().front().open();
  session->load(model);
  session->set_basis(*own);
  const Solution again = session->solve({.method = Method::simplex});
  EXPECT_EQ(again.status, Status::optimal);
  EXPECT_EQ(again.iterations, 0);
}

TEST(OwnSimplex, leaves_what_has_no_optimum_to_the_general_solver) {
  ModelBuilder builder;
  const ColumnId column = builder.add_column({}, -1, 0, infinity);
  builder.add_entry(builder.add_row({}, 1, infinity), column, 1);
  const Model unbounded = builder.build("unbounded", nullptr);
  EXPECT_FALSE(solve_by_own_simplex(unbounded, {}).has_value());
  EXPECT_EQ(solve(unbounded).status, Status::unbounded);

  ModelBuilder narrow;
  const ColumnId small = narrow.add_column({}, 1, 0, 1);
  narrow.add_entry(narrow.add_row({}, 2, infinity), small, 1);
  const Model infeasible = narrow.build("infeasible", nullptr);
  EXPECT_FALSE(solve_by_own_simplex(infeasible, {}).has_value());
  const Solution solution = solve(infeasible);
  EXPECT_EQ(solution.status, Status::infeasible);
  EXPECT_TRUE(solution.has_ray);
}

TEST(OwnSimplex, leaves_what_only_the_general_solver_does) {
  const Model model = transport(5, 3, 4, 1);
  EXPECT_TRUE(solve_by_own_simplex(model, {}).has_value());
  EXPECT_FALSE(solve_by_own_simplex(model, {.method = Method::interior_point}).has_value());
  EXPECT_FALSE(solve_by_own_simplex(model, {.simplex_iteration_limit = 1}).has_value());
  EXPECT_FALSE(solve_by_own_simplex(model, {.own_simplex = false}).has_value());
  std::atomic<bool> stopped = true;
  SolveOptions options;
  options.interrupt = &stopped;
  EXPECT_FALSE(solve_by_own_simplex(model, options).has_value());
  options = {};
  options.log_file = "solver.log";
  EXPECT_FALSE(solve_by_own_simplex(model, options).has_value());
}

TEST(OwnSimplex, comes_first_for_few_rows_only) {
  const Model model = transport(8, 4, 6, 0.9);
  EXPECT_EQ(solve(model).method, Method::own_simplex);
  EXPECT_EQ(solve(model, {.method = Method::interior_point}).method, Method::interior_point);
  RaceRules rules;
  rules.most_own_rows = model.row_count() - 1;
  EXPECT_EQ(race(model, {}, rules).method, Method::simplex);
}

TEST(OwnSimplex, refuses_nothing_by_itself) {
  Model model = transport(2, 2, 3, 1);
  model.cost[0] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(solve_by_own_simplex(model, {}).has_value());
  EXPECT_THROW(static_cast<void>(solve(model)), InternalError);
}

}  // namespace
}  // namespace pinchpoint::optim
