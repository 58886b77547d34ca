// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/progress_line.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace pinchpoint::cli {
namespace {

TEST(ProgressLine, prints_nothing_where_nobody_watches) {
  testing::internal::CaptureStderr();
  {
    ProgressLine line(false);
    line.begin_phase("solve");
    line.update({.phase = "simplex", .iterations = 7});
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(ProgressLine, is_overwritten_in_place_and_taken_away_at_the_end) {
  testing::internal::CaptureStderr();
  {
    ProgressLine line(true);
    line.begin_phase("solve");
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "\r\033[Ksolve, 0 s\r\033[K");
}

TEST(ProgressLine, the_log_has_phases_and_at_most_a_line_a_second) {
  ProgressLine line(false);
  line.begin_phase("solve");
  for (int iteration = 0; iteration < 1000; ++iteration) line.update({.phase = "simplex", .iterations = iteration});
  line.note("optimal");
  const std::string log = line.log();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 2) << log;
  EXPECT_NE(log.find("s  optimal\n"), std::string::npos);
}

}  // namespace
}  // namespace pinchpoint::cli
