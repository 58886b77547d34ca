// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <unordered_map>

#include "optim/solve/proof/repair.hpp"
#include "optim/solve/proof/upper/dense_system.hpp"

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
  bool operator==(const Block&) const = default;
};

/// Inverses of blocks of one matrix, which outlives them, for the next proof by the same ones.
class BlockInverses {
 public:
  explicit BlockInverses(const MatrixView& matrix) : matrix_(matrix) {}
  /// The block's part of the matrix with its inverse, as it was made before or is made now; null if a row or column
  /// comes twice or it looks singular. Stays until another block with the same first row is asked for.
  /// requires  at least one row
  [[nodiscard]] const DenseSystem* of(const Block& block);

 private:
  struct Made {
    Block block;
    std::optional<DenseSystem> system;
  };
  const MatrixView& matrix_;
  std::unordered_map<std::size_t, Made> made_;  ///< by first row
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
/// The same with inverses of an earlier proof, and for a later one.
/// requires  `inverses` are of this matrix
[[nodiscard]] RepairedPoint prove_feasible(const Model& model, const MatrixView& matrix,
                                           const std::vector<double>& value, const std::vector<Block>& blocks,
                                           BlockInverses& inverses);

}  // namespace pinchpoint::optim
