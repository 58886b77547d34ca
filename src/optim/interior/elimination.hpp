// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "optim/interior/elimination_order.hpp"

namespace pinchpoint::optim::interior {

/// What becomes of a symmetric matrix that is eliminated place by place: its entries in that order, and where its
/// factor L has entries. Only the diagonal is not looked at.
struct Elimination {
  Index size = 0;
  double work = 0;                            ///< multiplications of one factorisation
  std::vector<Index> order;                   ///< by step: what is eliminated
  std::vector<Index> upper_start, upper_row;  ///< by step: entries before it, in steps
  std::vector<double> upper_value;
  std::vector<Index> parent;  ///< elimination tree: by step, the first step that it has an entry of L in, or −1
  std::vector<Index> count;   ///< by step: entries of L below the diagonal

  /// Nothing if to factorise takes more than `most_work` multiplications.
  [[nodiscard]] static std::optional<Elimination> make(const SymmetricPattern& pattern,
                                                       const std::vector<double>& value, double most_work);
  [[nodiscard]] std::int64_t entries() const;  ///< of L below the diagonal
};

}  // namespace pinchpoint::optim::interior
