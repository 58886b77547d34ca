// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/symmetric_factor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace pinchpoint::optim::interior {
namespace {

/// Rows × columns of A in [−H A'; A D], about `share` of its entries.
struct Augmented {
  Augmented(unsigned seed, Index columns, Index rows, double share) {
    std::mt19937 engine(seed);
    std::uniform_real_distribution<double> number(-2, 2), chance(0, 1);
    pattern.size = columns + rows;
    for (Index column = 0; column < columns; ++column) {
      diagonal.push_back(-0.01 - chance(engine));
      for (Index row = 0; row < rows; ++row) {
        if (chance(engine) > share) continue;
        pattern.first.push_back(column);
        pattern.second.push_back(columns + row);
        value.push_back(number(engine));
      }
    }
    for (Index row = 0; row < rows; ++row) diagonal.push_back(0.01 + chance(engine));
  }
  [[nodiscard]] std::vector<double> times(const std::vector<double>& x) const {
    std::vector<double> product(x.size());
    for (std::size_t at = 0; at < x.size(); ++at) product[at] = diagonal[at] * x[at];
    for (std::size_t pair = 0; pair < value.size(); ++pair) {
      product[pattern.first[pair]] += value[pair] * x[pattern.second[pair]];
      product[pattern.second[pair]] += value[pair] * x[pattern.first[pair]];
    }
    return product;
  }
  SymmetricPattern pattern;
  std::vector<double> value, diagonal;
};

TEST(EliminationOrder, names_each_place_once) {
  const Augmented matrix(1, 30, 20, 0.1);
  std::vector<Index> order = elimination_order(matrix.pattern);
  std::sort(order.begin(), order.end());
  std::vector<Index> all(order.size());
  std::iota(all.begin(), all.end(), 0);
  EXPECT_EQ(order.size(), 50U);
  EXPECT_EQ(order, all);
}

/// A star is eliminated from its tips: nothing is filled in.
TEST(EliminationOrder, a_dense_column_comes_last) {
  SymmetricPattern star{100, {}, {}};
  for (Index tip = 1; tip < 100; ++tip) {
    star.first.push_back(0);
    star.second.push_back(tip);
  }
  const auto factor = SymmetricFactor::make(star, std::vector<double>(99, 1.0), 1e9);
  ASSERT_TRUE(factor.has_value());
  EXPECT_EQ(factor->work(), 99);
}

TEST(SymmetricFactor, solves_what_it_factorised) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    Augmented matrix(seed, 25, 18, seed % 2 == 0 ? 0.08 : 0.4);
    auto factor = SymmetricFactor::make(matrix.pattern, matrix.value, 1e9);
    ASSERT_TRUE(factor.has_value());
    for (const double scale : {1.0, 30.0}) {
      for (double& entry : matrix.diagonal) entry *= scale;
      ASSERT_TRUE(factor->factorise(matrix.diagonal));
      std::vector<double> expected(matrix.diagonal.size());
      for (std::size_t at = 0; at < expected.size(); ++at) expected[at] = 0.1 * static_cast<double>(at) - 2;
      std::vector<double> found = matrix.times(expected);
      factor->solve(found);
      for (std::size_t at = 0; at < expected.size(); ++at) EXPECT_NEAR(found[at], expected[at], 1e-9);
    }
  }
}

TEST(SymmetricFactor, there_is_none_of_too_much_work_or_of_a_singular_matrix) {
  const Augmented matrix(3, 20, 20, 0.5);
  EXPECT_FALSE(SymmetricFactor::make(matrix.pattern, matrix.value, 10).has_value());
  auto factor = SymmetricFactor::make(SymmetricPattern{2, {0}, {1}}, {1}, 1e9);
  ASSERT_TRUE(factor.has_value());
  EXPECT_FALSE(factor->factorise({1, 1}));
  EXPECT_TRUE(factor->factorise({-1, 1}));
}

}  // namespace
}  // namespace pinchpoint::optim::interior
