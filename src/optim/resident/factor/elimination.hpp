// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "optim/resident/factor/triangle.hpp"

namespace pinchpoint::optim::resident {

/// A square matrix, eliminated: with rows and columns in the order of the pivots, matrix = L U.
struct Elimination {
  std::vector<Index> pivot_row, pivot_column;  ///< by step; shorter than the matrix where it is singular
  std::vector<double> pivot;
  std::vector<Triplet> lower;  ///< multipliers off the diagonal: major = step, minor = row
  std::vector<Triplet> upper;  ///< off the diagonal: major = step, minor = column
};

/// Pivots by Markowitz's rule (least (row count − 1)(column count − 1) among a few short rows and columns), where they
/// are not much smaller than the largest of their row, and none below `smallest_pivot`. Singletons come first by that
/// rule and fill nothing.
///
/// shape  `entries` has major = column, minor = row, at most one for each place
[[nodiscard]] Elimination eliminate(Index size, std::span<const Triplet> entries, double smallest_pivot = 1e-10);

}  // namespace pinchpoint::optim::resident
