// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/follower/patched_lp.hpp"

#include <gtest/gtest.h>

#include "optim/interdiction/follower/plan_check.hpp"
#include "optim/solve/solver.hpp"
#include "process_network.hpp"

namespace pinchpoint::optim {
namespace {

/// Each of the first columns with a finite bound above zero lost by itself.
std::vector<Patch> losses(const Model& model, std::size_t most) {
  std::vector<Patch> patches;
  for (std::int32_t column = 0; column < model.column_count() && patches.size() < most; ++column) {
    const auto at = static_cast<std::size_t>(column);
    if (model.lower[at] == 0 && model.upper[at] > 0 && model.upper[at] < infinity)
      patches.push_back({{{column, 0, 0}}, {}});
  }
  return patches;
}

/// A network with limits written as rows of their own.
Model network_with_limits(std::uint64_t seed) {
  const Model model = make_small_network(3, 2, seed);
  ModelBuilder builder;
  builder.add_offset(model.offset);
  for (std::size_t row = 0; row < model.row_lower.size(); ++row)
    builder.add_row(model.row_key[row], model.row_lower[row], model.row_upper[row]);
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    const ColumnId made =
        builder.add_column(model.column_key[column], model.cost[column], model.lower[column], model.upper[column]);
    for (auto at = model.matrix.start[column]; at < model.matrix.start[column + 1]; ++at)
      builder.add_entry(RowId(model.matrix.row[static_cast<std::size_t>(at)]), made,
                        model.matrix.value[static_cast<std::size_t>(at)]);
    if (model.upper[column] < infinity)
      builder.add_entry(builder.add_row(model.row_key[0], -infinity, 0.9 * model.upper[column]), made, 1);
  }
  return builder.build("network", model.names);
}

TEST(PatchedLp, the_smaller_lp_has_the_answers_of_the_whole) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    const Model model = network_with_limits(seed);
    const std::vector<Patch> patches = losses(model, 20);
    const Solution base = solve(model);
    const auto smaller = make_smaller_lp(model, patches);
    ASSERT_TRUE(smaller);
    ASSERT_LT(smaller->reduction.model().row_count(), model.row_count());
    const auto lp = open_patched_lp(model, base, smaller);
    const auto whole = open_patched_lp(model, base);
    std::shared_ptr<const BasisCode> start;
    for (const Patch& patch : patches) {
      const Solution found = lp->solve(patch, {}, infinity, start);
      const Solution expected = whole->solve(patch, {});
      ASSERT_EQ(found.status, Status::optimal);
      EXPECT_NEAR(found.objective, expected.objective, 1e-7 * std::abs(expected.objective));
      const PlanCheck check = check_plan(model, patch, found.value);
      EXPECT_LE(check.violation, 1e-9);
      EXPECT_NEAR(check.value, expected.objective, 1e-7 * std::abs(expected.objective));
      start = std::make_shared<BasisCode>(BasisCode{found.column_basis, found.row_basis});
      // What a session solves is the whole: its basis is no start for the smaller LP.
      EXPECT_TRUE(lp->solve_again(patch, {}).column_basis.empty());
      EXPECT_FALSE(whole->solve_again(patch, {}).column_basis.empty());
    }
  }
}

}  // namespace
}  // namespace pinchpoint::optim
