// SPDX-License-Identifier: Apache-2.0
#include "core/base/parallel.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

namespace pinchpoint {
namespace {

/// What work at each index saw of the sum of those taken before it.
std::vector<long> sums_seen(std::size_t threads, std::size_t count, std::size_t lag, std::size_t most_taken) {
  std::vector<long> found(count), seen(count), sum(count + 1, 0);
  for_each_in_turn(
      threads, count, lag,
      [&](std::size_t, std::size_t index, std::size_t taken) {
        if (index % 7 == 3) std::this_thread::sleep_for(std::chrono::microseconds(300));
        seen[index] = sum[taken];
        found[index] = static_cast<long>(index) + 1 + seen[index] % 5;
      },
      [&](std::size_t index) {
        sum[index + 1] = sum[index] + (index < most_taken ? found[index] : 0);
        return index + 1 < most_taken;
      });
  return seen;
}

TEST(ForEachInTurn, work_sees_what_those_so_far_before_it_left_whatever_the_threads) {
  for (const std::size_t most_taken : {1000U, 20U, 1U}) {
    const std::vector<long> alone = sums_seen(1, 100, 8, most_taken);
    EXPECT_EQ(alone[7], 0);
    EXPECT_NE(alone[8 + 3], 0);
    for (const std::size_t threads : {2U, 3U, 12U}) EXPECT_EQ(sums_seen(threads, 100, 8, most_taken), alone);
    EXPECT_EQ(alone.back(), alone[std::min<std::size_t>(99, most_taken + 7)]);
  }
}

TEST(ForEachInTurn, takes_in_order_and_each_once) {
  std::vector<std::size_t> taken;
  for_each_in_turn(
      3, 50, 4, [](std::size_t, std::size_t, std::size_t) {},
      [&](std::size_t index) {
        taken.push_back(index);
        return true;
      });
  ASSERT_EQ(taken.size(), 50U);
  for (std::size_t at = 0; at < taken.size(); ++at) EXPECT_EQ(taken[at], at);
}

TEST(ForEachInTurn, an_exception_ends_the_waiting_of_all) {
  const auto nothing = [](std::size_t) { return true; };
  for (const std::size_t threads : {1U, 3U}) {
    EXPECT_THROW(for_each_in_turn(
                     threads, 50, 2,
                     [](std::size_t, std::size_t index, std::size_t) {
                       if (index == 5) throw std::runtime_error("broken");
                     },
                     nothing),
                 std::runtime_error);
    EXPECT_THROW(for_each_in_turn(
                     threads, 50, 2, [](std::size_t, std::size_t, std::size_t) {},
                     [](std::size_t index) {
                       if (index == 5) throw std::runtime_error("broken");
                       return true;
                     }),
                 std::runtime_error);
  }
}

}  // namespace
}  // namespace pinchpoint
