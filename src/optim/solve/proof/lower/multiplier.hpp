// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::optim {

/// A row's multiplier: some number in main + rest. With a single small rest it is a double of twice the digits; with
/// an interval it is known no better than that.
struct Multiplier {
  double main = 0;
  Interval rest;

  [[nodiscard]] bool is_double() const { return rest.lower == 0 && rest.upper == 0; }
  /// Adds to a multiplier of twice the digits of a double, to as many digits.
  void add(double correction) {
    const double small = rest.lower + correction;
    const double sum = main + small;
    const double left = sum_error(main, small, sum);
    *this = {sum, {left, left}};
  }
  /// Encloses it by doubles.
  [[nodiscard]] Interval enclosure() const { return {add_down(main, rest.lower), add_up(main, rest.upper)}; }
};
using Multipliers = std::vector<Multiplier>;

[[nodiscard]] inline Multipliers to_multipliers(const std::vector<double>& numbers) {
  Multipliers multipliers;
  multipliers.reserve(numbers.size());
  for (const double number : numbers) multipliers.push_back({number, {}});
  return multipliers;
}

[[nodiscard]] inline Multipliers to_multipliers(const std::vector<Interval>& intervals) {
  Multipliers multipliers;
  multipliers.reserve(intervals.size());
  for (const Interval& interval : intervals) {
    multipliers.push_back({interval.lower, {0, add_up(interval.upper, -interval.lower)}});
  }
  return multipliers;
}

[[nodiscard]] inline std::vector<double> mains(const Multipliers& multipliers) {
  std::vector<double> numbers;
  numbers.reserve(multipliers.size());
  for (const Multiplier& multiplier : multipliers) numbers.push_back(multiplier.main);
  return numbers;
}

}  // namespace pinchpoint::optim
