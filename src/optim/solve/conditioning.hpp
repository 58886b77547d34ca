// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/model/model.hpp"
#include "optim/solve/scaling.hpp"

namespace pinchpoint::optim {

/// An entry of the matrix, as it was given and as the solver gets it.
struct MatrixEntry {
  RowId row;
  ColumnId column;
  double given = 0, scaled = 0;
};

/// Is the problem fit for arithmetic of sixteen digits? Ranges of its numbers before and after scaling by powers of
/// two.
///
///   spread = largest |a_ij| / smallest |a_ij| of the scaled matrix, over what is not zero
struct Conditioning {
  CoefficientRanges given, scaled;
  /// The scaled matrix' entries furthest down and furthest up, the most extreme first: at most one of a row, and one of
  /// all that share the two families and the first indices (the same thing in other periods).
  std::vector<MatrixEntry> smallest, largest;

  [[nodiscard]] double spread() const;  ///< 1 where the matrix is empty
  [[nodiscard]] bool is_poor() const;   ///< the spread is poor_spread or more
};

/// From here on a plan's text warns. Solvers work to tolerances of 1e-7 or so: what is a million times smaller than its
/// neighbours, and multiplied by values of their size, drowns in them.
inline constexpr double poor_spread = 1e6;

/// requires  `scaled` was made of `model`
/// At most `most` entries at either end.
[[nodiscard]] Conditioning measure_conditioning(const Model& model, const ScaledModel& scaled, std::size_t most = 3);

}  // namespace pinchpoint::optim
