// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "optim/solve/proof/repair.hpp"

namespace pinchpoint::optim {

/// Up to here what seldom helps a proof takes no time, and is tried whatever the chances.
inline constexpr std::int32_t few_rows = 20;

struct SolvedPoint : RepairedPoint {
  /// Some equations, or rows that cannot leave their side, were left without a column: they are combinations of others,
  /// and rounding makes a contradiction of them or not. No other step or noise changes that. In a model of more than
  /// few_rows also where that is so of the equality rows before any step: a direction hardly ever helps there.
  bool has_dependent_rows = false;
};

/// Where repair() does not get through equality rows: moves the point a little off the sides and bounds it stands on
/// (feasible_direction.hpp), then solves the equality rows, simultaneously where need be, for columns that now have
/// room (equation_blocks.hpp). The proof at the end does not depend on how the point was found.
[[nodiscard]] SolvedPoint solve_equations(const Model& model, const MatrixView& matrix,
                                          const std::vector<double>& value);

/// False where some equality rows are combinations of others and `value` does not make all of their terms zero: of rows
/// that say the same twice, rounding makes a contradiction or not, and neither repair() nor solve_equations() can prove
/// which. A hint that spares their work.
[[nodiscard]] bool may_be_solved(const Model& model, const MatrixView& matrix, const std::vector<double>& value);

}  // namespace pinchpoint::optim
