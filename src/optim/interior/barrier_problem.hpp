// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "optim/interior/elimination_order.hpp"
#include "optim/model/model.hpp"

namespace pinchpoint::optim::interior {

/// min cost'x,  A x − s = side,  lower ≤ (x, s) ≤ upper: columns that can move, and rows that can bind.
///
/// Variables 0 … columns−1 are columns; variable columns + i is the slack of row i. An equation has none: its
/// `is_equation` is set, its side is its own, and its slack's bounds are infinite and not looked at. Other rows have
/// side 0.
struct BarrierProblem {
  explicit BarrierProblem(const Model& model);

  Index rows = 0, columns = 0;
  std::vector<double> cost;               ///< by column
  std::vector<double> lower, upper;       ///< by variable
  std::vector<double> side;               ///< by row
  std::vector<std::uint8_t> is_equation;  ///< by row
  std::vector<Index> column_start, row;   ///< A by columns
  std::vector<double> value;
  std::vector<Index> model_column, model_row;  ///< numbers in the model
  double fixed_cost = 0;                       ///< of columns that cannot move

  [[nodiscard]] Index variables() const { return rows + columns; }
  [[nodiscard]] bool is_used(Index variable) const { return variable < columns || !is_equation[variable - columns]; }
  [[nodiscard]] bool has_lower(Index variable) const { return is_used(variable) && lower[variable] > -infinity; }
  [[nodiscard]] bool has_upper(Index variable) const { return is_used(variable) && upper[variable] < infinity; }
  /// by_row += factor · A by_column
  void add_activity(const double* by_column, double factor, std::vector<double>& by_row) const;
  /// by_column += factor · A'by_row
  void add_prices(const std::vector<double>& by_row, double factor, double* by_column) const;
  /// Of [−H A'; A D]: columns first, then rows; and A's entries in its order.
  [[nodiscard]] SymmetricPattern pattern() const;
};

}  // namespace pinchpoint::optim::interior
