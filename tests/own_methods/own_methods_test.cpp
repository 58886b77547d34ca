// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/own_methods.hpp"

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

Solution by_general_solver(const Model& model) { return solve(model, {.own_methods = false}); }

TEST(OwnMethods, finds_certified_optima_where_the_general_solver_does) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    const Model model =
        transport(seed, 2 + static_cast<int>(seed % 7), 3 + static_cast<int>(seed % 11), 0.6 + 0.02 * seed);
    const Solution general = by_general_solver(model);
    const std::optional<Solution> own = solve_by_own_methods(model, {});
    ASSERT_EQ(general.status, Status::optimal);
    ASSERT_TRUE(own.has_value()) << seed;
    EXPECT_EQ(general.method, Method::simplex);
    EXPECT_EQ(own->method, Method::own_simplex);
    EXPECT_NEAR(own->objective, general.objective, 1e-9 * std::abs(general.objective)) << seed;
    EXPECT_TRUE(certify(model, *own).holds(1e-9)) << seed;
  }
}

TEST(OwnMethods, its_basis_is_optimal_to_the_general_solver) {
  const Model model = transport(3, 5, 9, 0.8);
  const std::optional<Solution> own = solve_by_own_methods(model, {});
  ASSERT_TRUE(own.has_value());
  const std::unique_ptr<Session> session = backends().front().open();
  session->load(model);
  session->set_basis(*own);
  const Solution again = session->solve({.method = Method::simplex});
  EXPECT_EQ(again.status, Status::optimal);
  EXPECT_EQ(again.iterations, 0);
}

TEST(OwnMethods, leaves_what_has_no_optimum_to_the_general_solver) {
  ModelBuilder builder;
  const ColumnId column = builder.add_column({}, -1, 0, infinity);
  builder.add_entry(builder.add_row({}, 1, infinity), column, 1);
  const Model unbounded = builder.build("unbounded", nullptr);
  EXPECT_FALSE(solve_by_own_methods(unbounded, {}).has_value());
  EXPECT_EQ(solve(unbounded).status, Status::unbounded);

  ModelBuilder narrow;
  const ColumnId small = narrow.add_column({}, 1, 0, 1);
  narrow.add_entry(narrow.add_row({}, 2, infinity), small, 1);
  const Model infeasible = narrow.build("infeasible", nullptr);
  EXPECT_FALSE(solve_by_own_methods(infeasible, {}).has_value());
  const Solution solution = solve(infeasible);
  EXPECT_EQ(solution.status, Status::infeasible);
  EXPECT_TRUE(solution.has_ray);
}

TEST(OwnMethods, leaves_what_only_the_general_solver_does) {
  const Model model = transport(5, 6, 14, 0.9);
  EXPECT_TRUE(solve_by_own_methods(model, {}).has_value());
  EXPECT_FALSE(solve_by_own_methods(model, {.method = Method::interior_point}).has_value());
  EXPECT_FALSE(solve_by_own_methods(model, {.method = Method::simplex, .simplex_iteration_limit = 1}).has_value());
  EXPECT_FALSE(solve_by_own_methods(model, {.own_methods = false}).has_value());
  std::atomic<bool> stopped = true;
  SolveOptions options;
  options.interrupt = &stopped;
  EXPECT_FALSE(solve_by_own_methods(model, options).has_value());
  options = {};
  options.log_file = "solver.log";
  EXPECT_FALSE(solve_by_own_methods(model, options).has_value());
}

/// The interior point method, whatever the size.
constexpr OwnRules interior_only{.simplex_rows = -1, .factor_work = infinity};

TEST(OwnMethods, which_comes_first_depends_on_size_and_work_alone) {
  const Model model = transport(8, 4, 6, 0.9);
  EXPECT_EQ(solve(model).method, Method::own_simplex);
  EXPECT_EQ(solve(model, {.method = Method::interior_point}).method, Method::interior_point);
  RaceRules rules;
  rules.own = interior_only;
  EXPECT_EQ(race(model, {}, rules).method, Method::own_interior_point);
  EXPECT_EQ(race(model, {.method = Method::simplex}, rules).method, Method::simplex);
  rules.own.factor_work = 0;
  EXPECT_EQ(race(model, {}, rules).method, Method::simplex);
}

TEST(OwnMethods, interior_point_and_crossover_end_at_a_certified_optimal_basis) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    const Model model =
        transport(seed, 2 + static_cast<int>(seed % 7), 3 + static_cast<int>(seed % 11), 0.6 + 0.02 * seed);
    const Solution general = by_general_solver(model);
    const std::optional<Solution> own = solve_by_own_methods(model, {}, interior_only);
    ASSERT_TRUE(own.has_value());
    EXPECT_EQ(own->method, Method::own_interior_point);
    EXPECT_NEAR(own->objective, general.objective, 1e-9 * std::abs(general.objective));
    EXPECT_TRUE(certify(model, *own).holds(1e-9));
    const std::unique_ptr<Session> session = backends().front().open();
    session->load(model);
    session->set_basis(*own);
    EXPECT_EQ(session->solve({.method = Method::simplex}).iterations, 0);
  }
}

/// A store over many hours, filled when power is cheap: a chain, with a column in every row for its size.
Model store(int hours) {
  ModelBuilder builder;
  const ColumnId size = builder.add_column({}, 3, 0, infinity);
  ColumnId before = builder.add_column({}, 0, 0, 0);
  std::mt19937 engine(7);
  std::uniform_real_distribution<double> noise(0, 1);
  for (int hour = 0; hour < hours; ++hour) {
    const double price = 2 + std::sin(hour * 0.26) + noise(engine);
    const ColumnId bought = builder.add_column({}, price, 0, 3);
    const ColumnId level = builder.add_column({}, 0, 0, infinity);
    const RowId balance = builder.add_row({}, 1, 1);
    builder.add_entry(balance, bought, 1);
    builder.add_entry(balance, before, 0.99);
    builder.add_entry(balance, level, -1);
    const RowId room = builder.add_row({}, 0, infinity);
    builder.add_entry(room, size, 1);
    builder.add_entry(room, level, -1);
    before = level;
  }
  return builder.build("store", nullptr);
}

TEST(OwnMethods, a_long_chain_goes_by_interior_point) {
  const Model model = store(4000);
  const Solution own = solve(model);
  EXPECT_EQ(own.method, Method::own_interior_point);
  EXPECT_TRUE(certify(model, own).holds(1e-9));
  const Solution general = by_general_solver(model);
  EXPECT_NEAR(own.objective, general.objective, 1e-9 * general.objective);
  const Solution again = solve(model, {.threads = 1});
  EXPECT_EQ(own.value, again.value);
  EXPECT_EQ(own.row_dual, again.row_dual);
}

TEST(OwnMethods, an_interrupt_ends_the_interior_point) {
  const Model model = store(4000);
  std::atomic<bool> stop = false;
  SolveOptions options;
  options.interrupt = &stop;
  int iterations = 0;
  options.on_progress = [&](const Progress& progress) {
    if (progress.phase == "interior point") ++iterations;
    stop = iterations == 3;
  };
  EXPECT_FALSE(solve_by_own_methods(model, options, interior_only).has_value());
  EXPECT_EQ(iterations, 3);
}

TEST(OwnMethods, refuses_nothing_by_itself) {
  Model model = transport(2, 2, 3, 1);
  model.cost[0] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(solve_by_own_methods(model, {}).has_value());
  EXPECT_THROW(static_cast<void>(solve(model)), InternalError);
}

}  // namespace
}  // namespace pinchpoint::optim
