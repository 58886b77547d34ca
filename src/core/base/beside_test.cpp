// SPDX-License-Identifier: Apache-2.0
#include "core/base/beside.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace pinchpoint {
namespace {

TEST(Beside, work_apart_is_done_on_another_thread) {
  const auto here = std::this_thread::get_id();
  EXPECT_NE(beside(true, [] { return std::this_thread::get_id(); }).get(), here);
}

TEST(Beside, work_that_is_not_apart_waits_to_be_asked_for) {
  int calls = 0;
  auto work = beside(false, [&calls] { return ++calls; });
  EXPECT_EQ(calls, 0);
  EXPECT_EQ(work.get(), 1);
}

TEST(Beside, an_exception_comes_with_the_result) {
  for (const bool is_apart : {false, true}) {
    auto work = beside(is_apart, []() -> int { throw std::runtime_error("no"); });
    EXPECT_THROW(work.get(), std::runtime_error);
  }
}

}  // namespace
}  // namespace pinchpoint
