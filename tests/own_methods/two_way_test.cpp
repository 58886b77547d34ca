// SPDX-License-Identifier: Apache-2.0
#include "optim/reduction/two_way.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "optim/resident/resident_simplex.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"
#include "random_model.hpp"

namespace pinchpoint::optim {
namespace {

const Key thing{FamilyId(0)};

Model built(ModelBuilder& builder) {
  auto names = std::make_shared<Names>();
  names->add_family("thing", {});
  return builder.build("network", names);
}

/// Nodes with a demand, makers and links for both directions: some bounded, some whose capacity is bought, some that
/// are limited by a row of the other sign, and loops that weights on their links must add up to zero in.
Model random_network(Draw& draw) {
  ModelBuilder builder;
  const int nodes = 3 + draw.below(5);
  std::vector<RowId> balance;
  for (int node = 0; node < nodes; ++node) balance.push_back(builder.add_row(thing, draw.below(6), infinity));
  for (const RowId row : balance) {
    const ColumnId dear = builder.add_column(thing, 50 + draw.below(9), 0, infinity);
    builder.add_entry(row, dear, 1);
    if (draw.below(2) != 0) continue;
    const ColumnId cheap = builder.add_column(thing, 1 + draw.below(20), 0, 3 + draw.below(20));
    builder.add_entry(row, cheap, 1);
  }
  const RowId loop = builder.add_row(thing, 0, 0);
  for (int link = 0; link < 2 * nodes; ++link) {
    const int from = draw.below(nodes), to = (from + 1 + draw.below(nodes - 1)) % nodes;
    const double cost = draw.below(4) == 0 ? draw.between(-1, 1) : 0;
    const double factor = draw.below(3) == 0 ? -2 : 1;
    const double most = draw.below(7);
    const RowId limit = builder.add_row(thing, factor > 0 ? -infinity : factor * most, factor > 0 ? most : infinity);
    for (const int direction : {1, -1}) {
      const double upper = draw.below(4) == 0 ? draw.below(5) : infinity;
      const ColumnId flow = builder.add_column(thing, direction * cost, 0, upper);
      builder.add_entry(balance[static_cast<std::size_t>(from)], flow, -direction);
      builder.add_entry(balance[static_cast<std::size_t>(to)], flow, direction);
      if (link % 3 == 0) builder.add_entry(loop, flow, direction * (1 + link));
      builder.add_entry(limit, flow, factor);
    }
    if (draw.below(2) != 0) continue;
    const ColumnId more = builder.add_column(thing, draw.below(12), 0, 10);
    builder.add_entry(limit, more, -factor);
  }
  return built(builder);
}

Solution by_simplex(const Model& model) { return solve(model, {.method = Method::simplex, .own_methods = false}); }

/// What the duals prove, as they are.
double dual_bound(const Model& model, const std::vector<double>& row_dual) {
  std::vector<double> reduced_cost = model.cost;
  for (std::size_t column = 0; column < reduced_cost.size(); ++column) {
    for (std::int32_t at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at)
      reduced_cost[column] -= model.matrix.value[at] * row_dual[model.matrix.row[at]];
  }
  double sum = model.offset;
  const auto add = [&](double price, double lower, double upper) {
    if (std::abs(price) > 1e-9) sum += price * (price > 0 ? lower : upper);
  };
  for (std::size_t row = 0; row < row_dual.size(); ++row)
    add(row_dual[row], model.row_lower[row], model.row_upper[row]);
  for (std::size_t column = 0; column < reduced_cost.size(); ++column)
    add(reduced_cost[column], model.lower[column], model.upper[column]);
  return sum;
}

/// Calls `check` with networks and what they become.
template <class Check>
void with_networks(Check check) {
  for (unsigned seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Model whole = random_network(draw);
    const std::optional<TwoWay> merged = TwoWay::make(whole);
    ASSERT_TRUE(merged);
    check(whole, *merged);
  }
}

TEST(TwoWay, optimum_point_and_duals_are_those_of_the_whole) {
  with_networks([](const Model& whole, const TwoWay& merged) {
    EXPECT_LT(merged.model().column_count(), whole.column_count());
    const Solution expected = by_simplex(whole);
    const Solution found = by_simplex(merged.model());
    ASSERT_EQ(expected.status, Status::optimal);
    ASSERT_EQ(found.status, Status::optimal);
    EXPECT_NEAR(found.objective, expected.objective, 1e-8);
    Solution claimed = expected;
    claimed.value = merged.whole_values(found.value);
    claimed.row_dual = merged.whole_duals(found.row_dual);
    const Certificate certificate = certify(whole, claimed);
    EXPECT_LE(certificate.primal_violation, 1e-8);
    EXPECT_NEAR(certificate.upper, expected.objective, 1e-7);
    EXPECT_NEAR(dual_bound(whole, claimed.row_dual), expected.objective, 1e-7);
  });
}

/// A simplex method that starts from the basis of the whole has nothing to do.
TEST(TwoWay, a_basis_of_the_merged_lp_becomes_one_of_the_whole) {
  with_networks([](const Model& whole, const TwoWay& merged) {
    const Solution found = by_simplex(merged.model());
    ASSERT_EQ(found.status, Status::optimal);
    const std::vector<double> values = merged.whole_values(found.value);
    std::optional<ResidentSimplex> simplex =
        ResidentSimplex::if_basis(whole, merged.whole_basis(found.basis(), values));
    ASSERT_TRUE(simplex);
    EXPECT_EQ(simplex->solve({}), ResidentSimplex::Outcome::optimal);
    EXPECT_EQ(simplex->iterations(), 0);
    for (std::size_t column = 0; column < values.size(); ++column)
      EXPECT_NEAR(simplex->values()[column], values[column], 1e-8);
  });
}

/// A demand of 5 at B; a maker of 9 at A, and a link between them of at most 4 either way.
struct TwoPlaces {
  double back_cost = 0;
  double upper_side_of_limit = 4;
  double lower_side_of_limit = -infinity;
  double entry_back = -1;
  double least_there = 0;

