// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/solve/proof/repair.hpp"

namespace pinchpoint::optim {

/// A column that takes whatever value an equality row leaves it. Higher ranks are solved first.
struct Dependent {
  std::size_t row;
  std::size_t column;
  std::int32_t rank;
};

/// Columns that together take the values that as many equality rows, or rows at a side, leave them.
struct Block {
  std::vector<std::size_t> rows, columns;
};

/// Proves that a feasible point exists at `value`, or, where equality rows have a dependent column, within the
/// intervals those columns take when their rows are solved in the order given. Every row, bound and integer is
/// checked; the order and the choice of dependents need not be trusted.
[[nodiscard]] RepairedPoint prove_feasible(const Model& model, const MatrixView& matrix,
                                           const std::vector<double>& value, const std::vector<Dependent>& dependents);
/// The same with simultaneous solutions; `value` is where the search for them begins. A row with two sides that
/// differ is solved for the nearer one.
[[nodiscard]] RepairedPoint prove_feasible(const Model& model, const MatrixView& matrix,
                                           const std::vector<double>& value, const std::vector<Block>& blocks);

}  // namespace pinchpoint::optim
