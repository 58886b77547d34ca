// SPDX-License-Identifier: Apache-2.0
#include "optim/reduction/reduction.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "optim/resident/resident_simplex.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {
namespace {

const Key thing{FamilyId(0)};

/// A random LP around a point that every scenario keeps: rows of few entries, some of them parallel, columns that are
/// fixed, bounds and sides that scenarios move.
class RandomCase {
 public:
  explicit RandomCase(unsigned seed) : random_(seed) {
    ModelBuilder builder;
    for (int column = 0; column < columns; ++column) {
      point_.push_back(chance(0.4) ? 0 : between(0, 5));
      const bool is_fixed = chance(0.15);
      const double cost = chance(0.3) ? 0 : between(-1, 3);
      const double lower = is_fixed ? point_.back() : chance(0.5) ? 0 : std::max(0.0, point_.back() - between(0, 2));
      const double above = cost >= 0 && chance(0.5) ? infinity : between(0, 4);
      builder.add_column(thing, cost, lower, is_fixed ? point_.back() : point_.back() + above);
    }
    std::map<int, double> entries;
    for (int row = 0; row < rows; ++row) {
      if (row > 0 && chance(0.15)) {
        for (auto& [column, value] : entries) value *= row % 2 == 0 ? 2 : -0.5;
      } else {
        entries.clear();
        for (auto count = std::uniform_int_distribution(1, 4)(random_); count > 0; --count)
          entries[std::uniform_int_distribution(0, columns - 1)(random_)] = between(-2, 2);
      }
      double activity = 0;
      for (const auto& [column, value] : entries) activity += value * point_[static_cast<std::size_t>(column)];
      activity_.push_back(activity);
      const RowId made = builder.add_row(thing, side(activity, -1), side(activity, 1));
      for (const auto& [column, value] : entries) builder.add_entry(made, ColumnId(column), value);
    }
    auto names = std::make_shared<Names>();
    names->add_family("thing", {});
    model = builder.build("random", names);
    for (int scenario = 0; scenario < 6; ++scenario) patches.push_back(make_patch());
  }

  Model model;
  std::vector<Patch> patches;

 private:
  static constexpr int columns = 14, rows = 16;

  [[nodiscard]] bool chance(double share) { return std::bernoulli_distribution(share)(random_); }
  [[nodiscard]] double between(double low, double high) { return std::uniform_real_distribution(low, high)(random_); }
  [[nodiscard]] double side(double activity, double direction) {
    if (chance(0.4)) return direction * infinity;
    return activity + direction * (chance(0.3) ? 0 : between(0, 4));
  }
  [[nodiscard]] Patch make_patch() {
    Patch patch;
    for (int column = 0; column < columns; column += 4) {
      const double at = point_[static_cast<std::size_t>(column)];
      if (chance(0.6)) patch.columns.push_back({column, std::max(0.0, at - between(0, 3)), at + between(0, 3)});
    }
    for (int row = 0; row < rows; row += 4) {
      const double at = activity_[static_cast<std::size_t>(row)];
      if (chance(0.6)) patch.rows.push_back({row, side(at, -1), side(at, 1)});
    }
    return patch;
  }

