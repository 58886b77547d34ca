// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/sensitivity.hpp"

#include "conformance.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

PINCHPOINT_CONFORMANCE(SensitivityConformance);

const ProcessNetwork small{.tiers = 4, .products_per_tier = 2, .regions = 3, .periods = 6};

/// Wyndor's optimum (2, 6) lies on 2y ≤ 12 and 3x + 2y ≤ 18: x = (18 − 12)/3, y = 12/2.
TEST_P(SensitivityConformance, rates_of_one_column_are_those_of_the_vertex) {
  PINCHPOINT_NEEDS(sensitivity);
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(make_wyndor());
  ASSERT_EQ(session->solve({}).status, Status::optimal);
  const std::vector<double> of_x = session->row_rates({1, 0});
  EXPECT_NEAR(of_x[0], 0, 1e-12);
  EXPECT_NEAR(of_x[1], -1.0 / 3, 1e-12);
  EXPECT_NEAR(of_x[2], 1.0 / 3, 1e-12);
  const std::vector<double> of_y = session->row_rates({0, 1});
  EXPECT_NEAR(of_y[1], 0.5, 1e-12);
  EXPECT_NEAR(of_y[2], 0, 1e-12);
}

TEST_P(SensitivityConformance, rates_of_the_cost_are_the_duals) {
  PINCHPOINT_NEEDS(sensitivity);
  const Model model = make_process_network(small);
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(model);
  const Solution solution = session->solve({});
  ASSERT_EQ(solution.status, Status::optimal);
  const std::vector<double> rates = session->row_rates(model.cost);
  const std::vector<double> columns = column_rates(model, model.cost, rates);
  for (std::size_t row = 0; row < rates.size(); ++row)
    EXPECT_NEAR(rates[row], solution.row_dual[row], 1e-7 * std::max(1.0, std::abs(rates[row])));
  for (std::size_t column = 0; column < columns.size(); ++column)
    EXPECT_NEAR(columns[column], solution.reduced_cost[column], 1e-7 * std::max(1.0, std::abs(columns[column])));
}

TEST_P(SensitivityConformance, columns_move_as_the_vertex_does_and_as_far_as_it_stays_feasible) {
  PINCHPOINT_NEEDS(sensitivity);
  const Model model = make_wyndor();
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(model);
  const Solution solution = session->solve({});
  const std::vector<double> shift = {0, 0, 1};
  const std::vector<double> movement = session->column_movement(shift);
  EXPECT_NEAR(movement[0], 1.0 / 3, 1e-12);
  EXPECT_NEAR(movement[1], 0, 1e-12);
  // x = (b − 12)/3 stays between 0 and 4: b from 12 to 24.
  const StepRange range = step_range(model, solution, shift, movement);
  EXPECT_NEAR(range.least, -6, 1e-9);
  EXPECT_NEAR(range.most, 6, 1e-9);
}

TEST_P(SensitivityConformance, a_side_that_does_not_bind_may_move_until_it_does) {
  PINCHPOINT_NEEDS(sensitivity);
  const Model model = make_wyndor();
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(model);
  const Solution solution = session->solve({});
  const std::vector<double> shift = {1, 0, 0};
  const StepRange range = step_range(model, solution, shift, session->column_movement(shift));
  EXPECT_NEAR(range.least, -2, 1e-9);
  EXPECT_EQ(range.most, infinity);
}

TEST_P(SensitivityConformance, what_moves_along_a_shift_is_found_again_by_solving) {
  PINCHPOINT_NEEDS(sensitivity);
  const Model model = make_process_network(small);
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(model);
  const Solution before = session->solve({});
  std::size_t checked = 0;
  for (std::size_t row = 0; row < model.row_lower.size() && checked < 20; ++row) {
    if (before.row_dual[row] == 0) continue;
    std::vector<double> shift(model.row_lower.size(), 0.0);
    shift[row] = 1;
    session->set_basis(before);
    const std::vector<double> movement = session->column_movement(shift);
    const StepRange range = step_range(model, before, shift, movement);
    const double step = std::min(1.0, range.most);
    if (step <= 1e-6) continue;
    ++checked;
    session->set_row_bounds(RowId(static_cast<std::int32_t>(row)), model.row_lower[row] + step,
                            model.row_upper[row] + step);
    const Solution after = session->solve({});
    EXPECT_NEAR(after.objective - before.objective, step * before.row_dual[row], 1e-6 * std::abs(before.objective));
    session->set_row_bounds(RowId(static_cast<std::int32_t>(row)), model.row_lower[row], model.row_upper[row]);
  }
  EXPECT_GT(checked, 5u);
}

TEST_P(SensitivityConformance, without_a_basis_there_are_no_rates) {
  PINCHPOINT_NEEDS(sensitivity);
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(make_wyndor());
  EXPECT_THROW(static_cast<void>(session->row_rates({1, 0})), InternalError);
}

}  // namespace
}  // namespace pinchpoint::optim
