// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/beam.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {
namespace {

/// 10 of one good, from two makers of 12 each at 1 and 1.1; 1 of another from one maker at 1. Short at 100 and 50.
Model two_goods() {
  ModelBuilder builder;
  const RowId good = builder.add_row({}, 10, infinity);
  const RowId other = builder.add_row({}, 1, infinity);
  builder.add_entry(good, builder.add_column({}, 1, 0, 12), 1);
  builder.add_entry(good, builder.add_column({}, 1.1, 0, 12), 1);
  builder.add_entry(other, builder.add_column({}, 1, 0, 12), 1);
  builder.add_entry(good, builder.add_column({}, 100, 0, infinity), 1);
  builder.add_entry(other, builder.add_column({}, 50, 0, infinity), 1);
  return builder.build("two goods", nullptr);
}

TEST(Beam, makers_that_stand_in_for_each_other_are_tried_together) {
  const Model model = two_goods();
  AttackProblem problem{.model = &model, .base = solve(model), .targets = {}, .cost_limit = 2};
  for (const std::int32_t maker : {0, 1, 2}) problem.targets.push_back({maker, {{{maker, 0, 0}}, {}}, 1});
  const AttackOptions options;
  Follower follower(problem, options);
  PlanGrower grower(follower);
  Beam beam(follower);
  for (const std::int32_t maker : {0, 1, 2}) {
    const Reply reply = grower.answer({{maker}});
    ASSERT_TRUE(reply.is_optimal);
    // The loss of one of the two costs next to nothing, and no dual says what the other is worth then.
    if (maker != 2) {
      EXPECT_LE(reply.plan.value, 13);
      EXPECT_EQ(reply.gain[static_cast<std::size_t>(1 - maker)], 0);
    }
    follower.note_value(reply.chosen, reply.plan.value);
    beam.note(reply);
  }
  const auto sets = beam.next_sets();
  EXPECT_NE(std::find(sets.begin(), sets.end(), std::vector<std::int32_t>{0, 1}), sets.end());
}

}  // namespace
}  // namespace pinchpoint::optim
