// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/graph/cycle_basis.hpp"

#include <algorithm>

namespace pinchpoint::plan {

namespace {

class Graph {
 public:
  Graph(int vertices, const std::vector<GraphEdge>& edges) : edges_(edges), at_(static_cast<std::size_t>(vertices)) {}

  void add(int edge) {
    const GraphEdge& ends = edges_[static_cast<std::size_t>(edge)];
    at_[static_cast<std::size_t>(ends.from)].push_back({edge, true});
    at_[static_cast<std::size_t>(ends.to)].push_back({edge, false});
  }

  /// Fewest edges from one vertex to another through the edges added; empty if there is no way.
  [[nodiscard]] std::vector<CycleEdge> shortest_way(int from, int to) const {
    std::vector<CycleEdge> into(at_.size(), {-1, true});
    std::vector<int> queue{from};
    for (std::size_t next = 0; next < queue.size() && queue[next] != to; ++next) {
      for (const CycleEdge& step : at_[static_cast<std::size_t>(queue[next])]) {
        const int neighbour = end_of(step);
        if (neighbour == from || into[static_cast<std::size_t>(neighbour)].edge >= 0) continue;
        into[static_cast<std::size_t>(neighbour)] = step;
        queue.push_back(neighbour);
      }
    }
    std::vector<CycleEdge> way;
    for (int vertex = to; vertex != from && into[static_cast<std::size_t>(vertex)].edge >= 0;) {
      const CycleEdge step = into[static_cast<std::size_t>(vertex)];
      way.push_back(step);
      vertex = end_of({step.edge, !step.is_forward});
    }
    std::reverse(way.begin(), way.end());
    return way;
  }

 private:
  [[nodiscard]] int end_of(const CycleEdge& step) const {
    const GraphEdge& ends = edges_[static_cast<std::size_t>(step.edge)];
    return step.is_forward ? ends.to : ends.from;
  }

  const std::vector<GraphEdge>& edges_;
  std::vector<std::vector<CycleEdge>> at_;  ///< by vertex: steps that leave it
};

/// Parts of a graph that grows.
class Parts {
 public:
  explicit Parts(int vertices) : parent_(static_cast<std::size_t>(vertices)) {
    for (std::size_t vertex = 0; vertex < parent_.size(); ++vertex) parent_[vertex] = static_cast<int>(vertex);
  }
  int root(int vertex) {
    int& parent = parent_[static_cast<std::size_t>(vertex)];
    return parent == vertex ? vertex : parent = root(parent);
  }
  /// False if they were joined already.
  bool join(int one, int other) {
    const int root_of_one = root(one);
    const int root_of_other = root(other);
    parent_[static_cast<std::size_t>(root_of_one)] = root_of_other;
    return root_of_one != root_of_other;
  }

 private:
  std::vector<int> parent_;
};

}  // namespace

std::vector<std::vector<CycleEdge>> cycle_basis(int vertices, const std::vector<GraphEdge>& edges) {
  Graph graph(vertices, edges);
  Parts parts(vertices);
  std::vector<int> closing;
  for (int edge = 0; edge < static_cast<int>(edges.size()); ++edge) {
    const GraphEdge& ends = edges[static_cast<std::size_t>(edge)];
    if (ends.from == ends.to) continue;
    if (parts.join(ends.from, ends.to))
      graph.add(edge);
    else
      closing.push_back(edge);
  }
  const auto detour = [&](int edge) {
    const GraphEdge& ends = edges[static_cast<std::size_t>(edge)];
    return graph.shortest_way(ends.to, ends.from);
  };
  std::vector<std::pair<std::size_t, int>> by_length;
  for (const int edge : closing) by_length.emplace_back(detour(edge).size(), edge);
  std::sort(by_length.begin(), by_length.end());
  std::vector<std::vector<CycleEdge>> cycles;
  for (const auto& [length, edge] : by_length) {
    std::vector<CycleEdge> cycle{{edge, true}};
    const std::vector<CycleEdge> back = detour(edge);
    cycle.insert(cycle.end(), back.begin(), back.end());
    cycles.push_back(std::move(cycle));
    graph.add(edge);
  }
  return cycles;
}

}  // namespace pinchpoint::plan
