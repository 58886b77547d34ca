// SPDX-License-Identifier: Apache-2.0
#include "conformance.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

PINCHPOINT_CONFORMANCE(WarmBasisConformance);

const ProcessNetwork small{.tiers = 4, .products_per_tier = 2, .regions = 3, .periods = 6};

TEST_P(WarmBasisConformance, an_optimal_basis_needs_no_iteration) {
  PINCHPOINT_NEEDS(warm_start);
  const Model model = make_process_network(small);
  const Solution cold = solve_with(model);
  ASSERT_EQ(cold.status, Status::optimal);
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(model);
  session->set_basis(cold);
  const Solution warm = session->solve({});
  EXPECT_EQ(warm.iterations, 0);
  EXPECT_NEAR(warm.objective, cold.objective, 1e-9 * cold.objective);
}

TEST_P(WarmBasisConformance, an_interior_point_solution_ends_in_a_basis) {
  PINCHPOINT_NEEDS(warm_start);
  PINCHPOINT_NEEDS(interior_point);
  const Model model = make_process_network(small);
  const Solution cold = solve_with(model, {.method = Method::interior_point});
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(model);
  session->set_basis(cold);
  EXPECT_EQ(session->solve({}).iterations, 0);
}

TEST_P(WarmBasisConformance, a_small_change_takes_fewer_iterations_than_starting_anew) {
  PINCHPOINT_NEEDS(warm_start);
  Model model = make_process_network(small);
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(model);
  session->set_basis(solve_with(model));
  const std::size_t demand = static_cast<std::size_t>(model.row_count()) - 1;
  for (std::size_t row = 0; row <= demand; ++row) {
    if (model.row_lower[row] <= 0 || model.row_lower[row] == infinity) continue;
    model.row_lower[row] *= 1.02;
    session->set_row_bounds(RowId(static_cast<std::int32_t>(row)), model.row_lower[row], model.row_upper[row]);
    break;
  }
  const Solution warm = session->solve({});
  const Solution cold = solve_with(model);
  EXPECT_NEAR(warm.objective, cold.objective, 1e-8 * cold.objective);
  EXPECT_LT(warm.iterations, cold.iterations);
  EXPECT_TRUE(certify(model, warm).holds(1e-8));
}

TEST_P(WarmBasisConformance, a_basis_of_another_model_is_refused) {
  PINCHPOINT_NEEDS(warm_start);
  const std::unique_ptr<Session> session = GetParam().open();
  session->load(make_infeasible());
  const Solution other = solve_with(make_wyndor());
  EXPECT_THROW(session->set_basis(other), InternalError);
}

}  // namespace
}  // namespace pinchpoint::optim
