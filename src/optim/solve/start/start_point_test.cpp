// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/start/start_point.hpp"

#include <gtest/gtest.h>

#include "optim/model/testing/dense_model.hpp"
#include "optim/solve/certificate.hpp"

namespace pinchpoint::optim {
namespace {

/// Two goods in whole or broken lots: max 5a + 4b with 6a + 4b ≤ 24, a + 2b ≤ 6. Broken: a = 3, b = 1.5, worth 21;
/// whole: a = 4, b = 0, worth 20.
Model make_lots(bool is_whole, double capacity = 24) {
  return make_dense("lots", {{-infinity, {6, 4}, capacity}, {-infinity, {1, 2}, 6}},
                    {{-5, 0, infinity, is_whole}, {-4, 0, infinity, is_whole}});
}

StartPoint start_of(const Model& model) {
  std::optional<StartPoint> start = start_point(model, fingerprint(model), solve(model));
  EXPECT_TRUE(start.has_value());
  return std::move(start).value();
}

TEST(StartPoint, a_solve_from_where_one_ended_takes_no_step) {
  const Model model = make_lots(false);
  const Solution again = solve_from(start_of(model), model, {});
  EXPECT_EQ(again.iterations, 0);
  EXPECT_NEAR(again.objective, -21, 1e-9);
  EXPECT_TRUE(certify(model, again).holds(1e-9));
}

TEST(StartPoint, of_a_mip_keeps_its_integers_and_its_bound) {
  const Model model = make_lots(true);
  const StartPoint start = start_of(model);
  EXPECT_EQ(start.integers, (std::vector<double>{4, 0}));
  const Solution again = solve_from(start, model, {});
  EXPECT_NEAR(again.objective, -20, 1e-9);
  EXPECT_EQ(again.mip_bound, start.mip_bound);
  EXPECT_TRUE(certify(model, again).holds(1e-6));
}

TEST(StartPoint, serves_an_lp_with_other_numbers_and_a_mip_with_the_same_only) {
  const Model more = make_lots(false, 30);
  ASSERT_TRUE(fits(start_of(make_lots(false)), more));
  // 6a + 4b = 30, a + 2b = 6: a = 4.5, b = 0.75.
  EXPECT_NEAR(solve_from(start_of(make_lots(false)), more, {}).objective, -25.5, 1e-9);
  EXPECT_FALSE(fits(start_of(make_lots(true)), make_lots(true, 30)));
}

TEST(StartPoint, of_another_pattern_or_with_too_few_basics_does_not_fit) {
  const Model model = make_lots(false);
  StartPoint start = start_of(model);
  Model other = model;
  other.matrix.row[0] = 1;
  EXPECT_FALSE(fits(start, other));
  EXPECT_FALSE(fits(start_of(make_lots(true)), model));
  start.column_basis.assign(start.column_basis.size(), 0);
  EXPECT_FALSE(fits(start, model));
}

TEST(StartPoint, is_nothing_where_there_is_no_optimum) {
  Model model = make_lots(false);
  model.row_lower[0] = 100;
  model.row_upper[0] = infinity;
  const Solution infeasible = solve(model);
  ASSERT_EQ(infeasible.status, Status::infeasible);
  EXPECT_FALSE(start_point(model, fingerprint(model), infeasible).has_value());
}

TEST(Fingerprint, tells_numbers_from_structure) {
  const Fingerprint one = fingerprint(make_lots(false)), other = fingerprint(make_lots(false, 25));
  EXPECT_EQ(one, fingerprint(make_lots(false)));
  EXPECT_EQ(one.structure, other.structure);
  EXPECT_NE(one.numbers, other.numbers);
  EXPECT_NE(one.structure, fingerprint(make_lots(true)).structure);
}

}  // namespace
}  // namespace pinchpoint::optim