  std::mt19937 random_;
  std::vector<double> point_, activity_;
};

void expect_same(const RandomCase& made, const Reduction& reduction, const Patch& patch) {
  const Model whole = patched(made.model, patch);
  const Solution expected = solve(whole);
  const Solution found = solve(patched(reduction.model(), reduction.reduced(patch)));
  ASSERT_EQ(expected.status, Status::optimal);
  ASSERT_EQ(found.status, Status::optimal);
  EXPECT_NEAR(found.objective, expected.objective, 1e-8);
  Solution claimed = expected;
  claimed.value = reduction.whole_values(patch, found.value);
  claimed.row_dual = reduction.whole_duals(patch, found.row_dual);
  const Certificate certificate = certify(whole, claimed);
  EXPECT_LE(certificate.primal_violation, 1e-8);
  EXPECT_NEAR(certificate.upper, expected.objective, 1e-7);
  EXPECT_NEAR(certificate.lower, expected.objective, 1e-7);
}

TEST(Reduction, optimum_point_and_duals_are_those_of_the_whole) {
  int reduced = 0;
  for (unsigned seed = 1; seed <= 500; ++seed) {
    const RandomCase made(seed);
    const std::optional<Reduction> reduction = Reduction::make(made.model, made.patches);
    if (!reduction) continue;
    SCOPED_TRACE(seed);
    ++reduced;
    expect_same(made, *reduction, {});
    for (const Patch& patch : made.patches) expect_same(made, *reduction, patch);
  }
  EXPECT_GT(reduced, 450);
}

/// A simplex method that starts from the basis of the whole has nothing to do.
TEST(Reduction, a_basis_of_the_smaller_lp_becomes_one_of_the_whole) {
  int reduced = 0;
  for (unsigned seed = 1; seed <= 500; ++seed) {
    const RandomCase made(seed);
    const std::optional<Reduction> reduction = Reduction::make(made.model, {});
    if (!reduction) continue;
    SCOPED_TRACE(seed);
    ++reduced;
    const Solution found = solve(reduction->model(), {.method = Method::simplex, .own_methods = false});
    ASSERT_EQ(found.status, Status::optimal);
    const std::vector<double> values = reduction->whole_values({}, found.value);
    const BasisCode basis = reduction->whole_basis(found.basis(), values, reduction->whole_duals({}, found.row_dual));
    ResidentSimplex simplex(made.model, basis);
    double objective = made.model.offset;
    for (std::size_t column = 0; column < values.size(); ++column)
      objective += made.model.cost[column] * values[column];
    EXPECT_NEAR(simplex.start_objective(), objective, 1e-8);
    EXPECT_EQ(simplex.solve({}), ResidentSimplex::Outcome::optimal);
    EXPECT_EQ(simplex.iterations(), 0);
    for (std::size_t column = 0; column < values.size(); ++column)
      EXPECT_NEAR(simplex.values()[column], values[column], 1e-8);
  }
  EXPECT_GT(reduced, 450);
}

/// Two makers and a demand of 8; a limit of one maker as a row, and a row that never binds.
Model two_makers(double most_dear) {
  ModelBuilder builder;
  const ColumnId cheap = builder.add_column(thing, 1, 0, 10);
  const ColumnId dear = builder.add_column(thing, 3, 0, most_dear);
  const RowId demand = builder.add_row(thing, 8, infinity);
  const RowId limit = builder.add_row(thing, -infinity, 5);
  const RowId slack = builder.add_row(thing, -infinity, 100);
  for (const ColumnId column : {cheap, dear}) {
    builder.add_entry(demand, column, 1);
    builder.add_entry(slack, column, 1);
  }
  builder.add_entry(limit, cheap, 1);
  auto names = std::make_shared<Names>();
  names->add_family("thing", {});
  return builder.build("two makers", names);
}

TEST(Reduction, a_row_of_one_column_becomes_its_bound_and_gets_its_dual) {
  const Model model = two_makers(7);
  const std::vector<Patch> patches{{{}, {{1, -infinity, 2}}}};
  const std::optional<Reduction> reduction = Reduction::make(model, patches);
  ASSERT_TRUE(reduction);
  EXPECT_EQ(reduction->model().row_count(), 1);
  EXPECT_EQ(reduction->model().upper[0], 5);
  const Patch reduced = reduction->reduced(patches[0]);
  EXPECT_EQ(reduced.columns, (std::vector<BoundChange>{{0, 0, 2}}));
  EXPECT_TRUE(reduced.rows.empty());
  EXPECT_EQ(reduction->whole_duals(patches[0], {3}), (std::vector<double>{3, -2, 0}));
}

TEST(Reduction, what_a_row_makes_of_a_column_goes_with_the_row) {
  const Model model = two_makers(10);  // the dear maker makes what the cheap one does not, 3 to 8
  const std::vector<Patch> patches{{{{0, 0, 4}}, {}}};
  const std::optional<Reduction> reduction = Reduction::make(model, patches);
  ASSERT_TRUE(reduction);
  EXPECT_EQ(reduction->model().row_count(), 0);
  EXPECT_EQ(reduction->model().column_count(), 1);
  EXPECT_EQ(reduction->model().cost[0], -2);
  EXPECT_EQ(reduction->model().offset, 24);
  EXPECT_EQ(reduction->whole_values({}, {4}), (std::vector<double>{4, 4}));
  EXPECT_EQ(reduction->whole_duals(patches[0], {}), (std::vector<double>{3, 0, 0}));
  EXPECT_EQ(reduction->whole_duals({}, {}), (std::vector<double>{3, -2, 0}));
}

TEST(Reduction, a_column_that_costs_nothing_goes_with_the_rows_it_can_satisfy) {
  ModelBuilder builder;
  const ColumnId one = builder.add_column(thing, 1, 0, 6);
  const ColumnId other = builder.add_column(thing, 3, 0, 10);
  const ColumnId book = builder.add_column(thing, 0, 0, infinity);
  const RowId demand = builder.add_row(thing, 8, infinity);
  const RowId sum = builder.add_row(thing, 1, infinity);     // book >= 1 + one + other
  const RowId twice = builder.add_row(thing, -infinity, 0);  // book >= 2 one
  const RowId slack = builder.add_row(thing, -infinity, 100);
  for (const ColumnId column : {one, other}) {
    builder.add_entry(demand, column, 1);
    builder.add_entry(slack, column, 1);
    builder.add_entry(sum, column, -1);
  }
  builder.add_entry(sum, book, 1);
  builder.add_entry(twice, one, 2);
  builder.add_entry(twice, book, -1);
  auto names = std::make_shared<Names>();
  names->add_family("thing", {});
  const Model model = builder.build("book", names);
  const std::optional<Reduction> reduction = Reduction::make(model, std::vector<Patch>{{{{0, 0, 4}}, {}}});
  ASSERT_TRUE(reduction);
  EXPECT_EQ(reduction->whole_values({}, {6}), (std::vector<double>{6, 2, 12}));
  EXPECT_EQ(reduction->whole_values({}, {2}), (std::vector<double>{2, 6, 9}));
  EXPECT_EQ(reduction->whole_duals({}, {}), (std::vector<double>{3, 0, 0, 0}));
  EXPECT_EQ(reduction->model().row_count(), 0);
  constexpr std::uint8_t at_lower = 0, basic = 1, at_upper = 2;
  const BasisCode basis = reduction->whole_basis({{at_upper}, {}}, {6, 2, 12}, {3, 0, 0, 0});
  EXPECT_EQ(basis.column_basis, (std::vector<std::uint8_t>{at_upper, basic, basic}));
  EXPECT_EQ(basis.row_basis, (std::vector<std::uint8_t>{at_lower, basic, at_upper, basic}));

  // Where a scenario moves one of those rows, the column stays; the row says no more than a number, and is its bound.
  const std::vector<Patch> moves_sum{{{{0, 0, 4}}, {{1, 2, infinity}}}};
  const std::optional<Reduction> patched = Reduction::make(model, moves_sum);
  ASSERT_TRUE(patched);
  EXPECT_EQ(patched->model().row_count(), 1);
  EXPECT_EQ(patched->model().column_count(), 2);
  const Patch reduced = patched->reduced(moves_sum[0]);
  EXPECT_TRUE(reduced.rows.empty());
  EXPECT_EQ(reduced.columns, (std::vector<BoundChange>{{0, 0, 4}, {1, 10, infinity}}));
  EXPECT_EQ(patched->whole_values(moves_sum[0], {4, 10}), (std::vector<double>{4, 4, 10}));
}

/// Two makers at 1 and 3 whose room is a column that costs nothing, and which scenarios take away; demand of 8.
TEST(Reduction, a_column_that_nothing_keeps_off_a_moving_bound_stands_there) {
  ModelBuilder builder;
  const ColumnId cheap = builder.add_column(thing, 1, 0, infinity);
  const ColumnId dear = builder.add_column(thing, 3, 0, infinity);
  const ColumnId room = builder.add_column(thing, 0, 0, 5);
  const ColumnId shared = builder.add_column(thing, 0, 0, 7);
  const RowId demand = builder.add_row(thing, 8, infinity);
  const RowId within_room = builder.add_row(thing, -infinity, 0);    // cheap <= 2 room
  const RowId within_shared = builder.add_row(thing, -infinity, 3);  // cheap + dear <= 3 + shared
  for (const ColumnId column : {cheap, dear}) {
    builder.add_entry(demand, column, 1);
    builder.add_entry(within_shared, column, 1);
  }
  builder.add_entry(within_room, cheap, 1);
  builder.add_entry(within_room, room, -2);
  builder.add_entry(within_shared, shared, -1);
  auto names = std::make_shared<Names>();
  names->add_family("thing", {});
  const Model model = builder.build("rooms", names);
  const std::vector<Patch> patches{{{{2, 0, 1}, {3, 0, 6}}, {}}, {{{2, 0, 0}}, {}}};
  const std::optional<Reduction> reduction = Reduction::make(model, patches);
  ASSERT_TRUE(reduction);
  EXPECT_EQ(reduction->model().column_count(), 2);
  EXPECT_EQ(reduction->model().row_count(), 2);
  EXPECT_EQ(reduction->model().upper, (std::vector<double>{10, infinity}));
  EXPECT_EQ(reduction->model().row_upper, (std::vector<double>{infinity, 10}));
  const Patch reduced = reduction->reduced(patches[0]);
  EXPECT_EQ(reduced.columns, (std::vector<BoundChange>{{0, 0, 2}}));
  EXPECT_EQ(reduced.rows, (std::vector<BoundChange>{{1, -infinity, 9}}));
  EXPECT_EQ(reduction->whole_values(patches[0], {2, 6}), (std::vector<double>{2, 6, 1, 6}));
  EXPECT_EQ(reduction->whole_duals(patches[0], {3, 0}), (std::vector<double>{3, -2, 0}));
  EXPECT_EQ(reduction->reduced(patches[1]).columns, (std::vector<BoundChange>{{0, 0, 0}}));
  EXPECT_EQ(reduction->whole_values(patches[1], {0, 8}), (std::vector<double>{0, 8, 0, 7}));
  EXPECT_EQ(reduction->whole_values({}, {8, 0}), (std::vector<double>{8, 0, 5, 7}));
  EXPECT_EQ(reduction->whole_duals({}, {1, 0}), (std::vector<double>{1, 0, 0}));
}

/// Two columns that must make 8, and limits of their sum.
Model with_limits(const std::vector<std::pair<double, double>>& limits) {
  ModelBuilder builder;
  const ColumnId one = builder.add_column(thing, 1, 0, 20);
  const ColumnId other = builder.add_column(thing, 3, 0, 20);
  const RowId demand = builder.add_row(thing, 8, infinity);
  builder.add_entry(demand, one, 1);
  builder.add_entry(demand, other, 2);
  for (const auto& [factor, side] : limits) {
    const RowId row = builder.add_row(thing, factor > 0 ? -infinity : side, factor > 0 ? side : infinity);
    builder.add_entry(row, one, factor);
    builder.add_entry(row, other, factor);
  }
  auto names = std::make_shared<Names>();
  names->add_family("thing", {});
  return builder.build("limits", names);
}

TEST(Reduction, of_parallel_rows_those_go_that_are_never_the_tighter_one) {
  const std::vector<Patch> none;
  const Model still = with_limits({{1, 7}, {2, 12}, {-1, -9}, {1, 6}});
  const std::optional<Reduction> reduction = Reduction::make(still, none);
  ASSERT_TRUE(reduction);
  EXPECT_EQ(reduction->model().row_count(), 2);  // one + other <= 6, or twice that <= 12
  const Model model = with_limits({{1, 7}, {2, 18}, {1, 6}});
  const std::vector<Patch> moves_first{{{}, {{1, -infinity, 5}}}};
  const std::optional<Reduction> moved = Reduction::make(model, moves_first);
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->model().row_upper, (std::vector<double>{infinity, 7, 6}));
  EXPECT_EQ(moved->reduced(moves_first[0]).rows, (std::vector<BoundChange>{{1, -infinity, 5}}));
  // What is demanded counts the second column twice.
  EXPECT_FALSE(Reduction::make(with_limits({{1, 7}}), none));
}

TEST(Reduction, a_column_that_only_a_scenario_moves_stays) {
  Model model = two_makers(10);
  model.upper[1] = 0;
  const std::vector<Patch> patches{{{{1, 0, 9}}, {}}};
  const std::optional<Reduction> reduction = Reduction::make(model, patches);
  ASSERT_TRUE(reduction);
  EXPECT_EQ(reduction->model().column_count(), 2);
  EXPECT_EQ(reduction->model().upper[1], 0);
}

TEST(Reduction, there_is_none_where_little_goes_or_bounds_contradict) {
  Model model = two_makers(10);
  const std::vector<Patch> none;
  model.row_upper[1] = -1;
  EXPECT_FALSE(Reduction::make(model, none));
  ModelBuilder builder;
  const ColumnId one = builder.add_column(thing, 1, 0, 10);
  const ColumnId two = builder.add_column(thing, 2, 0, 10);
  const RowId row = builder.add_row(thing, 8, infinity);
  builder.add_entry(row, one, 1);
  builder.add_entry(row, two, 1);
  auto names = std::make_shared<Names>();
  names->add_family("thing", {});
  EXPECT_FALSE(Reduction::make(builder.build("all needed", names), none));
}

}  // namespace
}  // namespace pinchpoint::optim
