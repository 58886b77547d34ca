// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/model/matrix_view.hpp"
#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::optim {

/// A box near a solver's point that holds a point satisfying every row and bound, or the proof failed.
struct RepairedPoint {
  /// By column. A single value, but for columns that take what an equality row leaves them: those are known to
  /// a rounding or two.
  std::vector<Interval> enclosure;
  bool is_proved = false;
  Interval objective;  ///< of that point, offset included; if it is proved

  [[nodiscard]] std::vector<double> midpoints() const;
};

/// Moves `value` into bounds, rounds and fixes integers, then repairs rows from the top of a chain down: each
/// violated row has one column that mends it and hurts only rows lower in the chain (see repair_plan.hpp).
/// The proof at the end does not depend on how the point was found.
[[nodiscard]] RepairedPoint repair(const Model& model, const MatrixView& matrix, const std::vector<double>& value);
/// As repair() where the values are those of a basis, to rounding; and where they are rougher.
[[nodiscard]] RepairedPoint repair_fine(const Model& model, const MatrixView& matrix, const std::vector<double>& value);
[[nodiscard]] RepairedPoint repair_rough(const Model& model, const MatrixView& matrix,
                                         const std::vector<double>& value);

}  // namespace pinchpoint::optim
