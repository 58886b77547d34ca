// SPDX-License-Identifier: Apache-2.0
// Bounds in doubles from which every possible rounding error is deducted. Compile with -ffp-contract=off.
#pragma once

#include <algorithm>
#include <cmath>

#include "optim/model/model.hpp"
#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::optim {

inline constexpr double unit_roundoff = 0x1p-53;

/// Sum in doubles with the sum of sizes, from which the largest possible rounding error follows.
struct SafeSum {
  double value = 0;
  double sizes = 0;
  std::size_t count = 0;
  void add(double term) {
    value += term;
    sizes += std::abs(term);
    ++count;
  }
  void add(const SafeSum& other) {
    value += other.value;
    sizes += other.sizes;
    count += other.count;
  }
  /// Most that `value` misses: n-1 additions and one product a term err by at most (n+1)·u·Σ|terms|, doubled for
  /// second-order terms.
  [[nodiscard]] double error() const { return 2.0 * static_cast<double>(count + 2) * unit_roundoff * sizes; }
  /// A number the exact sum is not below.
  [[nodiscard]] double safe() const { return next_down(value - error()); }
};

/// Least value of d·x over two finite intervals in doubles: at a corner. Without branches, for loops.
[[nodiscard]] inline double least_finite_term(double lowest, double highest, double lower, double upper) {
  return std::min(std::min(lowest * lower, highest * lower), std::min(lowest * upper, highest * upper));
}

/// Least value of d·x over two intervals in doubles; -∞ if there is none. 0·∞ counts as 0.
[[nodiscard]] inline double least_term(double lowest, double highest, double lower, double upper) {
  if (lowest >= 0 && std::isfinite(lower)) return std::min(lowest * lower, highest * lower);
  if (highest <= 0 && std::isfinite(upper)) return std::min(lowest * upper, highest * upper);
  if (lowest == 0 && highest == 0) return 0;
  if (!std::isfinite(lower) || !std::isfinite(upper)) return -infinity;
  return least_finite_term(lowest, highest, lower, upper);
}

/// A dual of the wrong sign for a one-sided row counts as 0.
[[nodiscard]] inline double allowed_dual(double dual, double lower, double upper) {
  if (!std::isfinite(dual) || (dual > 0 && lower == -infinity) || (dual < 0 && upper == infinity)) return 0;
  return dual;
}

}  // namespace pinchpoint::optim
