// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "optim/interior/elimination_order.hpp"

namespace pinchpoint::optim::interior {

/// L D L' of a symmetric quasidefinite matrix whose diagonal changes and nothing else (Vanderbei 1995: any order of
/// elimination will do). Up-looking, after Davis, "Algorithm 849: a concise sparse Cholesky factorization package",
/// 2005.
class SymmetricFactor {
 public:
  /// Nothing if to factorise takes more than `most_work` multiplications.
  [[nodiscard]] static std::optional<SymmetricFactor> make(const SymmetricPattern& pattern,
                                                           const std::vector<double>& value, double most_work);
  /// Multiplications of one factorisation.
  [[nodiscard]] double work() const { return work_; }
  /// False if a pivot is zero or no number.
  [[nodiscard]] bool factorise(const std::vector<double>& diagonal);
  /// right := K⁻¹ right
  void solve(std::vector<double>& right) const;

 private:
  SymmetricFactor() = default;
  void permute(const SymmetricPattern& pattern, const std::vector<double>& value);
  [[nodiscard]] bool analyse(double most_work);
  [[nodiscard]] Index reach(Index row);

  Index size_ = 0;
  double work_ = 0;
  std::vector<Index> order_;                    ///< by step: what is eliminated
  std::vector<Index> upper_start_, upper_row_;  ///< by step: entries before it, in steps
  std::vector<double> upper_value_;
  std::vector<Index> parent_;              ///< elimination tree
  std::vector<std::int64_t> lower_start_;  ///< by step: its column of L
  std::vector<Index> lower_row_;
  std::vector<double> lower_value_, pivot_;
  std::vector<Index> count_, mark_, path_, pattern_;  ///< scratch
  std::vector<double> dense_;                         ///< scratch, zero between calls
  mutable std::vector<double> permuted_;
};

}  // namespace pinchpoint::optim::interior
