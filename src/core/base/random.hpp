// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>

namespace pinchpoint {

/// 2^64 over the golden ratio: the step of SplitMix64.
inline constexpr std::uint64_t golden_step = 0x9e3779b97f4a7c15U;

/// The finalizer of SplitMix64: each bit of the result depends on each of the input, and 0 stays 0. G. Steele, D. Lea,
/// C. Flood, Fast splittable pseudorandom number generators, 2014 (constants: D. Stafford's variant 13).
constexpr std::uint64_t mixed_bits(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
  return bits ^ (bits >> 31);
}

/// The first 53 bits as a number in [0, 1).
constexpr double unit_interval(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1.0p-53; }

/// SplitMix64: the same numbers on every machine. For samples whose members are drawn one
/// after the other; where member k must not depend on those before it, see analysis/stress/sampling.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// In [0, 1).
  double draw() { return unit_interval(next()); }
  double between(double least, double greatest) { return least + (greatest - least) * draw(); }
  /// 0 ... count-1. requires: count ≥ 1
  template <std::integral Number>
  Number below(Number count) {
    return static_cast<Number>(next() % static_cast<std::uint64_t>(count));
  }

 private:
  std::uint64_t next() { return mixed_bits(state_ += golden_step); }
  std::uint64_t state_;
};

}  // namespace pinchpoint
