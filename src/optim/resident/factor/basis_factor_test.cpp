// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/factor/basis_factor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

namespace pinchpoint::optim::resident {
namespace {

using Columns = std::vector<std::map<Index, double>>;  // by place: row, value

std::vector<Triplet> triplets(const Columns& columns) {
  std::vector<Triplet> all;
  for (std::size_t place = 0; place < columns.size(); ++place) {
    for (const auto& [row, value] : columns[place]) all.push_back({static_cast<Index>(place), row, value});
  }
  return all;
}

class Draw {
 public:
  explicit Draw(unsigned seed) : engine_(seed) {}
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(engine_); }
  double value() {
    const double size = std::uniform_real_distribution<double>(0.2, 2)(engine_);
    return below(2) == 0 ? size : -size;
  }
  std::vector<Index> permutation(Index size) {
    std::vector<Index> order(static_cast<std::size_t>(size));
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), engine_);
    return order;
  }

 private:
  std::mt19937 engine_;
};

/// A permuted diagonal of dominating entries, and `extra` others a column.
Columns random_matrix(Index size, int extra, Draw& draw) {
  Columns columns(static_cast<std::size_t>(size));
  const auto order = draw.permutation(size);
  for (Index place = 0; place < size; ++place) {
    columns[place][order[place]] = 3 * (1 + extra) * draw.value();
    for (int at = 0; at < extra; ++at) columns[place].try_emplace(draw.below(size), draw.value());
  }
  return columns;
}

Columns permuted_triangle(Index size, Draw& draw) {
  Columns columns(static_cast<std::size_t>(size));
  const auto rows = draw.permutation(size);
  const auto places = draw.permutation(size);
  for (Index step = 0; step < size; ++step) {
    columns[places[step]][rows[step]] = draw.value();
    for (int at = 0; at < 2 && step > 0; ++at) columns[places[step]].try_emplace(rows[draw.below(step)], draw.value());
  }
  return columns;
}

struct Space {
  explicit Space(Index size) : steps(size) {}
  SparseVector steps;
  SearchSpace search;
};

/// Largest entry of  right − B x.
double residual(const Columns& columns, const SparseVector& x, std::vector<double> right) {
  for (std::size_t place = 0; place < columns.size(); ++place) {
    for (const auto& [row, value] : columns[place]) right[row] -= value * x.value[place];
  }
  double largest = 0;
  for (const double entry : right) largest = std::max(largest, std::abs(entry));
  return largest;
}

/// Largest entry of  right − B'y.
double transposed_residual(const Columns& columns, const SparseVector& y, std::vector<double> right) {
  double largest = 0;
  for (std::size_t place = 0; place < columns.size(); ++place) {
    for (const auto& [row, value] : columns[place]) right[place] -= value * y.value[row];
    largest = std::max(largest, std::abs(right[place]));
  }
  return largest;
}

/// A right-hand side of `count` entries.
SparseVector random_side(Index size, int count, Draw& draw) {
  SparseVector side(size);
  for (int at = 0; at < count; ++at) side.add(draw.below(size), draw.value());
  return side;
}

void expect_solves(const Columns& columns, const LuFactor& factor, ProductForm& updates, Draw& draw) {
  const auto size = static_cast<Index>(columns.size());
  Space space(size);
  for (const int count : {1, 3, size}) {
    SparseVector side = random_side(size, count, draw);
    std::vector<double> right = side.value;
    factor.solve(side, space.steps, space.search);
    updates.apply(side);
    EXPECT_LT(residual(columns, side, right), 1e-10);
    side = random_side(size, count, draw);
    right = side.value;
    updates.apply_transposed(side);
    factor.solve_transposed(side, space.steps, space.search);
    EXPECT_LT(transposed_residual(columns, side, right), 1e-10);
    EXPECT_TRUE(space.steps.index.empty());
  }
}

TEST(BasisFactor, random_sparse_matrices_are_solved_both_ways) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    Draw draw(seed);
    const auto columns = random_matrix(1 + draw.below(120), draw.below(6), draw);
    const auto factor = LuFactor::make(static_cast<Index>(columns.size()), triplets(columns));
    ASSERT_TRUE(factor.has_value()) << seed;
    ProductForm none(static_cast<Index>(columns.size()));
    expect_solves(columns, *factor, none, draw);
  }
}

