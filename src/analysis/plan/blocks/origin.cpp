// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// Nodes that both export and import: only they could pass on what others made.
std::set<NodeId> through_nodes(const Network& network) {
  std::set<NodeId> exporters, through;
  for (const Pool& pool : network.pools) exporters.insert(pool.origins.begin(), pool.origins.end());
  for (const Pool& pool : network.pools) {
    for (const NodeId user : pool.destinations) {
      if (exporters.contains(user)) through.insert(user);
    }
  }
  return through;
}

/// made + exportable(t−1) − exports − exportable(t) ≥ 0, where only storable goods can be exported later
void add_node(Assembly& assembly, NodeId node) {
  const Node& at = assembly.network.nodes[node];
  const int slices = assembly.slice_count(at.commodity);
  const bool may_wait = assembly.world.commodities[at.commodity].is_storable && slices == 1;
  ColumnId kept;
  for (const PeriodId period : assembly.timeline().periods()) {
    for (int slice = 0; slice < slices; ++slice) {
      const auto key = assembly.key(Family::origin_, {node.index(), period.index(), slices == 1 ? -1 : slice});
      assembly.origin(node, period, slice) = assembly.builder.add_row(key, 0, optim::infinity);
    }
    if (!may_wait) continue;
    const RowId row = assembly.origin(node, period);
    if (period.index() == 0 && at.stock != nullptr) assembly.builder.shift_row(row, -at.stock->opening);
    if (kept.is_valid()) assembly.builder.add_entry(row, kept, 1);
    kept = ColumnId{};
    if (period.index() + 1 == assembly.timeline().count()) continue;
    kept = assembly.builder.add_column(assembly.key(Family::exportable_, {node.index(), period.index()}), 0, 0,
                                       optim::infinity);
    assembly.builder.add_entry(row, kept, -1);
  }
}

}  // namespace

/// What a place imports it does not pass on: exports are of its own making. So rules on an origin cannot be evaded by
/// way of a third country, and flows in circles have no room.
void add_origin(Assembly& assembly) {
  const std::set<NodeId> through = through_nodes(assembly.network);
  for (const NodeId node : through) add_node(assembly, node);
  for (const Export& sent : assembly.exports) {
    const RowId row = assembly.origin(sent.node, sent.period, sent.slice);
    if (row.is_valid()) assembly.builder.add_entry(row, sent.column, -1);
  }
}

}  // namespace pinchpoint::plan
