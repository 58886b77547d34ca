// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/resident/factor/elimination.hpp"

namespace pinchpoint::optim::resident {

/// What is left of a square matrix when rows and columns with one entry are pivots, as long as there are any: most of a
/// basis goes that way, and nothing is filled in.
struct Peeled {
  Elimination done;                ///< so far; its columns and rows by their numbers in the whole matrix
  std::vector<Index> row, column;  ///< of the whole matrix, by their numbers in the rest
  std::vector<Triplet> rest;       ///< major = column, minor = row, numbered within the rest
};

/// Pivots smaller than `smallest_pivot` are left alone; entries smaller than `smallest_entry` count as none.
///
/// shape  `entries` has major = column, minor = row, at most one for each place
[[nodiscard]] Peeled peel_singletons(Index size, std::span<const Triplet> entries, double smallest_pivot,
                                     double smallest_entry);

}  // namespace pinchpoint::optim::resident
