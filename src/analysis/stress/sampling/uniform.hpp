// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace pinchpoint::stress {

/// Philox4x32-10: four random words of a counter under a key. J. Salmon, M. Moraes, R. Dror, D. Shaw, Parallel random
/// numbers: as easy as 1, 2, 3, SC 2011.
[[nodiscard]] std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                                  std::array<std::uint32_t, 2> key);

/// A number in (0, 1), of 52 bits, of draw `index` of a stream under a seed.
[[nodiscard]] double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t index);

/// Dimensions that sobol() has.
inline constexpr std::size_t sobol_dimensions = 256;
/// Coordinate of a point of the Sobol sequence, as 32 bits of a fraction. requires: dimension < sobol_dimensions
[[nodiscard]] std::uint32_t sobol(std::uint32_t index, std::size_t dimension);
/// The same in (0, 1), Owen-scrambled: every bit is flipped or not by chance, decided by the bits above it.
/// A. Owen, Randomly permuted (t,m,s)-nets and (t,s)-sequences, 1995. Any 2^m points are still one to each interval of
/// length 2^-m.
[[nodiscard]] double scrambled_sobol(std::uint64_t seed, std::uint64_t stream, std::uint32_t index,
                                     std::size_t dimension);

/// Where 0 ≤ index < count goes in a random order of 0 … count - 1: a Feistel network walked until it is inside.
[[nodiscard]] std::uint64_t permuted(std::uint64_t seed, std::uint64_t stream, std::uint64_t index,
                                     std::uint64_t count);
/// A Latin hypercube's coordinate in (0, 1): of `count` draws, one lies in each interval of length 1/count.
[[nodiscard]] double stratified(std::uint64_t seed, std::uint64_t stream, std::uint64_t index, std::uint64_t count);

}  // namespace pinchpoint::stress
