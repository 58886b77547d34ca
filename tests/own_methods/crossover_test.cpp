// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/crossover/crossover.hpp"

#include <gtest/gtest.h>

#include "optim/interior/interior_point.hpp"
#include "optim/resident/resident_simplex.hpp"
#include "optim/solve/solver.hpp"
#include "random_model.hpp"

namespace pinchpoint::optim {
namespace {

/// Of an exact point the basis is optimal; from a rough one the simplex method has some pivots left.
TEST(Crossover, ends_at_or_near_an_optimal_basis) {
  int exact = 0, bases = 0;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Model model = random_model(draw, seed % 2 == 0);
    const Solution expected = solve(model, {.method = Method::simplex, .own_methods = false});
    const std::optional<InteriorPoint> point = solve_by_interior_point(model, {.aim = seed % 3 == 0 ? 1e-3 : 1e-12});
    ASSERT_TRUE(point.has_value());
    const std::optional<BasisCode> basis = cross_over(model, point->value, point->row_dual);
    if (!basis) continue;
    ++bases;
    ResidentSimplex simplex(model, *basis);
    if (simplex.solve({}) != ResidentSimplex::Outcome::optimal) continue;
    EXPECT_NEAR(simplex.objective(), expected.objective, 1e-8 * std::max(1.0, std::abs(expected.objective)));
    exact += simplex.iterations() == 0 ? 1 : 0;
  }
  EXPECT_GE(bases, 395);
  EXPECT_GE(exact, 260);
}

TEST(Crossover, a_vertex_keeps_its_basis) {
  ModelBuilder builder;
  const ColumnId cheap = builder.add_column({}, 1, 0, 5);
  const ColumnId dear = builder.add_column({}, 3, 0, infinity);
  const RowId demand = builder.add_row({}, 8, infinity);
  builder.add_entry(demand, cheap, 1);
  builder.add_entry(demand, dear, 1);
  const Model model = builder.build("two makers", nullptr);
  const std::optional<BasisCode> basis = cross_over(model, {5, 3}, {3});
  ASSERT_TRUE(basis.has_value());
  EXPECT_EQ(basis->column_basis, (std::vector<std::uint8_t>{2, 1}));
  EXPECT_EQ(basis->row_basis, (std::vector<std::uint8_t>{0}));
}

TEST(Crossover, stops_when_told_to) {
  ModelBuilder builder;
  for (int pair = 0; pair < 3; ++pair) {
    const RowId demand = builder.add_row({}, 8, 8);
    builder.add_entry(demand, builder.add_column({}, 1, 0, infinity), 1);
    builder.add_entry(demand, builder.add_column({}, 1, 0, infinity), 1);
  }
  const Model model = builder.build("equal makers", nullptr);
  const std::vector<double> between(6, 4.0), prices(3, 1.0);
  EXPECT_TRUE(cross_over(model, between, prices).has_value());
  const std::atomic<bool> stop = true;
  EXPECT_FALSE(cross_over(model, between, prices, &stop).has_value());
}

}  // namespace
}  // namespace pinchpoint::optim
