// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/interior/elimination.hpp"

namespace pinchpoint::optim::interior {

/// L D L' row by row, entry by entry: for factors of few entries a column, as chains have them. Up-looking, after
/// Davis, "Algorithm 849: a concise sparse Cholesky factorization package", 2005.
class ThinFactor {
 public:
  explicit ThinFactor(Elimination elimination);
  /// False if a pivot is zero or no number.
  [[nodiscard]] bool factorise(const std::vector<double>& diagonal);
  /// right := K⁻¹ right
  void solve(std::vector<double>& right) const;

 private:
  [[nodiscard]] Index reach(Index row);

  Elimination of_;
  std::vector<std::int64_t> lower_start_;  ///< by step: its column of L
  std::vector<Index> lower_row_;
  std::vector<double> lower_value_, pivot_;
  std::vector<Index> count_, mark_, path_, pattern_;  ///< scratch
  std::vector<double> dense_;                         ///< scratch, zero between calls
  mutable std::vector<double> permuted_;
};

}  // namespace pinchpoint::optim::interior
