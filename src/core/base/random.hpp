// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>

namespace pinchpoint {

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers on every machine. For samples whose members are drawn one
/// after the other; where member k must not depend on those before it, see analysis/stress/sampling.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// In [0, 1).
  double draw() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  double between(double least, double greatest) { return least + (greatest - least) * draw(); }
  /// 0 ... count-1. requires: count ≥ 1
  template <std::integral Number>
  Number below(Number count) {
    return static_cast<Number>(next() % static_cast<std::uint64_t>(count));
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

}  // namespace pinchpoint
