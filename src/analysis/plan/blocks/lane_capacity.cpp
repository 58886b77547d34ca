// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <vector>

#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// What all routes of a lane share in a period.
struct LanePeriod {
  bool is_open = false;
  std::optional<double> capacity;  ///< amount in the period
  RowId limit;                     ///< made when the first shipment needs it
  double cost = 0;
  std::vector<Arrival> arrivals;
};

std::vector<LanePeriod> lane_periods(const Assembly& assembly, const Lane& lane) {
  const Timeline& timeline = assembly.timeline();
  std::vector<LanePeriod> all;
  for (const PeriodId period : timeline.periods()) {
    const Date date = timeline.begin_of(period);
    LanePeriod& now = all.emplace_back();
    now.is_open = timeline.share_within(period, lane.from, lane.until) > 0.5;
    now.capacity = lane.capacity.average(timeline, period);
    if (now.capacity) *now.capacity *= assembly.years(period);
    now.cost = lane.cost.at(date).value_or(0);
    now.arrivals = arrivals(timeline, period, lane.transit.at(date).value_or(0));
    std::erase_if(now.arrivals, [&](const Arrival& arrival) {
      return period.index() + arrival.offset >= timeline.count();  // after the horizon
    });
  }
  return all;
}

bool is_forbidden_on(const Assembly& assembly, const Route& route, PeriodId period) {
  const Node& origin = assembly.network.nodes[route.origin];
  const Node& destination = assembly.network.nodes[route.destination];
  return is_forbidden(assembly.world, origin.commodity, origin.region, destination.region, period);
}

ColumnId add_shipment(Assembly& assembly, RouteId id, PeriodId period, int slice, const LanePeriod& lane) {
  const Route& route = assembly.network.routes[id];
  const Node& origin = assembly.network.nodes[route.origin];
  const std::int32_t slice_index = assembly.slice_count(route.origin) == 1 ? -1 : slice;
  const ColumnId column = assembly.builder.add_column(
      assembly.key(Family::shipment_, {id.index(), period.index(), slice_index}), 0, 0, optim::infinity);
  assembly.supply(route.origin, period, column, -1, slice);
  for (const Arrival& arrival : lane.arrivals) {
    const PeriodId arrives(period.index() + arrival.offset);
    assembly.supply(route.destination, arrives, column, arrival.share, slice);
  }
  assembly.cost(column, period, lane.cost);
  assembly.add_flow(
      {column, {}, id, origin.commodity, origin.region, assembly.network.nodes[route.destination].region, period});
  return column;
}

}  // namespace

void add_lane_capacity(Assembly& assembly) {
  IdVector<LaneTag, std::vector<LanePeriod>> lanes;
  for (const Lane& lane : assembly.world.lanes) lanes.push_back(lane_periods(assembly, lane));
  for (const RouteId id : ids(assembly.network.routes)) {
    const Route& route = assembly.network.routes[id];
    for (const PeriodId period : assembly.timeline().periods()) {
      LanePeriod& lane = lanes[route.lane][static_cast<std::size_t>(period.index())];
      if (!lane.is_open || is_forbidden_on(assembly, route, period)) continue;
      for (int slice = 0; slice < assembly.slice_count(route.origin); ++slice) {
        const ColumnId column = add_shipment(assembly, id, period, slice, lane);
        if (!lane.capacity) continue;
        if (!lane.limit.is_valid()) {
          lane.limit =
              assembly.builder.add_row(assembly.key(Family::lane_capacity_, {route.lane.index(), period.index()}),
                                       -optim::infinity, *lane.capacity);
        }
        assembly.builder.add_entry(lane.limit, column, 1);
      }
    }
  }
}

}  // namespace pinchpoint::plan
