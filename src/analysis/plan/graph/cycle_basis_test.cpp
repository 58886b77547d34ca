// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/graph/cycle_basis.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace pinchpoint::plan {
namespace {

using Cycles = std::vector<std::vector<CycleEdge>>;

/// True if each edge starts where the one before ends, and the last ends where the first starts.
bool is_closed(const std::vector<CycleEdge>& cycle, const std::vector<GraphEdge>& edges) {
  const auto begin = [&](const CycleEdge& step) {
    const GraphEdge& edge = edges[static_cast<std::size_t>(step.edge)];
    return step.is_forward ? edge.from : edge.to;
  };
  for (std::size_t at = 0; at < cycle.size(); ++at) {
    const CycleEdge& step = cycle[at];
    if (begin({step.edge, !step.is_forward}) != begin(cycle[(at + 1) % cycle.size()])) return false;
  }
  return !cycle.empty();
}

TEST(CycleBasis, a_tree_has_none) { EXPECT_TRUE(cycle_basis(4, {{0, 1}, {1, 2}, {1, 3}}).empty()); }

TEST(CycleBasis, two_islands_have_none) { EXPECT_TRUE(cycle_basis(4, {{0, 1}, {2, 3}}).empty()); }

TEST(CycleBasis, a_triangle_is_one_whatever_way_its_edges_point) {
  const std::vector<GraphEdge> edges{{0, 1}, {2, 1}, {0, 2}};
  const Cycles cycles = cycle_basis(3, edges);
  ASSERT_EQ(cycles.size(), 1U);
  EXPECT_EQ(cycles.front().size(), 3U);
  EXPECT_TRUE(is_closed(cycles.front(), edges));
}

TEST(CycleBasis, parallel_edges_are_a_cycle_of_two) {
  const std::vector<GraphEdge> edges{{0, 1}, {1, 0}};
  const Cycles cycles = cycle_basis(2, edges);
  ASSERT_EQ(cycles.size(), 1U);
  EXPECT_EQ(cycles.front().size(), 2U);
  EXPECT_TRUE(is_closed(cycles.front(), edges));
}

TEST(CycleBasis, an_edge_of_a_vertex_to_itself_is_left_out) { EXPECT_TRUE(cycle_basis(1, {{0, 0}}).empty()); }

// A ladder of ten squares: a path along both sides and all rungs; no cycle needs more than its square's four edges,
// though the spanning tree's detours are longer.
TEST(CycleBasis, cycles_of_a_ladder_are_its_squares) {
  std::vector<GraphEdge> edges;
  for (int step = 0; step < 10; ++step) edges.push_back({step, step + 1});
  for (int step = 0; step < 10; ++step) edges.push_back({11 + step, 12 + step});
  for (int rung = 0; rung < 11; ++rung) edges.push_back({rung, 11 + rung});
  const Cycles cycles = cycle_basis(22, edges);
  ASSERT_EQ(cycles.size(), 10U);
  for (const auto& cycle : cycles) EXPECT_EQ(cycle.size(), 4U);
}

// Each cycle has an edge that no cycle before it has: none is a sum of the others.
TEST(CycleBasis, random_graphs_have_as_many_independent_cycles_as_they_should) {
  std::mt19937 random(5);
  for (int trial = 0; trial < 50; ++trial) {
    const int vertices = 3 + static_cast<int>(random() % 12);
    std::vector<GraphEdge> edges;
    for (int vertex = 1; vertex < vertices; ++vertex)
      edges.push_back({static_cast<int>(random() % static_cast<unsigned>(vertex)), vertex});
    const auto closing = static_cast<std::size_t>(random() % 15);
    while (edges.size() < static_cast<std::size_t>(vertices) - 1 + closing) {
      const GraphEdge edge{static_cast<int>(random() % static_cast<unsigned>(vertices)),
                           static_cast<int>(random() % static_cast<unsigned>(vertices))};
      if (edge.from != edge.to) edges.push_back(edge);
    }
    std::shuffle(edges.begin(), edges.end(), random);
    const Cycles cycles = cycle_basis(vertices, edges);
    EXPECT_EQ(cycles.size(), closing);
    std::set<int> seen;
    for (const auto& cycle : cycles) {
      EXPECT_TRUE(is_closed(cycle, edges));
      std::size_t fresh = 0;
      for (const CycleEdge& step : cycle) fresh += seen.insert(step.edge).second ? 1 : 0;
      EXPECT_GT(fresh, 0U);
    }
  }
}

}  // namespace
}  // namespace pinchpoint::plan
