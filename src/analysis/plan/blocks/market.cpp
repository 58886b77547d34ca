// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// A pool in one period and slice.
struct Corner {
  PoolId pool;
  PeriodId period;
  int slice;
  std::int32_t slice_index;  ///< in keys: -1 if the commodity is not balanced by slice
};

void add_exports(Assembly& assembly, const Corner& corner) {
  for (const NodeId origin : assembly.network.pools[corner.pool].origins) {
    const auto key =
        assembly.key(Family::export_, {origin.index(), corner.pool.index(), corner.period.index(), corner.slice_index});
    const ColumnId column = assembly.builder.add_column(key, 0, 0, optim::infinity);
    assembly.supply(origin, corner.period, column, -1, corner.slice);
    assembly.exports.push_back({column, origin, corner.period, corner.slice});
    assembly.builder.add_entry(assembly.market(corner.pool, corner.period, corner.slice), column, 1);
  }
}

void deliver(Assembly& assembly, const Corner& corner, NodeId destination, ColumnId column) {
  const Node& node = assembly.network.nodes[destination];
  const RegionalValue& transit = assembly.world.commodities[node.commodity].transit_time;
  const bool is_market = assembly.network.pools[corner.pool].is_market;
  const double years =
      is_market ? assembly.world.figure_at(transit, node.region, {}, assembly.timeline().begin_of(corner.period), 0)
                : 0;
  for (const Arrival& arrival : arrivals(assembly.timeline(), corner.period, years)) {
    const PeriodId arrives(corner.period.index() + arrival.offset);
    if (arrives.index() >= assembly.timeline().count()) continue;
    assembly.supply(destination, arrives, column, arrival.share, corner.slice);
  }
}

void add_import(Assembly& assembly, const Corner& corner, NodeId destination) {
  const Pool& pool = assembly.network.pools[corner.pool];
  const RegionId region = assembly.network.nodes[destination].region;
  const RegionId origin = assembly.network.nodes[pool.origins.front()].region;
  if (pool.is_market && is_forbidden(assembly.world, pool.commodity, origin, region, corner.period)) return;
  const auto key = assembly.key(Family::import_,
                                {destination.index(), corner.pool.index(), corner.period.index(), corner.slice_index});
  const ColumnId column = assembly.builder.add_column(key, 0, 0, optim::infinity);
  assembly.builder.add_entry(assembly.market(corner.pool, corner.period, corner.slice), column, -1);
  deliver(assembly, corner, destination, column);
  if (!pool.is_market) return;
  const RegionalValue& transport = assembly.world.commodities[pool.commodity].transport_cost;
  assembly.cost(column, corner.period,
                assembly.world.figure_at(transport, region, {}, assembly.timeline().begin_of(corner.period), 0));
  assembly.add_flow({column, corner.pool, {}, pool.commodity, origin, region, corner.period});
}

}  // namespace

void add_market(Assembly& assembly) {
  for (const PoolId pool : ids(assembly.network.pools)) {
    const int slices = assembly.slice_count(assembly.network.pools[pool].commodity);
    for (const PeriodId period : assembly.timeline().periods()) {
      for (int slice = 0; slice < slices; ++slice) {
        const Corner corner{pool, period, slice, slices == 1 ? -1 : slice};
        const auto key = assembly.key(Family::market_, {pool.index(), period.index(), corner.slice_index});
        assembly.market(pool, period, slice) = assembly.builder.add_row(key, 0, optim::infinity);
        add_exports(assembly, corner);
        for (const NodeId destination : assembly.network.pools[pool].destinations)
          add_import(assembly, corner, destination);
      }
    }
  }
}

}  // namespace pinchpoint::plan
