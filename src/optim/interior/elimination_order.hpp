// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace pinchpoint::optim::interior {

using Index = std::int32_t;

/// Where a symmetric matrix is not zero, off its diagonal: each pair of places once, in either order.
struct SymmetricPattern {
  Index size = 0;
  std::vector<Index> first, second;
};

/// The order in which to eliminate, by approximate minimum degree (Amestoy, Davis & Duff 1996): order[k] is the k-th.
[[nodiscard]] std::vector<Index> elimination_order(const SymmetricPattern& pattern);

}  // namespace pinchpoint::optim::interior