  [[nodiscard]] Model model() const {
    ModelBuilder builder;
    const RowId at_a = builder.add_row(thing, 0, infinity);
    const RowId at_b = builder.add_row(thing, 5, infinity);
    const RowId limit = builder.add_row(thing, lower_side_of_limit, upper_side_of_limit);
    builder.add_entry(at_a, builder.add_column(thing, 1, 0, 9), 1);
    builder.add_entry(at_b, builder.add_column(thing, 7, 0, infinity), 1);
    const ColumnId there = builder.add_column(thing, 0, least_there, infinity);
    const ColumnId back = builder.add_column(thing, back_cost, 0, infinity);
    for (const ColumnId column : {there, back}) {
      const double sign = column == there ? 1 : -1;
      builder.add_entry(at_a, column, -sign);
      builder.add_entry(at_b, column, column == there ? 1 : entry_back);
      builder.add_entry(limit, column, 1);
    }
    return built(builder);
  }
};

TEST(TwoWay, a_row_without_rest_becomes_bounds_and_gets_their_price) {
  const Model whole = TwoPlaces{}.model();
  const std::optional<TwoWay> merged = TwoWay::make(whole);
  ASSERT_TRUE(merged);
  EXPECT_EQ(merged->model().row_count(), 2);
  EXPECT_EQ(merged->model().column_count(), 3);
  EXPECT_EQ(merged->model().lower.back(), -4);
  EXPECT_EQ(merged->model().upper.back(), 4);
  EXPECT_EQ(merged->whole_values({4, 1, 4}), (std::vector<double>{4, 1, 4, 0}));
  EXPECT_EQ(merged->whole_values({4, 1, -3}), (std::vector<double>{4, 1, 0, 3}));
  EXPECT_EQ(merged->whole_duals({1, 7}), (std::vector<double>{1, 7, -6}));
}

TEST(TwoWay, leaves_alone_what_is_not_opposite) {
  EXPECT_TRUE(TwoWay::make(TwoPlaces{}.model()));
  EXPECT_FALSE(TwoWay::make(TwoPlaces{.back_cost = 0.1}.model())) << "going both ways costs something";
  EXPECT_FALSE(TwoWay::make(TwoPlaces{.entry_back = -0.9}.model())) << "something is lost on the way";
  EXPECT_FALSE(TwoWay::make(TwoPlaces{.lower_side_of_limit = 1}.model())) << "going both ways helps";
  EXPECT_FALSE(TwoWay::make(TwoPlaces{.least_there = 1}.model()));
  EXPECT_FALSE(TwoWay::make(TwoPlaces{.upper_side_of_limit = -1}.model())) << "infeasible";
}

TEST(TwoWay, networks_are_solved_with_it_by_the_engines_own_methods) {
  int solved = 0;
  for (unsigned seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Model whole = random_network(draw);
    const Solution own = solve(whole);
    ASSERT_EQ(own.status, Status::optimal);
    if (own.method == Method::own_simplex) ++solved;
    EXPECT_NEAR(own.objective, by_simplex(whole).objective, 1e-8);
    EXPECT_TRUE(certify(whole, own).holds());
  }
  EXPECT_EQ(solved, 100);
}

}  // namespace
}  // namespace pinchpoint::optim
