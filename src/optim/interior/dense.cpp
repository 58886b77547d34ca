// SPDX-License-Identifier: Apache-2.0
#include "optim/interior/dense.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace pinchpoint::optim::interior {

namespace {

// Inlined into a function for wider registers, code is compiled for these.
#define PINCHPOINT_INLINE [[gnu::always_inline]] inline

using Four = double __attribute__((vector_size(32)));
using Eight = double __attribute__((vector_size(64)));
template <class Pack>
constexpr int doubles_in = sizeof(Pack) / sizeof(double);

template <class Numbers>
PINCHPOINT_INLINE void load(const double* from, Numbers& to) {
  std::memcpy(&to, from, sizeof to);
}
template <class Numbers>
PINCHPOINT_INLINE void store(const Numbers& from, double* to) {
  std::memcpy(to, &from, sizeof from);
}

/// Rows [Packs × their doubles] × columns [Count] of the product, kept in registers.
template <class Pack, int Packs, int Count>
PINCHPOINT_INLINE void multiply_tile(const Block& block, Index row, const double* factors, double* product) {
  Pack sum[Packs][Count] = {};
  const double* from = block.at + row;
  for (Index at = 0; at < block.columns; ++at, from += block.step) {
    Pack numbers[Packs];
    for (int pack = 0; pack < Packs; ++pack) load(from + doubles_in<Pack> * pack, numbers[pack]);
    for (int column = 0; column < Count; ++column) {
      const double factor = factors[column * block.columns + at];
      for (int pack = 0; pack < Packs; ++pack) sum[pack][column] += numbers[pack] * factor;
    }
  }
  for (int column = 0; column < Count; ++column) {
    for (int pack = 0; pack < Packs; ++pack)
      store(sum[pack][column],
            product + static_cast<std::ptrdiff_t>(column) * block.rows + row + doubles_in<Pack> * pack);
  }
}

template <int Count>
PINCHPOINT_INLINE void multiply_row(const Block& block, Index row, const double* factors, double* product) {
  double sum[Count] = {};
  const double* from = block.at + row;
  for (Index at = 0; at < block.columns; ++at, from += block.step) {
    for (int column = 0; column < Count; ++column) sum[column] += *from * factors[column * block.columns + at];
  }
  for (int column = 0; column < Count; ++column)
    product[static_cast<std::ptrdiff_t>(column) * block.rows + row] = sum[column];
}

template <class Pack, int Packs, int Count>
PINCHPOINT_INLINE void multiply_columns(const Block& block, const double* factors, double* product) {
  constexpr Index height = doubles_in<Pack> * Packs;
  Index row = 0;
  for (; row + height <= block.rows; row += height) multiply_tile<Pack, Packs, Count>(block, row, factors, product);
  if constexpr (Packs > 1) {
    for (; row + doubles_in<Pack> <= block.rows; row += doubles_in<Pack>)
      multiply_tile<Pack, 1, Count>(block, row, factors, product);
  }
  for (; row + 4 <= block.rows; row += 4) multiply_tile<Four, 1, Count>(block, row, factors, product);
  for (; row < block.rows; ++row) multiply_row<Count>(block, row, factors, product);
}

template <class Pack, int Packs, int Most>
PINCHPOINT_INLINE void multiply_all(const Block& block, const double* factors, Index count, double* product) {
  Index column = 0;
  const auto skip = [&](Index columns) {
    column += columns;
    factors += static_cast<std::ptrdiff_t>(columns) * block.columns;
    product += static_cast<std::ptrdiff_t>(columns) * block.rows;
  };
  if constexpr (Most > 4) {
    for (; column + Most <= count; skip(Most)) multiply_columns<Pack, Packs, Most>(block, factors, product);
  }
  for (; column + 4 <= count; skip(4)) multiply_columns<Pack, Packs, 4>(block, factors, product);
  for (; column + 2 <= count; skip(2)) multiply_columns<Pack, Packs, 2>(block, factors, product);
  for (; column < count; skip(1)) multiply_columns<Pack, Packs, 1>(block, factors, product);
}

/// to := to + sign · (columns first … first + 3 of the block) · by
PINCHPOINT_INLINE void add_four_columns(const Block& block, Index first, const double* by, double* to) {
  const double* zeroth = block.at + static_cast<std::ptrdiff_t>(first) * block.step;
  const double* columns[4] = {zeroth, zeroth + block.step, zeroth + 2 * block.step, zeroth + 3 * block.step};
  Index row = 0;
  for (; row + 4 <= block.rows; row += 4) {
    Four sum;
    load(to + row, sum);
    for (int column = 0; column < 4; ++column) {
      Four numbers;
      load(columns[column] + row, numbers);
      sum += numbers * by[column];
    }
    store(sum, to + row);
  }
  for (; row < block.rows; ++row) {
    double sum = to[row];
    for (int column = 0; column < 4; ++column) sum += columns[column][row] * by[column];
    to[row] = sum;
  }
}

PINCHPOINT_INLINE void add_column(const Block& block, Index column, double by, double* to) {
  const double* numbers = block.at + static_cast<std::ptrdiff_t>(column) * block.step;
  for (Index row = 0; row < block.rows; ++row) to[row] += numbers[row] * by;
}

PINCHPOINT_INLINE void add_columns(const Block& block, const double* by, double* to) {
  Index column = 0;
  for (; column + 4 <= block.columns; column += 4) add_four_columns(block, column, by + column, to);
  for (; column < block.columns; ++column) add_column(block, column, by[column], to);
}

/// Sums of every fourth row, the four of them together, and what is left.
PINCHPOINT_INLINE double dot(const double* numbers, const double* by, Index rows) {
  Four sum = {};
  Index row = 0;
  for (; row + 4 <= rows; row += 4) {
    Four left, right;
    load(numbers + row, left);
    load(by + row, right);
    sum += left * right;
  }
  double all = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  for (; row < rows; ++row) all += numbers[row] * by[row];
  return all;
}

PINCHPOINT_INLINE void subtract_dots(const Block& block, const double* by, double* to) {
  for (Index column = 0; column < block.columns; ++column)
    to[column] -= dot(block.at + static_cast<std::ptrdiff_t>(column) * block.step, by, block.rows);
}

/// Factors with which columns before `column` are taken off it: −D L' there.
PINCHPOINT_INLINE void find_factors(const double* corner, Index step, Index column, double* by) {
  for (Index before = 0; before < column; ++before) {
    const double* left = corner + static_cast<std::ptrdiff_t>(before) * step;
    by[before] = -left[column] * left[before];
  }
}

PINCHPOINT_INLINE bool factorise_corner(double* corner, Index step, Index width) {
  double by[most_panel_width];
  for (Index column = 0; column < width; ++column) {
    double* numbers = corner + static_cast<std::ptrdiff_t>(column) * step;
    find_factors(corner, step, column, by);
    add_columns({corner + column, width - column, column, step}, by, numbers + column);
    const double pivot = numbers[column];
    if (pivot == 0 || !std::isfinite(pivot)) return false;
    for (Index row = column + 1; row < width; ++row) numbers[row] /= pivot;
  }
  return true;
}

PINCHPOINT_INLINE void divide_rows(const Block& block, double* numbers, const double* corner) {
  constexpr Index at_once = 64;  // so many rows stay in the first cache
  double by[most_panel_width];
  for (Index first = 0; first < block.rows; first += at_once) {
    const Index rows = std::min(at_once, block.rows - first);
    for (Index column = 0; column < block.columns; ++column) {
      const std::ptrdiff_t skipped = static_cast<std::ptrdiff_t>(column) * block.step;
      double* to = numbers + skipped + first;
      find_factors(corner, block.step, column, by);
      add_columns({numbers + first, rows, column, block.step}, by, to);
      const double pivot = corner[skipped + column];
      for (Index row = 0; row < rows; ++row) to[row] /= pivot;
    }
  }
}

void multiply(const Block& block, const double* factors, Index count, double* product) {
  multiply_all<Four, 1, 4>(block, factors, count, product);
}
void apply(const Block& block, const double* by, double* to) {
  std::fill(to, to + block.rows, 0.0);
  add_columns(block, by, to);
}
void subtract_transposed(const Block& block, const double* by, double* to) { subtract_dots(block, by, to); }
bool factorise(double* corner, Index step, Index width) { return factorise_corner(corner, step, width); }
void divide(const Block& block, double* numbers, const double* corner) { divide_rows(block, numbers, corner); }

constexpr DenseLoops plain_loops{multiply, apply, subtract_transposed, factorise, divide};

#if defined(__x86_64__)
[[gnu::target("avx2")]] void wide_multiply(const Block& block, const double* factors, Index count, double* product) {
  multiply_all<Four, 2, 4>(block, factors, count, product);
}
[[gnu::target("avx2")]] void wide_apply(const Block& block, const double* by, double* to) {
  std::fill(to, to + block.rows, 0.0);
  add_columns(block, by, to);
}
[[gnu::target("avx2")]] void wide_subtract_transposed(const Block& block, const double* by, double* to) {
  subtract_dots(block, by, to);
}
[[gnu::target("avx2")]] bool wide_factorise(double* corner, Index step, Index width) {
  return factorise_corner(corner, step, width);
}
[[gnu::target("avx2")]] void wide_divide(const Block& block, double* numbers, const double* corner) {
  divide_rows(block, numbers, corner);
}

[[gnu::target("avx512f,prefer-vector-width=512")]] void widest_multiply(const Block& block, const double* factors,
                                                                        Index count, double* product) {
  multiply_all<Eight, 2, 8>(block, factors, count, product);
}

constexpr DenseLoops widest_loops{widest_multiply, wide_apply, wide_subtract_transposed, wide_factorise, wide_divide};
constexpr DenseLoops wide_loops{wide_multiply, wide_apply, wide_subtract_transposed, wide_factorise, wide_divide};
#endif

}  // namespace

const DenseLoops& DenseLoops::plain() { return plain_loops; }

const DenseLoops& DenseLoops::fastest() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx2")) return widest_loops;
  if (__builtin_cpu_supports("avx2")) return wide_loops;
#endif
  return plain_loops;
}

}  // namespace pinchpoint::optim::interior
