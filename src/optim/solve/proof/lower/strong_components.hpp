// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace pinchpoint::optim {

/// What `next(node, at)` answers after a node's last arc.
inline constexpr auto no_node = static_cast<std::size_t>(-1);

/// By node the number of its strongly connected component (Tarjan 1972). next(node, at): end of the node's arc `at`.
[[nodiscard]] std::vector<std::size_t> strong_components(
    std::size_t nodes, const std::function<std::size_t(std::size_t, std::size_t)>& next);

}  // namespace pinchpoint::optim
