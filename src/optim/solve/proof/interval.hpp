// SPDX-License-Identifier: Apache-2.0
// Numbers with proved bounds. Sums are error-free transformations (Knuth's two-sum, fused two-product), so their
// enclosure is about 1e-32 of the largest term wide; a __float128 would be as good and ten times slower.
// Holds for IEEE doubles rounded to nearest; contraction of a*b+c must be off (CMakeLists.txt sees to it).
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#ifdef __FAST_MATH__
#error "interval.hpp proves nothing under -ffast-math"
#endif

namespace pinchpoint::optim {

/// All reals between `lower` and `upper`; ends may be infinite.
struct Interval {
  double lower = 0;
  double upper = 0;
};

[[nodiscard]] inline double next_down(double number) {
  return std::nextafter(number, -std::numeric_limits<double>::infinity());
}
[[nodiscard]] inline double next_up(double number) {
  return std::nextafter(number, std::numeric_limits<double>::infinity());
}

/// Rounding error of `sum` = a + b, exactly.
[[nodiscard]] inline double sum_error(double a, double b, double sum) {
  const double b_part = sum - a;
  return (a - (sum - b_part)) + (b - b_part);
}

/// Largest double ≤ a + b. An infinite argument gives an infinite result.
[[nodiscard]] inline double add_down(double a, double b) {
  const double sum = a + b;
  if (!std::isfinite(sum)) return std::isfinite(a) && std::isfinite(b) ? next_down(sum) : sum;
  return sum_error(a, b, sum) < 0 ? next_down(sum) : sum;
}
[[nodiscard]] inline double add_up(double a, double b) { return -add_down(-a, -b); }

/// Products smaller than this may lose digits below the least double.
inline constexpr double least_exact_product = 1e-270;

/// A double ≤ a · b, finite arguments.
[[nodiscard]] inline double multiply_down(double a, double b) {
  const double product = a * b;
  if (a == 0 || b == 0) return 0;
  if (!std::isfinite(product) || std::abs(product) < least_exact_product) return next_down(product);
  return std::fma(a, b, -product) < 0 ? next_down(product) : product;
}
[[nodiscard]] inline double multiply_up(double a, double b) { return -multiply_down(-a, b); }

/// A double ≤ a / b, b ≠ 0, finite arguments.
[[nodiscard]] inline double divide_down(double a, double b) { return a == 0 ? 0 : next_down(a / b); }
[[nodiscard]] inline double divide_up(double a, double b) { return a == 0 ? 0 : next_up(a / b); }

/// Least value of d · x for d in `factor` and x in [lower, upper], rounded down; -infinity if there is none.
[[nodiscard]] inline double least_product(Interval factor, double lower, double upper) {
  constexpr double none = -std::numeric_limits<double>::infinity();
  const bool rises_for_ever = !(upper < std::numeric_limits<double>::infinity());
  const bool falls_for_ever = !(lower > none);
  if ((rises_for_ever && !(factor.lower >= 0)) || (falls_for_ever && !(factor.upper <= 0))) return none;
  if (rises_for_ever && falls_for_ever) return 0;
  const double at_lower = falls_for_ever
                              ? std::numeric_limits<double>::infinity()
                              : std::min(multiply_down(factor.lower, lower), multiply_down(factor.upper, lower));
  const double at_upper = rises_for_ever
                              ? std::numeric_limits<double>::infinity()
                              : std::min(multiply_down(factor.lower, upper), multiply_down(factor.upper, upper));
  return std::min(at_lower, at_upper);
}

/// A sum kept as high + low with a bound on what both miss.
class ExactSum {
 public:
  void add(double term) {
    const double sum = high_ + term;
    add_low(sum_error(high_, term, sum));
    high_ = sum;
  }
  void add_product(double a, double b) {
    const double product = a * b;
    add(product);
    if (std::abs(product) < least_exact_product && a != 0 && b != 0)
      underflow_ += least_exact_product;
    else
      add_low(std::fma(a, b, -product));
  }
  [[nodiscard]] double value() const { return high_ + low_; }

  /// Encloses the exact sum; a single point if the sum is a double and nothing was lost on the way.
  [[nodiscard]] Interval enclosure() const {
    if (!std::isfinite(high_) || !std::isfinite(low_)) {
      return {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    }
    // Every addition to low_ errs by at most half an epsilon of its result; twice that covers the sum of sizes.
    const double missed = std::numeric_limits<double>::epsilon() * low_sizes_ + underflow_;
    const double sum = high_ + low_;
    const double rest = sum_error(high_, low_, sum);
    return {add_down(sum, add_down(rest, -missed)), add_up(sum, add_up(rest, missed))};
  }

 private:
  void add_low(double error) {
    if (error == 0) return;
    const double sum = low_ + error;
    if (sum_error(low_, error, sum) != 0) low_sizes_ += std::abs(sum);
    low_ = sum;
  }
  double high_ = 0;
  double low_ = 0;
  double low_sizes_ = 0;
  double underflow_ = 0;
};

/// Adds factor · x for x in an interval to separate sums of the least and the greatest value.
struct IntervalSum {
  ExactSum least, greatest;
  void add(double term) {
    least.add(term);
    greatest.add(term);
  }
  void add_product(double factor, Interval x) {
    least.add_product(factor, factor > 0 ? x.lower : x.upper);
    greatest.add_product(factor, factor > 0 ? x.upper : x.lower);
  }
  [[nodiscard]] Interval enclosure() const { return {least.enclosure().lower, greatest.enclosure().upper}; }
};

}  // namespace pinchpoint::optim