TEST(BasisFactor, a_permuted_triangle_is_factored_without_a_new_entry) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    Draw draw(seed);
    const auto columns = permuted_triangle(150, draw);
    const auto entries = triplets(columns);
    const auto factor = LuFactor::make(150, entries);
    ASSERT_TRUE(factor.has_value());
    EXPECT_EQ(factor->entry_count(), entries.size() - 150);
    SparseVector side(150);
    side.add(7, 1);
    Space space(150);
    factor->solve(side, space.steps, space.search);
    std::vector<double> right(150, 0.0);
    right[7] = 1;
    const double scale = *std::max_element(side.value.begin(), side.value.end(),
                                           [](double one, double other) { return std::abs(one) < std::abs(other); });
    EXPECT_LT(residual(columns, side, right), 1e-13 * std::max(1.0, std::abs(scale)));
  }
}

TEST(BasisFactor, a_row_that_lost_its_largest_entry_is_compared_with_what_it_has) {
  // The first pivot leaves row 1 with one entry, in the column where rows 2 and 3 have their thousands.
  const Columns columns = {
      {{0, 1}, {1, 1}}, {{0, 1}, {1, 1}, {2, 1}, {3, -1}}, {{2, 1}, {3, 1}}, {{1, 1}, {2, 1000}, {3, 1000}}};
  const auto factor = LuFactor::make(4, triplets(columns));
  ASSERT_TRUE(factor.has_value());
  ProductForm none(4);
  Draw draw(1);
  expect_solves(columns, *factor, none, draw);
}

TEST(BasisFactor, singular_matrices_are_refused) {
  EXPECT_FALSE(LuFactor::make(2, std::vector<Triplet>{{0, 0, 1.0}, {1, 0, 2.0}}));
  EXPECT_FALSE(LuFactor::make(2, std::vector<Triplet>{{0, 0, 1.0}, {0, 1, 1.0}, {1, 0, 2.0}, {1, 1, 2.0}}));
  EXPECT_FALSE(LuFactor::make(1, std::vector<Triplet>{}));
  for (unsigned seed = 0; seed < 20; ++seed) {
    Draw draw(seed);
    Columns columns = random_matrix(40, 3, draw);
    for (const auto& [row, value] : columns[3]) columns[17][row] = -2 * value;
    std::erase_if(columns[17], [&](const auto& entry) { return !columns[3].contains(entry.first); });
    EXPECT_FALSE(LuFactor::make(40, triplets(columns))) << seed;
  }
}

TEST(BasisFactor, exchanged_columns_are_solved_for_and_dropped_exactly) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    Draw draw(seed);
    const Index size = 20 + draw.below(60);
    const Columns first = random_matrix(size, 3, draw);
    const auto factor = LuFactor::make(size, triplets(first));
    ASSERT_TRUE(factor.has_value());
    Space space(size);
    const SparseVector side = random_side(size, 2, draw);
    SparseVector before = side;
    factor->solve(before, space.steps, space.search);

    Columns columns = first;
    ProductForm updates(size);
    for (int exchange = 0; exchange < 60; ++exchange) {
      const Index place = draw.below(size);
      SparseVector column = random_side(size, 4, draw);
      column.add(columns[place].begin()->first, 12);
      const std::vector<double> entries = column.value;
      factor->solve(column, space.steps, space.search);
      updates.apply(column);
      if (std::abs(column.value[place]) < 0.1) continue;
      updates.append(place, column);
      columns[place].clear();
      for (Index row = 0; row < size; ++row) {
        if (entries[row] != 0) columns[place][row] = entries[row];
      }
    }
    ASSERT_GT(updates.count(), 5U);
    expect_solves(columns, *factor, updates, draw);
    ProductForm restored(size);
    restored.restore(updates.exchanges());
    expect_solves(columns, *factor, restored, draw);

    updates.clear();
    SparseVector after = side;
    factor->solve(after, space.steps, space.search);
    updates.apply(after);
    EXPECT_EQ(before.value, after.value);
  }
}

}  // namespace
}  // namespace pinchpoint::optim::resident
