// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace pinchpoint::optim {

/// A basis by the codes of Solution::column_basis and row_basis: 0 at the lower bound, 1 basic, 2 at the upper bound,
/// 3 free and at zero, 4 not basic, at whichever bound there is.
struct BasisCode {
  std::vector<std::uint8_t> column_basis, row_basis;

  friend bool operator==(const BasisCode&, const BasisCode&) = default;
};

}  // namespace pinchpoint::optim
