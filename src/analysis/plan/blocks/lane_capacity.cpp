// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

bool is_open(const Assembly& assembly, const Route& route, PeriodId period) {
  const Lane& lane = assembly.world.lanes[route.lane];
  const Node& origin = assembly.network.nodes[route.origin];
  const Node& destination = assembly.network.nodes[route.destination];
  return assembly.timeline().share_within(period, lane.from, lane.until) > 0.5 &&
         !is_forbidden(assembly.world, origin.commodity, origin.region, destination.region, period);
}

/// Row that limits a lane in a period, made when the first shipment needs it; invalid if the lane has no capacity.
RowId limit_row(Assembly& assembly, std::map<std::pair<LaneId, PeriodId>, RowId>& rows, LaneId lane, PeriodId period) {
  const auto capacity = assembly.world.lanes[lane].capacity.average(assembly.timeline(), period);
  if (!capacity) return {};
  const auto [place, is_new] = rows.try_emplace({lane, period}, RowId{});
  if (is_new) {
    place->second = assembly.builder.add_row(assembly.key(Family::lane_capacity_, {lane.index(), period.index()}),
                                             -optim::infinity, *capacity * assembly.years(period));
  }
  return place->second;
}

ColumnId add_shipment(Assembly& assembly, RouteId id, PeriodId period, int slice, std::int32_t slice_index) {
  const Route& route = assembly.network.routes[id];
  const Lane& lane = assembly.world.lanes[route.lane];
  const Date date = assembly.timeline().begin_of(period);
  const auto key = assembly.key(Family::shipment_, {id.index(), period.index(), slice_index});
  const ColumnId column = assembly.builder.add_column(key, 0, 0, optim::infinity);
  assembly.supply(route.origin, period, column, -1, slice);
  for (const Arrival& arrival : arrivals(assembly.timeline(), period, lane.transit.at(date).value_or(0))) {
    const PeriodId arrives(period.index() + arrival.offset);
    if (arrives.index() < assembly.timeline().count())
      assembly.supply(route.destination, arrives, column, arrival.share, slice);
  }
  assembly.cost(column, period, lane.cost.at(date).value_or(0));
  const Node& origin = assembly.network.nodes[route.origin];
  assembly.flows.push_back(
      {column, {}, id, origin.commodity, origin.region, assembly.network.nodes[route.destination].region, period});
  return column;
}

}  // namespace

void add_lane_capacity(Assembly& assembly) {
  std::map<std::pair<LaneId, PeriodId>, RowId> rows;
  for (const RouteId id : ids(assembly.network.routes)) {
    const Route& route = assembly.network.routes[id];
    const int slices = assembly.slice_count(assembly.network.nodes[route.origin].commodity);
    for (const PeriodId period : assembly.timeline().periods()) {
      if (!is_open(assembly, route, period)) continue;
      for (int slice = 0; slice < slices; ++slice) {
        const ColumnId column = add_shipment(assembly, id, period, slice, slices == 1 ? -1 : slice);
        const RowId row = limit_row(assembly, rows, route.lane, period);
        if (row.is_valid()) assembly.builder.add_entry(row, column, 1);
      }
    }
  }
}

}  // namespace pinchpoint::plan
