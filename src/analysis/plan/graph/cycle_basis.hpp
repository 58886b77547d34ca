// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace pinchpoint::plan {

/// An edge of a graph between vertices 0, 1, …; several may join the same two, and one may join a vertex to itself.
struct GraphEdge {
  int from = 0, to = 0;
};

/// An edge on a way around a cycle.
struct CycleEdge {
  int edge = 0;
  bool is_forward = true;  ///< gone through from `from` to `to`
};

/// A basis of the graph's cycles: every circulation is a sum of them, and none is a sum of the others. Edges − vertices
/// + parts of the graph of them. Short ones are preferred, so that rows stay sparse: each closes one edge by a shortest
/// way through those taken before, edges with short detours first. Edges of a vertex to itself are left out.
[[nodiscard]] std::vector<std::vector<CycleEdge>> cycle_basis(int vertices, const std::vector<GraphEdge>& edges);

}  // namespace pinchpoint::plan
