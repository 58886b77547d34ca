// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "analysis/plan/plan.hpp"

namespace pinchpoint::plan {

namespace {

/// Unit of amounts of what an index names: a commodity's, or an activity's.
const Unit& amount_unit(const World& world, const Network& network, Space space, std::int32_t index) {
  switch (space) {
    case Space::asset:
      return world.technologies[network.assets[AssetId(index)].technology].activity_unit;
    case Space::choice:
      return amount_unit(world, network, Space::choice_group, network.choices[ChoiceId(index)].group.index());
    case Space::choice_group:
      return amount_unit(world, network, Space::asset, network.choice_groups[ChoiceGroupId(index)].asset.index());
    case Space::node:
      return world.commodities[network.nodes[NodeId(index)].commodity].unit;
    case Space::pool:
      return world.commodities[network.pools[PoolId(index)].commodity].unit;
    case Space::route:
      return amount_unit(world, network, Space::node, network.routes[RouteId(index)].origin.index());
    case Space::lane:
      return world.commodities[world.lanes[LaneId(index)].commodities.front()].unit;
    case Space::programme:
      return world.commodities[world.programmes[ProgrammeId(index)].commodity].unit;
    case Space::measure:
      return world.commodities[world.measures[MeasureId(index)].commodities.front()].unit;
    case Space::mode:
    case Space::owner:
    case Space::limit:
    case Space::period:
    case Space::slice:
    case Space::moment:
      break;
  }
  throw InternalError("an index space without amounts", std::source_location::current());
}

}  // namespace

Display display_of(const World& world, const Network& network, const optim::Key& key) {
  const FamilyInfo& family = info(static_cast<Family>(key.family.index()));
  switch (family.measured) {
    case Measured::count:
      return {"1", 1};
    case Measured::money:
      return {world.currency, 1};
    case Measured::own:
      return {world.limits[LimitId(key.index[0])].unit.text(), 1};
    case Measured::amount:
      return {amount_unit(world, network, family.spaces.front(), key.index[0]).text(), 1};
    case Measured::capacity: {
      const Technology& technology = world.technologies[network.assets[AssetId(key.index[0])].technology];
      return {technology.capacity_unit.text(), 1 / technology.capacity_in_natural};
    }
  }
  throw InternalError("a family without a unit", std::source_location::current());
}

}  // namespace pinchpoint::plan
