// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "optim/interdiction/attack.hpp"

namespace pinchpoint::optim {

/// An undirected network with capacities.
struct FlowCase {
  int first_vertex = 1;  ///< the smallest number of one
  int vertices = 0;
  struct Edge {
    int from = 0;
    int to = 0;
    double capacity = 0;
  };
  std::vector<Edge> edges;  ///< each once, whatever its direction
};

/// Reads `set Vertices` and `param u` of the AMPL data of alicepaul/network_interdiction. Throws std::runtime_error
/// where the two directions of an edge have different capacities.
[[nodiscard]] FlowCase read_flow_case(const std::filesystem::path& path);

/// min -(flow from any of `sources` to any of `sinks`), so that less flow is the larger value. Column e carries the
/// flow of edge e, between -capacity and capacity. Its vertices are integral: the matrix is that of a network.
[[nodiscard]] Model make_flow_model(const FlowCase& flow, const std::vector<int>& sources,
                                    const std::vector<int>& sinks);

}  // namespace pinchpoint::optim
