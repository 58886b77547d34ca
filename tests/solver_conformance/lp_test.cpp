// SPDX-License-Identifier: Apache-2.0
#include "conformance.hpp"

namespace pinchpoint::optim {
namespace {

PINCHPOINT_CONFORMANCE(LpConformance);

TEST_P(LpConformance, reaches_the_optimum_of_wyndor_by_simplex) {
  const Model model = make_wyndor();
  const Solution solution = solve_with(model, {.method = Method::simplex});
  ASSERT_EQ(solution.status, Status::optimal) << solution.message;
  EXPECT_NEAR(solution.objective, -36, 1e-9);
  EXPECT_EQ(solution.method, Method::simplex);
  EXPECT_TRUE(certify(model, solution).holds(1e-9));
}

TEST_P(LpConformance, reaches_the_optimum_of_wyndor_by_interior_point) {
  PINCHPOINT_NEEDS(interior_point);
  const Model model = make_wyndor();
  const Solution solution = solve_with(model, {.method = Method::interior_point});
  ASSERT_EQ(solution.status, Status::optimal) << solution.message;
  EXPECT_NEAR(solution.value[0], 2, 1e-9);
  EXPECT_NEAR(solution.value[1], 6, 1e-9);
  EXPECT_TRUE(certify(model, solution).holds(1e-9));
}

TEST_P(LpConformance, signs_duals_so_that_cost_is_matrix_times_dual_and_reduced_cost) {
  const Solution solution = solve_with(make_wyndor());
  ASSERT_TRUE(solution.has_duals);
  const double expected[] = {0, -1.5, -1};
  for (std::size_t row = 0; row < 3; ++row) EXPECT_NEAR(solution.row_dual[row], expected[row], 1e-9);
  EXPECT_NEAR(solution.reduced_cost[0], -3 - 3 * solution.row_dual[2], 1e-9);
}

TEST_P(LpConformance, a_lower_side_that_binds_has_a_positive_dual) {
  ModelBuilder builder;
  builder.add_entry(builder.add_row({}, 2, infinity), builder.add_column({}, 7, 0, infinity), 1);
  const Solution solution = solve_with(builder.build("least", nullptr));
  EXPECT_NEAR(solution.row_dual[0], 7, 1e-12);
  EXPECT_NEAR(solution.objective, 14, 1e-12);
}

TEST_P(LpConformance, counts_the_constant_of_the_objective) {
  Model model = make_wyndor();
  model.offset = 100;
  const Solution solution = solve_with(model);
  EXPECT_NEAR(solution.objective, 64, 1e-9);
  EXPECT_TRUE(certify(model, solution).holds(1e-9));
}

TEST_P(LpConformance, keeps_to_both_sides_of_a_range_row) {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, -2, 5);
  builder.add_entry(row, builder.add_column({}, 1, -infinity, infinity), 1);
  Model model = builder.build("range", nullptr);
  EXPECT_NEAR(solve_with(model).objective, -2, 1e-12);
  model.cost[0] = -1;
  EXPECT_NEAR(solve_with(model).objective, -5, 1e-12);
}

TEST_P(LpConformance, keeps_entries_as_small_as_1e_11) {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, 1, infinity);
  builder.add_entry(row, builder.add_column({}, 1, 0, infinity), 1e-11);
  const Solution solution = solve_with(builder.build("small", nullptr));
  ASSERT_EQ(solution.status, Status::optimal);
  EXPECT_NEAR(solution.objective, 1e11, 1);
}

TEST_P(LpConformance, solves_models_without_rows_or_columns) {
  ModelBuilder builder;
  builder.add_offset(3);
  EXPECT_EQ(solve_with(builder.build("empty", nullptr)).status, Status::optimal);
  builder.add_column({}, 2, 1, 4);
  const Solution free_of_rows = solve_with(builder.build("no rows", nullptr));
  EXPECT_EQ(free_of_rows.status, Status::optimal);
  EXPECT_NEAR(free_of_rows.objective, 2, 1e-12);
  EXPECT_EQ(free_of_rows.column_basis.size(), 1U);
  builder.add_row({}, 1, 2);
  EXPECT_EQ(solve_with(builder.build("no columns", nullptr)).status, Status::infeasible);
  builder.add_row({}, 0, 2);
  const Solution free_of_columns = solve_with(builder.build("no columns", nullptr));
  EXPECT_EQ(free_of_columns.status, Status::optimal);
  EXPECT_EQ(free_of_columns.row_basis, std::vector<std::uint8_t>{1}) << "the row's own variable is basic";
}

TEST_P(LpConformance, solving_again_after_a_change_gives_what_a_new_session_gives) {
  Model model = make_wyndor();
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(model);
  ASSERT_EQ(session->solve({}).status, Status::optimal);
  session->set_row_bounds(RowId(2), -infinity, 15);
  session->set_column_bounds(ColumnId(0), 0.5, 3);
  session->set_cost(ColumnId(1), -4);
  model.row_upper[2] = 15;
  model.lower[0] = 0.5;
  model.upper[0] = 3;
  model.cost[1] = -4;
  const Solution changed = session->solve({});
  EXPECT_NEAR(changed.objective, solve_with(model).objective, 1e-9);
  EXPECT_TRUE(certify(model, changed).holds(1e-9));
}

}  // namespace
}  // namespace pinchpoint::optim
