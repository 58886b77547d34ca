// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/sampling/uniform.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <initializer_list>

#include "core/base/ensure.hpp"
#include "core/base/random.hpp"

namespace pinchpoint::stress {

namespace {

constexpr std::uint32_t low_word(std::uint64_t number) { return static_cast<std::uint32_t>(number); }
constexpr std::uint32_t high_word(std::uint64_t number) { return static_cast<std::uint32_t>(number >> 32); }

/// Draws of one seed and stream for a purpose of their own.
constexpr std::uint64_t keyed(std::uint64_t seed, std::uint64_t stream, std::uint64_t purpose) {
  return mixed_bits(mixed_bits(mixed_bits(seed + golden_step) ^ stream) + golden_step * purpose);
}

constexpr int bits = 32;
using Directions = std::array<std::uint32_t, bits>;

/// Direction numbers of a dimension, as bits of fractions, from its first ones.
Directions directions_of(std::uint32_t polynomial, std::initializer_list<std::uint32_t> first) {
  const int degree = std::bit_width(polynomial) - 1;
  Directions numbers{};
  int at = 0;
  for (const std::uint32_t number : first) {
    numbers[static_cast<std::size_t>(at)] = number << (bits - 1 - at);
    ++at;
  }
  for (; at < bits; ++at) {
    const auto before = [&](int back) { return numbers[static_cast<std::size_t>(at - back)]; };
    std::uint32_t number = before(degree) ^ (before(degree) >> degree);
    for (int power = 1; power < degree; ++power) {
      if (((polynomial >> (degree - power)) & 1U) != 0) number ^= before(power);
    }
    numbers[static_cast<std::size_t>(at)] = number;
  }
  return numbers;
}

const std::array<Directions, sobol_dimensions>& all_directions() {
  static const std::array<Directions, sobol_dimensions> all = [] {
    std::array<Directions, sobol_dimensions> made{};
    for (int bit = 0; bit < bits; ++bit) made[0][static_cast<std::size_t>(bit)] = std::uint32_t{1} << (bits - 1 - bit);
    std::size_t dimension = 1;
#define PINCHPOINT_SOBOL(polynomial, ...) made.at(dimension++) = directions_of(polynomial, {__VA_ARGS__});
#include "analysis/stress/sampling/sobol_directions.def"
#undef PINCHPOINT_SOBOL
    ensure(dimension == sobol_dimensions, "a table of Sobol numbers of another length");
    return made;
  }();
  return all;
}

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  constexpr int rounds = 10;
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t first = std::uint64_t{0xD2511F53U} * counter[0];
    const std::uint64_t second = std::uint64_t{0xCD9E8D57U} * counter[2];
    counter = {high_word(second) ^ counter[1] ^ key[0], low_word(second), high_word(first) ^ counter[3] ^ key[1],
               low_word(first)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) {
  const auto words = philox({low_word(index), high_word(index), low_word(stream), high_word(stream)},
                            {low_word(seed), high_word(seed)});
  // 52 bits and a half: neither 0 nor, after rounding, 1.
  const std::uint64_t number = ((std::uint64_t{words[0]} << 32) | words[1]) >> 12;
  return std::ldexp(static_cast<double>(number) + 0.5, -52);
}

std::uint32_t sobol(std::uint32_t index, std::size_t dimension) {
  const Directions& numbers = all_directions().at(dimension);
  std::uint32_t point = 0;
  for (std::size_t bit = 0; index != 0; index >>= 1, ++bit) {
    if ((index & 1U) != 0) point ^= numbers[bit];
  }
  return point;
}

double scrambled_sobol(std::uint64_t seed, std::uint64_t stream, std::uint32_t index, std::size_t dimension) {
  const std::uint32_t point = sobol(index, dimension);
  const std::uint64_t key = keyed(seed, stream, 1);
  std::uint32_t scrambled = 0;
  for (int bit = 0; bit < bits; ++bit) {
    // The node of the binary tree that the bits above lead to: a leading one tells its depth.
    const std::uint64_t node = (std::uint64_t{1} << bit) | (bit == 0 ? 0 : std::uint64_t{point} >> (bits - bit));
    const auto flip = static_cast<std::uint32_t>(mixed_bits(key ^ mixed_bits(node + golden_step)) >> 63);
    scrambled |= (((point >> (bits - 1 - bit)) & 1U) ^ flip) << (bits - 1 - bit);
  }
  return std::ldexp(static_cast<double>(scrambled) + 0.5, -bits);
}

std::uint64_t permuted(std::uint64_t seed, std::uint64_t stream, std::uint64_t index, std::uint64_t count) {
  ensure(index < count, "a place outside the order");
  if (count == 1) return 0;
  constexpr int rounds = 8;
  const std::uint64_t key = keyed(seed, stream, 2);
  const int half = (std::bit_width(count - 1) + 1) / 2;
  const std::uint64_t mask = (std::uint64_t{1} << half) - 1;
  do {
    std::uint64_t left = index >> half;
    std::uint64_t right = index & mask;
    for (std::uint64_t round = 0; round < rounds; ++round) {
      const std::uint64_t next = left ^ (mixed_bits(key ^ mixed_bits((round << 56) + right + golden_step)) & mask);
      left = right;
      right = next;
    }
    index = (left << half) | right;
  } while (index >= count);
  return index;
}

double stratified(std::uint64_t seed, std::uint64_t stream, std::uint64_t index, std::uint64_t count) {
  const auto stratum = static_cast<double>(permuted(seed, stream, index, count));
  const double place = (stratum + uniform(seed, stream, index)) / static_cast<double>(count);
  return std::min(place, std::nextafter(1.0, 0.0));  // the sum may have been rounded up
}

}  // namespace pinchpoint::stress
