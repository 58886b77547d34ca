// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/sampling/uniform.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include "analysis/stress/sampling/normal.hpp"

namespace pinchpoint::stress {
namespace {

using Words = std::array<std::uint32_t, 4>;

// kat_vectors of Random123, the authors' own code.
TEST(Philox, makes_the_published_numbers) {
  constexpr std::uint32_t ones = 0xffffffffU;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}));
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (Words{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}));
  EXPECT_EQ(philox({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}),
            (Words{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}));
}

TEST(Uniform, is_even_over_the_unit_interval) {
  constexpr std::uint64_t count = 100000;
  std::vector<int> cells(10);
  double sum = 0;
  for (std::uint64_t index = 0; index < count; ++index) {
    const double number = uniform(7, 3, index);
    ASSERT_GT(number, 0);
    ASSERT_LT(number, 1);
    ++cells[static_cast<std::size_t>(number * 10)];
    sum += number;
  }
  // Five standard deviations: 0.289/sqrt(n), sqrt(n/10 * 0.9).
  EXPECT_NEAR(sum / count, 0.5, 0.005);
  for (const int cell : cells) EXPECT_NEAR(cell, 10000, 475);
}

TEST(Uniform, differs_by_seed_stream_and_draw) {
  const std::set<double> numbers = {uniform(1, 1, 1), uniform(2, 1, 1), uniform(1, 2, 1), uniform(1, 1, 2)};
  EXPECT_EQ(numbers.size(), 4U);
  EXPECT_EQ(uniform(1, 1, 1), uniform(1, 1, 1));
}

// Another implementation of Joe and Kuo's numbers, point 12345 in Gray order.
TEST(Sobol, makes_the_points_of_the_published_direction_numbers) {
  constexpr std::uint32_t point = 12345 ^ (12345 >> 1);
  EXPECT_EQ(sobol(point, 0), 2752774144U);
  EXPECT_EQ(sobol(point, 1), 3493593088U);
  EXPECT_EQ(sobol(point, 2), 688652288U);
  EXPECT_EQ(sobol(point, 7), 486801408U);
  EXPECT_EQ(sobol(point, 100), 2317090816U);
  EXPECT_EQ(sobol(point, 255), 2525757440U);
}

TEST(Sobol, has_one_point_in_each_interval_of_every_dimension) {
  for (std::size_t dimension = 0; dimension < sobol_dimensions; ++dimension) {
    std::set<std::uint32_t> intervals;
    for (std::uint32_t index = 0; index < 256; ++index) intervals.insert(sobol(index, dimension) >> 24);
    EXPECT_EQ(intervals.size(), 256U) << dimension;
  }
}

TEST(Sobol, is_a_net_after_scrambling) {
  for (const std::size_t dimension : {0U, 1U, 5U, 255U}) {
    std::set<int> intervals;
    for (std::uint32_t index = 0; index < 256; ++index) {
      intervals.insert(static_cast<int>(scrambled_sobol(3, dimension, index, dimension) * 256));
    }
    EXPECT_EQ(intervals.size(), 256U) << dimension;
  }
  // Two dimensions: any 256 points lie one in each of 16 x 16 squares.
  std::set<int> squares;
  for (std::uint32_t index = 0; index < 256; ++index) {
    const int across = static_cast<int>(scrambled_sobol(3, 10, index, 0) * 16);
    squares.insert(across * 16 + static_cast<int>(scrambled_sobol(3, 11, index, 1) * 16));
  }
  EXPECT_EQ(squares.size(), 256U);
}

TEST(Sobol, scrambling_depends_on_the_seed_and_is_even_at_one_point) {
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) sum += scrambled_sobol(seed, 5, 0, 3);
  EXPECT_NEAR(sum / 1000, 0.5, 0.05) << "the first point is not always the corner";
}

/// Mean of x^2 over all dimensions but one, whose exact value is a third each.
double mean_square(bool is_sobol, std::uint64_t seed, std::uint32_t count) {
  double sum = 0;
  for (std::uint32_t index = 0; index < count; ++index) {
    for (std::size_t dimension = 0; dimension < 4; ++dimension) {
      const double x = is_sobol ? scrambled_sobol(seed, dimension, index, dimension) : uniform(seed, dimension, index);
      sum += x * x;
    }
  }
  return sum / count / 4;
}

TEST(Sobol, integrates_far_better_than_random_numbers) {
  double sobol_error = 0;
  double random_error = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    sobol_error += std::pow(mean_square(true, seed, 1024) - 1.0 / 3, 2);
    random_error += std::pow(mean_square(false, seed, 1024) - 1.0 / 3, 2);
  }
  EXPECT_LT(sobol_error * 10000, random_error);
}

TEST(Permuted, is_an_order_of_all_places) {
  for (const std::uint64_t count : {1U, 2U, 3U, 10U, 1000U, 1024U}) {
    std::set<std::uint64_t> places;
    for (std::uint64_t index = 0; index < count; ++index) places.insert(permuted(5, 9, index, count));
    EXPECT_EQ(places.size(), count);
    EXPECT_EQ(*places.rbegin(), count - 1);
  }
}

TEST(Permuted, takes_every_order_alike) {
  std::vector<int> first(4);
  for (std::uint64_t seed = 0; seed < 4000; ++seed) ++first[permuted(seed, 1, 0, 4)];
  for (const int times : first) EXPECT_NEAR(times, 1000, 150);
}

TEST(Stratified, has_one_number_in_each_stratum) {
  for (const std::uint64_t count : {1U, 2U, 7U, 1000U}) {
    std::set<std::uint64_t> strata;
    for (std::uint64_t index = 0; index < count; ++index) {
      const double number = stratified(11, 4, index, count);
      ASSERT_LT(number, 1);
      ASSERT_GT(number, 0);
      strata.insert(static_cast<std::uint64_t>(number * static_cast<double>(count)));
    }
    EXPECT_EQ(strata.size(), count);
  }
}

TEST(Normal, quantiles_are_those_of_the_tables) {
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-13);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167813, 1e-14);
  EXPECT_NEAR(normal_quantile(0.02425), -1.972961051311885, 1e-14);
  EXPECT_NEAR(normal_quantile(0.25), -0.6744897501960817, 1e-15);
  EXPECT_EQ(normal_quantile(0.5), 0);
  EXPECT_NEAR(normal_quantile(0.999999), 4.753424308817087, 1e-10);
  EXPECT_EQ(normal_quantile(0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(normal_quantile(1), std::numeric_limits<double>::infinity());
}

TEST(Normal, quantile_inverts_the_probability) {
  for (double x = -8; x <= 5; x += 0.25) EXPECT_NEAR(normal_quantile(normal_probability(x)), x, 1e-9) << x;
}

}  // namespace
}  // namespace pinchpoint::stress
