// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/interval.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace pinchpoint::optim {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// A double that is a whole multiple of 2^-40, and that multiple.
struct Dyadic {
  double number;
  __int128 multiple;
};

Dyadic random_dyadic(std::mt19937_64& random) {
  const int shift = static_cast<int>(random() % 41);
  const auto whole = static_cast<std::int64_t>(random() % (1U << 20)) - (1 << 19);
  return {std::ldexp(static_cast<double>(whole), -shift), static_cast<__int128>(whole) << (40 - shift)};
}

/// number · 2^80 ≤ exact? Doubles here are multiples of 2^-80 or differ from `exact` by more than one.
bool is_at_most(double number, __int128 exact) {
  return std::floor(std::ldexp(number, 80)) <= static_cast<long double>(exact);
}

TEST(ExactSum, encloses_sums_of_products_and_is_exact_where_they_are_doubles) {
  std::mt19937_64 random(1);
  for (int trial = 0; trial < 2000; ++trial) {
    ExactSum sum;
    __int128 exact = 0;
    for (int term = 0; term < 30; ++term) {
      const Dyadic a = random_dyadic(random);
      const Dyadic b = random_dyadic(random);
      sum.add_product(a.number, b.number);
      exact += (a.multiple * b.multiple) >> 20 << 20;
      exact += (a.multiple * b.multiple) - ((a.multiple * b.multiple) >> 20 << 20);
    }
    const Interval enclosure = sum.enclosure();
    EXPECT_TRUE(is_at_most(enclosure.lower, exact));
    EXPECT_TRUE(is_at_most(-enclosure.upper, -exact));
    EXPECT_LE(enclosure.upper - enclosure.lower, 1e-15 * std::max(1.0, std::abs(enclosure.upper)));
  }
}

TEST(ExactSum, keeps_what_cancellation_would_lose) {
  ExactSum sum;
  for (const double term : {1e100, 1.0, -1e100}) sum.add(term);
  EXPECT_EQ(sum.enclosure().lower, 1);
  EXPECT_EQ(sum.enclosure().upper, 1);
}

TEST(ExactSum, a_tenth_is_not_what_the_double_says) {
  ExactSum sum;
  for (int term = 0; term < 10; ++term) sum.add_product(0.1, 1);
  sum.add(-1);
  EXPECT_EQ(sum.enclosure().lower, 0x1p-54);  // 10 · double(0.1) - 1, exactly
  EXPECT_EQ(sum.enclosure().upper, 0x1p-54);
}

TEST(ExactSum, admits_that_tiny_products_lose_digits) {
  ExactSum sum;
  sum.add_product(1e-200, 1e-200);
  EXPECT_LE(sum.enclosure().lower, 0);
  EXPECT_GT(sum.enclosure().upper, 0);
}

TEST(ExactSum, encloses_everything_after_an_overflow) {
  ExactSum sum;
  sum.add_product(1e200, 1e200);
  EXPECT_EQ(sum.enclosure().lower, -infinite);
  EXPECT_EQ(sum.enclosure().upper, infinite);
}

TEST(Rounding, goes_outwards_only_where_a_result_is_no_double) {
  EXPECT_EQ(add_down(0.5, 0.25), 0.75);
  EXPECT_LT(add_down(1, 1e-30), add_up(1, 1e-30));
  EXPECT_EQ(add_down(1, 1e-30), 1);
  EXPECT_EQ(add_down(1, -1e-30), std::nextafter(1.0, 0.0));
  EXPECT_EQ(multiply_down(3, 0.5), 1.5);
  EXPECT_LT(multiply_down(0.1, 0.1), multiply_up(0.1, 0.1));
  EXPECT_LT(divide_down(1, 3), divide_up(1, 3));
  EXPECT_EQ(add_down(infinite, 1), infinite);
  EXPECT_LT(add_down(1e308, 1e308), infinite);
}

TEST(LeastProduct, is_infinite_only_where_a_sign_is_wrong) {
  EXPECT_EQ(least_product({2, 3}, 4, infinite), 8);
  EXPECT_EQ(least_product({-1, 3}, 4, infinite), -infinite);
  EXPECT_EQ(least_product({-3, -2}, -infinite, 5), -15);
  EXPECT_EQ(least_product({0, 0}, -infinite, infinite), 0);
  EXPECT_EQ(least_product({0, 1e-300}, -infinite, infinite), -infinite);
  EXPECT_EQ(least_product({-2, 3}, -5, 7), -15);
}

}  // namespace
}  // namespace pinchpoint::optim
