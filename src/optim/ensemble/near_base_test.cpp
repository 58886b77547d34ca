// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/near_base.hpp"

#include <gtest/gtest.h>

#include <random>

#include "optim/ensemble/plan_pool.hpp"

namespace pinchpoint::optim {
namespace {

class Draw {
 public:
  explicit Draw(unsigned seed) : engine_(seed) {}
  double between(double least, double most) { return std::uniform_real_distribution(least, most)(engine_); }
  bool rarely() { return between(0, 1) < 0.1; }
  std::int32_t below(std::int32_t count) { return std::uniform_int_distribution(0, count - 1)(engine_); }

 private:
  std::mt19937 engine_;
};

Model random_model(Draw& draw) {
  ModelBuilder builder;
  for (int row = 0; row < 30; ++row)
    builder.add_row({}, draw.between(-9, 0), draw.rarely() ? infinity : draw.between(0, 9));
  for (int column = 0; column < 50; ++column) {
    const ColumnId id = builder.add_column({}, draw.between(-2, 2), -1, draw.between(1, 5));
    for (int entry = 0; entry < 3; ++entry) builder.add_entry(RowId(draw.below(30)), id, draw.between(-2, 2));
  }
  return builder.build("random", nullptr);
}

std::vector<double> numbers(std::size_t count, Draw& draw) {
  std::vector<double> all;
  for (std::size_t at = 0; at < count; ++at) all.push_back(draw.between(-1, 2));
  return all;
}

void change_some(std::vector<double>& all, Draw& draw) {
  for (double& one : all) {
    if (draw.rarely()) one = draw.between(-3, 3);
  }
}

Patch random_patch(const Model& model, Draw& draw) {
  Patch patch;
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    if (draw.rarely()) patch.columns.push_back({column, -1, draw.between(-1, 4)});
  }
  for (std::int32_t row = 0; row < model.row_count(); ++row) {
    if (draw.rarely()) patch.rows.push_back({row, draw.between(-12, -4), draw.between(-4, 12)});
  }
  return patch;
}

TEST(NearBase, numbers_are_those_of_the_whole_computation) {
  Draw draw(7);
  for (int trial = 0; trial < 50; ++trial) {
    const Model model = random_model(draw);
    const ImpliedBounds box{std::vector<double>(50, -8.0), std::vector<double>(50, 8.0)};
    const std::vector<double> value = numbers(50, draw);
    const std::vector<double> dual = numbers(30, draw);
    NearBase near(model, box, value, dual);
    for (int scenario = 0; scenario < 5; ++scenario) {
      const Patch patch = random_patch(model, draw);
      std::vector<double> other_value = value;
      std::vector<double> other_dual = dual;
      change_some(other_value, draw);
      change_some(other_dual, draw);
      for (std::size_t row = 0; row < other_dual.size(); ++row)
        other_dual[row] = allowed_dual(other_dual[row], model.row_lower[row], model.row_upper[row]);
      const Model changed = patched(model, patch);
      const DualBound whole = dual_bound(changed, other_dual, {changed.lower, changed.upper});
      EXPECT_NEAR(near.lower(patch, other_dual), whole.value, 1e-11 * std::abs(whole.value));
      // The base's own violation is of the model, and counts in every scenario.
      const double own = violation_of(model.matrix, Sides(model), value);
      const double under_patch = violation_of(changed.matrix, Sides(changed), other_value);
      const NearBase::Plan plan = near.plan(patch, other_value);
      EXPECT_GE(plan.violation, under_patch);
      EXPECT_LE(plan.violation, std::max(own, under_patch));
      EXPECT_NEAR(plan.cost, cost_of(model, other_value), 1e-13);
    }
  }
}

TEST(NearBase, a_value_that_is_no_number_violates) {
  ModelBuilder builder;
  builder.add_column({}, 0, 0, 1);
  const Model model = builder.build("one", nullptr);
  NearBase near(model, {{0}, {1}}, {0}, {});
  EXPECT_EQ(near.plan({}, {0.5}).violation, 0);
  EXPECT_EQ(near.plan({}, {std::nan("")}).violation, infinity);
}

// Beside terms of 1e13 the moves' sum says nothing about a millionth: the row must be summed anew.
TEST(NearBase, a_row_whose_large_terms_go_is_summed_anew) {
  ModelBuilder builder;
  const RowId row = builder.add_row({}, -infinity, 1);
  for (const double entry : {1.0, -1.0}) builder.add_entry(row, builder.add_column({}, 0, 0, 1e14), entry);
  const Model model = builder.build("large", nullptr);
  NearBase near(model, {{0, 0}, {1e14, 1e14}}, {1e13 + 1, 1e13}, {0});
  EXPECT_EQ(near.plan({}, {1e13 + 1, 1e13}).violation, 0);
  EXPECT_NEAR(near.plan({}, {1 + 1e-6, 0}).violation, 1e-6, 1e-11);
}

}  // namespace
}  // namespace pinchpoint::optim
