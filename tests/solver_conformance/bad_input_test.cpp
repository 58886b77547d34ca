// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "conformance.hpp"

namespace pinchpoint::optim {
namespace {

PINCHPOINT_CONFORMANCE(BadInputConformance);

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void expect_refused(const Backend& backend, const Model& model) {
  const std::unique_ptr<Session> session = backend.open();
  EXPECT_THROW(session->load(model), InternalError);
}

TEST_P(BadInputConformance, numbers_that_are_none_are_refused) {
  Model model = make_wyndor();
  model.cost[0] = nan;
  expect_refused(GetParam(), model);
  model = make_wyndor();
  model.cost[0] = infinity;
  expect_refused(GetParam(), model);
  model = make_wyndor();
  model.row_upper[1] = nan;
  expect_refused(GetParam(), model);
  model = make_wyndor();
  model.matrix.value[0] = infinity;
  expect_refused(GetParam(), model);
  model = make_wyndor();
  model.offset = nan;
  expect_refused(GetParam(), model);
}

TEST_P(BadInputConformance, parts_that_do_not_fit_are_refused) {
  Model model = make_wyndor();
  model.lower.pop_back();
  expect_refused(GetParam(), model);
  model = make_wyndor();
  model.matrix.row[0] = 17;
  expect_refused(GetParam(), model);
  model = make_wyndor();
  model.matrix.start.pop_back();
  expect_refused(GetParam(), model);
}

TEST_P(BadInputConformance, changes_of_what_does_not_exist_are_refused) {
  const std::unique_ptr<Session> session = GetParam().open();
  EXPECT_THROW((void)session->solve({}), InternalError);
  session->load(make_wyndor());
  EXPECT_THROW(session->set_column_bounds(ColumnId(9), 0, 1), InternalError);
  EXPECT_THROW(session->set_row_bounds(RowId(-1), 0, 1), InternalError);
  EXPECT_THROW(session->set_cost(ColumnId(0), nan), InternalError);
}

TEST_P(BadInputConformance, options_outside_their_range_are_refused_by_name) {
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(make_wyndor());
  try {
    (void)session->solve({.feasibility_tolerance = -1});
    FAIL() << "a negative tolerance was taken";
  } catch (const InternalError& error) {
    EXPECT_NE(std::string(error.what()).find("primal_feasibility_tolerance"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace pinchpoint::optim
