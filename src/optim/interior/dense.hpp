// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interior/elimination_order.hpp"

namespace pinchpoint::optim::interior {

inline constexpr Index most_panel_width = 48;

/// A dense matrix within another one's memory: column by column, `step` numbers apart.
struct Block {
  const double* at = nullptr;
  Index rows = 0, columns = 0, step = 0;
};

/// Loops over dense blocks. Each number is the same sum, in the same order, without fused operations, on every
/// processor: wider registers only take more numbers at once.
struct DenseLoops {
  /// product := block · factors', rows × count numbers; factors row by row (count × block.columns)
  void (*multiply)(const Block& block, const double* factors, Index count, double* product);
  /// to := block · by
  void (*apply)(const Block& block, const double* by, double* to);
  /// to := to − block' · by
  void (*subtract_transposed)(const Block& block, const double* by, double* to);
  /// A square, its lower triangle, becomes that of L with D on the diagonal; columns are `step` numbers apart. False if
  /// a pivot is zero or no number. Above the diagonal nothing is looked at.
  bool (*factorise)(double* corner, Index step, Index width);
  /// numbers := numbers · (D L')⁻¹ of the corner that is above them, in the same columns; `block` is where they stand
  void (*divide)(const Block& block, double* numbers, const double* corner);

  /// The fastest ones that this processor can run.
  [[nodiscard]] static const DenseLoops& fastest();
  /// Those that every processor can run.
  [[nodiscard]] static const DenseLoops& plain();
};

}  // namespace pinchpoint::optim::interior
