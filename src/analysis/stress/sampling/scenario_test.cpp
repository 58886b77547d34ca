// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/sampling/scenario.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace pinchpoint::stress {
namespace {

/// From month 100 on: 0.8 for 6 months, then back over 4.
Hit hit_of(RecoveryShape shape) {
  Hit hit;
  hit.begin_months = 100;
  hit.depth = 0.8;
  hit.duration_months = 6;
  hit.recovery = shape;
  hit.recovery_months = shape == RecoveryShape::step ? 0 : 4;
  return hit;
}

TEST(LostShare, is_the_depth_while_it_lasts) {
  for (const auto shape : {RecoveryShape::step, RecoveryShape::linear, RecoveryShape::exponential}) {
    EXPECT_EQ(lost_share(hit_of(shape), 99.9), 0);
    EXPECT_EQ(lost_share(hit_of(shape), 100), 0.8);
    EXPECT_EQ(lost_share(hit_of(shape), 105.9), 0.8);
  }
}

TEST(LostShare, comes_back_at_once_evenly_or_fast_first) {
  EXPECT_EQ(lost_share(hit_of(RecoveryShape::step), 106), 0);
  EXPECT_NEAR(lost_share(hit_of(RecoveryShape::linear), 107), 0.6, 1e-12);
  EXPECT_NEAR(lost_share(hit_of(RecoveryShape::linear), 109), 0.2, 1e-12);
  const double end = std::exp(-3.0);
  EXPECT_NEAR(lost_share(hit_of(RecoveryShape::exponential), 107), 0.8 * (std::exp(-0.75) - end) / (1 - end), 1e-12);
  EXPECT_NEAR(lost_share(hit_of(RecoveryShape::exponential), 106), 0.8, 1e-12);
  EXPECT_EQ(lost_share(hit_of(RecoveryShape::linear), 110), 0);
  EXPECT_EQ(lost_share(hit_of(RecoveryShape::exponential), 110), 0);
}

TEST(LostShare, without_duration_lasts_for_ever) {
  Hit hit = hit_of(RecoveryShape::step);
  hit.duration_months = std::numeric_limits<double>::infinity();
  EXPECT_EQ(lost_share(hit, 1e6), 0.8);
  EXPECT_NEAR(average_lost_share(hit, 97, 103), 0.4, 1e-12);
  EXPECT_EQ(end_months(hit), std::numeric_limits<double>::infinity());
}

TEST(AverageLostShare, is_the_integral_over_the_period) {
  for (const auto shape : {RecoveryShape::step, RecoveryShape::linear, RecoveryShape::exponential}) {
    const Hit hit = hit_of(shape);
    for (double begin = 95; begin < 112; begin += 1.5) {
      constexpr int steps = 6000;
      double sum = 0;
      for (int step = 0; step < steps; ++step) sum += lost_share(hit, begin + 3 * (step + 0.5) / steps);
      EXPECT_NEAR(average_lost_share(hit, begin, begin + 3), sum / steps, 2e-4) << begin;
    }
  }
}

TEST(AverageLostShare, adds_up_over_periods) {
  const Hit hit = hit_of(RecoveryShape::exponential);
  double sum = 0;
  for (int begin = 96; begin < 114; begin += 3) sum += 3 * average_lost_share(hit, begin, begin + 3);
  EXPECT_NEAR(sum, 18 * average_lost_share(hit, 96, 114), 1e-12);
}

TEST(EndMonths, is_the_first_moment_without_loss) {
  EXPECT_EQ(end_months(hit_of(RecoveryShape::linear)), 110);
  EXPECT_EQ(end_months(hit_of(RecoveryShape::step)), 106);
}

}  // namespace
}  // namespace pinchpoint::stress
