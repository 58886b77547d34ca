// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

std::vector<RegionId> regions_of(const RegionSet& set) {
  std::vector<RegionId> regions;
  for (const Member& member : set.members) regions.push_back(member.region);
  return regions;
}

/// Complains if the commodities of a lane with a capacity have no unit in common.
bool has_one_unit(const Row& row, Loader& loader, const Lane& lane) {
  const Unit first = loader.world.commodities[lane.commodities.front()].unit;
  for (const CommodityId commodity : lane.commodities) {
    const auto factor = loader.folder.units->factor(first, loader.world.commodities[commodity].unit);
    if (factor && *factor == 1) continue;
    row.complain(Code::wrong_dimension, "lane",
                 fmt::format("lane '{}' carries commodities of different units, so it cannot have one figure", lane.id),
                 "a lane for each commodity");
    return false;
  }
  return true;
}

void load_parameter(const Row& row, Loader& loader) {
  Lane& lane = loader.world.lanes[row.id("lane", loader.lanes)];
  if (lane.commodities.empty()) return;
  const std::string parameter = row.text("parameter");
  if (parameter == "transit_time") {
    if (const auto value = row.figure(parsed_unit(loader, "year"))) lane.transit.set(row.date("from"), *value);
    return;
  }
  if (!has_one_unit(row, loader, lane)) return;
  const Unit amount = loader.world.commodities[lane.commodities.front()].unit;
  const bool is_cost = parameter == "cost";
  const Unit wanted = is_cost ? loader.folder.units->divide(money_unit(loader), amount) : per_year(loader, amount);
  if (const auto value = row.figure(wanted)) (is_cost ? lane.cost : lane.capacity).set(row.date("from"), *value);
}

}  // namespace

void load_lanes(Loader& loader) {
  for_each_row(loader, "lanes", [&](const Row& row) {
    Lane lane;
    lane.id = row.text("id");
    lane.name = row.has("name") ? row.text("name") : lane.id;
    lane.origins = regions_of(load_region_set(row, loader, "origin"));
    lane.destinations = regions_of(load_region_set(row, loader, "destination"));
    lane.commodities = load_commodity_or_layer(row, loader);
    lane.from = row.date("from");
    lane.until = row.date("until");
    loader.lanes.add(lane.id, loader.world.lanes.push_back(lane));
  });
  for_each_row(loader, "lane_parameters", [&](const Row& row) { load_parameter(row, loader); });
}

}  // namespace pinchpoint::internal
