// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/lower/tied_rows.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "optim/model/testing/dense_model.hpp"
#include "optim/solve/certificate.hpp"
#include "optim/solve/proof/lower/dual_bound.hpp"
#include "optim/solve/proof/lower/strong_components.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {
namespace {

struct Way {
  int from, to;
  double leaves = 1, arrives = 1, cost = 0;
};

/// Places that make at costs 0.1, 0.3, 0.5 … (the first at most 5), ask for 2, and are joined by ways without limit.
Model make_places(int places, const std::vector<Way>& ways) {
  ModelBuilder builder;
  for (int place = 0; place < places; ++place) {
    const RowId row = builder.add_row({}, 2, infinity);
    const ColumnId made = builder.add_column({}, 0.1 + 0.2 * place, 0, place == 0 ? 5 : infinity);
    builder.add_entry(row, made, 0.7);
  }
  for (const Way& way : ways) {
    const ColumnId column = builder.add_column({}, way.cost, 0, infinity);
    builder.add_entry(RowId(way.from), column, -way.leaves);
    builder.add_entry(RowId(way.to), column, way.arrives);
  }
  return builder.build("places", nullptr);
}

/// The solution with prices moved apart by less than any solver promises.
Solution with_noise(Solution solution) {
  double noise = 1e-13;
  for (double& dual : solution.row_dual) dual += noise *= -1.5;
  return solution;
}

TEST(TiedRows, free_ways_there_and_back_leave_no_gap) {
  const Model model = make_places(2, {{0, 1}, {1, 0}});
  const MatrixView matrix(model);
  const Solution noisy = with_noise(solve(model));
  EXPECT_EQ(safe_dual_bound(model, matrix, to_multipliers(noisy.row_dual), 2), -infinity);
  const std::optional<Model> tied = tie_rows(model, matrix);
  ASSERT_TRUE(tied);
  EXPECT_EQ(tied->row_lower, (std::vector<double>{4, -infinity}));
  EXPECT_EQ(tied->matrix.start, (std::vector<std::int32_t>{0, 1, 2, 2, 2}));
  EXPECT_TRUE(certify(model, noisy).holds(1e-12)) << certify(model, noisy).gap;
}

TEST(TiedRows, longer_circles_and_other_units_leave_no_gap) {
  const Model model = make_places(4, {{0, 1, 1, 4}, {1, 2, 4, 1}, {2, 3, 0.6, 0.3}, {3, 0, 0.375, 0.75}});
  const Solution noisy = with_noise(solve(model));
  const Certificate certificate = certify(model, noisy);
  EXPECT_TRUE(certificate.holds(1e-10));
  EXPECT_LE(certificate.gap, 1e-14);
}

TEST(TiedRows, a_price_between_0_and_0_is_0) {
  // Rows: here, there, asked; columns: a gift here, the way there, what is made there.
  const Model model = make_dense("gift", {{0, {1, -1, 0}}, {0, {0, 0.3, -1}}, {1, {0, 0, 1}}}, {{0}, {0}, {1}});
  Solution noisy = solve(model);
  noisy.row_dual = {1e-12, 1e-12, 1};
  const std::optional<Model> tied = tie_rows(model, MatrixView(model));
  ASSERT_TRUE(tied);
  EXPECT_EQ(tied->row_lower, (std::vector<double>{-infinity, -infinity, 1}));
  EXPECT_EQ(certify(model, noisy).lower, 1);
}

TEST(TiedRows, are_none_where_a_way_costs_loses_or_leads_only_there) {
  for (const Way& back : {Way{1, 0, 1, 1, 0.01}, Way{1, 0, 1, 0.9}, Way{0, 1}}) {
    const Model model = make_places(2, {{0, 1}, back});
    EXPECT_FALSE(tie_rows(model, MatrixView(model)));
    EXPECT_TRUE(certify(model, with_noise(solve(model))).holds(1e-9));
  }
}

TEST(TiedRows, stay_apart_where_their_sum_is_no_double) {
  Model model = make_places(2, {{0, 1}, {1, 0}, {0, 1, 0.1, 1e-20, 3}});
  EXPECT_FALSE(tie_rows(model, MatrixView(model)));
}

TEST(TiedRows, keep_every_point_of_the_model) {
  const Model model = make_places(3, {{0, 1}, {1, 0}, {1, 2, 1, 0.5}, {2, 1, 1, 2}});
  const std::optional<Model> tied = tie_rows(model, MatrixView(model));
  ASSERT_TRUE(tied);
  Solution solution = solve(model);
  EXPECT_NEAR(solve(*tied).objective, solution.objective, 1e-12);
  EXPECT_EQ(tied->cost, model.cost);
}

TEST(StrongComponents, are_the_circles_of_a_graph) {
  const std::vector<std::vector<std::size_t>> arcs{{1}, {2}, {0, 3}, {4}, {}, {5, 4}};
  const std::vector<std::size_t> component = strong_components(
      arcs.size(), [&](std::size_t node, std::size_t at) { return at < arcs[node].size() ? arcs[node][at] : no_node; });
  EXPECT_EQ(component[0], component[1]);
  EXPECT_EQ(component[0], component[2]);
  for (const std::size_t alone : {3U, 4U, 5U}) {
    EXPECT_EQ(std::count(component.begin(), component.end(), component[alone]), 1) << alone;
  }
}

}  // namespace
}  // namespace pinchpoint::optim
