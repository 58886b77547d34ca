// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/symmetric_factor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>
#include <utility>

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

/// Places in a row of blocks, each dense and coupled with the next and with a few that all share.
Augmented chain_of_blocks(unsigned seed, Index blocks, Index size) {
  Augmented made(seed, 0, 0, 0);
  std::mt19937 engine(seed);
  std::uniform_real_distribution<double> number(-1, 1);
  constexpr Index shared = 5;
  const Index all = blocks * size + shared;
  made.pattern.size = all;
  for (Index at = 0; at < all; ++at) made.diagonal.push_back(at % 2 == 0 ? 40.0 + at % 7 : -30.0 - at % 5);
  const auto couple = [&](Index one, Index other) {
    made.pattern.first.push_back(one);
    made.pattern.second.push_back(other);
    made.value.push_back(number(engine));
  };
  for (Index at = 0; at < blocks * size; ++at) {
    const Index end = (at / size + 1) * size;
    for (Index other = at + 1; other < end; ++other) couple(at, other);
    if (end < blocks * size && at % 3 == 0) couple(at, end + at % size);
    if (at % 4 == 0) couple(at, blocks * size + at % shared);
  }
  return made;
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

TEST(PanelFactor, solves_what_it_factorised_alike_on_any_number_of_threads) {
  for (const auto& [blocks, size] : {std::pair<Index, Index>{40, 3}, {30, 20}, {6, 110}, {1, 200}}) {
    Augmented matrix = chain_of_blocks(7, blocks, size);
    const auto elimination = Elimination::make(matrix.pattern, matrix.value, 1e12);
    ASSERT_TRUE(elimination.has_value());
    std::vector<std::vector<double>> solutions;
    for (const int threads : {1, 2, 5, 0}) {
      PanelFactor factor(*elimination, threads);
      for (const double scale : {1.0, 3.0}) {
        std::vector<double> diagonal = matrix.diagonal;
        for (double& entry : diagonal) entry *= scale;
        ASSERT_TRUE(factor.factorise(diagonal));
      }
      ASSERT_TRUE(factor.factorise(matrix.diagonal)) << "again";
      std::vector<double> expected(matrix.diagonal.size());
      for (std::size_t at = 0; at < expected.size(); ++at) expected[at] = 0.1 * static_cast<double>(at % 50) - 2;
      std::vector<double> found = matrix.times(expected);
      factor.solve(found);
      for (std::size_t at = 0; at < expected.size(); ++at) ASSERT_NEAR(found[at], expected[at], 1e-9);
      solutions.push_back(std::move(found));
    }
    EXPECT_EQ(solutions[0], solutions[1]);
    EXPECT_EQ(solutions[0], solutions[2]);
    EXPECT_EQ(solutions[0], solutions[3]) << "none is one";
  }
}

TEST(PanelFactor, there_is_none_of_a_singular_matrix_on_any_number_of_threads) {
  Augmented matrix = chain_of_blocks(8, 6, 60);
  const auto elimination = Elimination::make(matrix.pattern, matrix.value, 1e12);
  ASSERT_TRUE(elimination.has_value());
  for (const int threads : {1, 4}) {
    PanelFactor factor(*elimination, threads);
    for (const std::size_t place : {std::size_t{0}, matrix.diagonal.size() - 1}) {
      std::vector<double> diagonal = matrix.diagonal;
      diagonal[place] = std::numeric_limits<double>::quiet_NaN();
      EXPECT_FALSE(factor.factorise(diagonal));
    }
    EXPECT_TRUE(factor.factorise(matrix.diagonal)) << "afterwards";
  }
}

TEST(SymmetricFactor, takes_panels_where_a_factor_has_much_work) {
  Augmented matrix = chain_of_blocks(9, 4, 150);
  auto factor = SymmetricFactor::make(matrix.pattern, matrix.value, 1e12, 2);
  ASSERT_TRUE(factor.has_value());
  EXPECT_TRUE(factor->has_panels());
  ASSERT_TRUE(factor->factorise(matrix.diagonal));
  std::vector<double> found = matrix.times(std::vector<double>(matrix.diagonal.size(), 1.5));
  factor->solve(found);
  for (const double value : found) EXPECT_NEAR(value, 1.5, 1e-9);
}

/// What a processor with wider registers reckons is the same to the last bit.
TEST(DenseLoops, are_the_same_on_every_processor) {
  std::mt19937 engine(4);
  std::uniform_real_distribution<double> number(-2, 2);
  const auto numbers = [&](Index count) {
    std::vector<double> made(static_cast<std::size_t>(count));
    for (double& each : made) each = number(engine);
    return made;
  };
  const DenseLoops& plain = DenseLoops::plain();
  const DenseLoops& fastest = DenseLoops::fastest();
  for (const Index rows : {1, 3, 4, 11, 16, 37, 100}) {
    for (const Index columns : {1, 2, 5, 16, 48}) {
      const Index step = rows + columns + 3;
      std::vector<double> one = numbers(step * columns);
      for (Index at = 0; at < columns; ++at) one[at * (step + 1)] += 60;
      std::vector<double> other = one;
      ASSERT_TRUE(plain.factorise(one.data(), step, columns) && fastest.factorise(other.data(), step, columns));
      plain.divide({one.data() + columns, rows, columns, step}, one.data() + columns, one.data());
      fastest.divide({other.data() + columns, rows, columns, step}, other.data() + columns, other.data());
      EXPECT_EQ(one, other);
      const Block block{one.data() + columns, rows, columns, step};
      for (const Index count : {1, 2, 4, 7, 8, 21}) {
        const std::vector<double> factors = numbers(count * columns);
        std::vector<double> product(static_cast<std::size_t>(rows * count), 9), again = product;
        plain.multiply(block, factors.data(), count, product.data());
        fastest.multiply(block, factors.data(), count, again.data());
        EXPECT_EQ(product, again);
        double sum = 0;
        for (Index at = 0; at < columns; ++at) sum += block.at[at * step] * factors[(count - 1) * columns + at];
        EXPECT_NEAR(product[(count - 1) * rows], sum, 1e-12) << "first row, last column";
      }
      const std::vector<double> by = numbers(std::max(rows, columns));
      std::vector<double> to(by), to_again(by);
      plain.apply(block, by.data(), to.data());
      fastest.apply(block, by.data(), to_again.data());
      EXPECT_EQ(to, to_again);
      plain.subtract_transposed(block, by.data(), to.data());
      fastest.subtract_transposed(block, by.data(), to_again.data());
      EXPECT_EQ(to, to_again);
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
