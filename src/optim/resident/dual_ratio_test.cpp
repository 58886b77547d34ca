// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/dual_ratio.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace pinchpoint::optim::resident {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

TEST(DualRatio, the_first_breakpoint_of_an_unlimited_variable_stops_the_step) {
  std::vector<Candidate> candidates{{4, 3, 1, unlimited}, {7, 1, 1, unlimited}, {9, 5, 2, unlimited}};
  const RatioChoice choice = test_ratios(candidates, 10);
  EXPECT_EQ(choice.variable, 7);
  EXPECT_EQ(choice.flips, 0U);
}

TEST(DualRatio, boxed_variables_flip_while_the_slope_stays_positive) {
  // Slope 10, after variable 1: 10 − 2·3 = 4, after variable 2: 4 − 1·5 < 0.
  std::vector<Candidate> candidates{{3, 9, 1, unlimited}, {2, 2, 1, 5}, {1, 1, 2, 3}};
  const RatioChoice choice = test_ratios(candidates, 10);
  EXPECT_EQ(choice.variable, 2);
  ASSERT_EQ(choice.flips, 1U);
  EXPECT_EQ(candidates[0].variable, 1);
}

TEST(DualRatio, nothing_stops_the_step_where_all_boxes_together_are_too_small) {
  std::vector<Candidate> candidates{{1, 1, 1, 2}, {2, 2, 1, 3}};
  EXPECT_EQ(test_ratios(candidates, 5.5).variable, -1);
  candidates = {{1, 1, 1, 2}, {2, 2, 1, 3}};
  EXPECT_EQ(test_ratios(candidates, 5).variable, 2);
  candidates.clear();
  EXPECT_EQ(test_ratios(candidates, 1).variable, -1);
}

TEST(DualRatio, the_nearest_breakpoint_is_in_its_own_group_however_large_its_cost) {
  for (int at = 1; at < 1000; ++at) {
    std::vector<Candidate> candidates{{7, 1e8 + 0.37 * at, 0.013 + 0.1 * at, unlimited}};
    ASSERT_EQ(test_ratios(candidates, 1).variable, 7) << at;
  }
}

TEST(DualRatio, among_ties_the_largest_pivot_is_taken) {
  std::vector<Candidate> candidates{{1, 0, 0.001, unlimited}, {2, 0, 0.5, unlimited}, {3, 1e-10, 2, unlimited}};
  EXPECT_EQ(test_ratios(candidates, 1).variable, 3);
}

TEST(DualRatio, an_earlier_group_is_taken_where_the_last_pivot_is_tiny) {
  std::vector<Candidate> candidates{{1, 1, 4, 1}, {2, 2e-6, 1e-6, unlimited}};
  const RatioChoice choice = test_ratios(candidates, 10);
  EXPECT_EQ(choice.variable, 1);
  EXPECT_EQ(choice.flips, 0U);
}

}  // namespace
}  // namespace pinchpoint::optim::resident
