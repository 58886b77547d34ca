// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/plan/assets.hpp"
#include "analysis/plan/store_paths.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint::plan {

using NodeId = Id<struct NodeTag>;
using PoolId = Id<struct PoolTag>;
using RouteId = Id<struct RouteTag>;
using ChoiceId = Id<struct ChoiceTag>;
using ChoiceGroupId = Id<struct ChoiceGroupTag>;

/// A commodity in a region: one balance a period (and slice).
struct Node {
  CommodityId commodity;
  RegionId region;
  bool has_supply = false;  ///< made, in stock, or brought by a lane
  bool has_use = false;     ///< used, asked for, taken by a lane, or reserved
  const Stock* stock = nullptr;
};

/// Where exports of one commodity meet imports: the world market for one class of origins, or a country.
/// Origins of one class are those that every measure treats alike (docs/formulation/market.md).
struct Pool {
  CommodityId commodity;
  std::string label;  ///< "hbm3e/market", "hbm3e/market-2", "power/US"
  bool is_market = true;
  std::vector<NodeId> origins;       ///< nodes that export into it
  std::vector<NodeId> destinations;  ///< nodes that import from it
};

/// One commodity on one pair of ends of a lane.
struct Route {
  LaneId lane;
  NodeId origin, destination;
};

/// Inputs of an asset that substitute for each other, and each of them.
struct ChoiceGroup {
  AssetId asset;
  std::string group;
};
struct Choice {
  ChoiceGroupId group;
  std::size_t line = 0;  ///< in the technology's recipe
};

/// Everything that has rows or columns, found once from the world.
struct Network {
  IdVector<AssetTag, Asset> assets;
  IdVector<NodeTag, Node> nodes;
  IdVector<PoolTag, Pool> pools;
  IdVector<RouteTag, Route> routes;
  IdVector<ChoiceGroupTag, ChoiceGroup> choice_groups;
  IdVector<ChoiceTag, Choice> choices;
  IdVector<CommodityTag, IdVector<RegionTag, NodeId>> node_at;  ///< by region; empty for a commodity without nodes
  Moments moments;                                              ///< of stores

  [[nodiscard]] NodeId find_node(CommodityId commodity, RegionId region) const;
  /// Node on which a line of an asset's recipe draws or to which it delivers.
  [[nodiscard]] NodeId find_node(const RecipeLine& line, const Asset& asset) const {
    return find_node(line.commodity, line.at.is_valid() ? line.at : asset.region);
  }
};

[[nodiscard]] Network make_network(const World& world);

/// True if the measure is about the commodity.
[[nodiscard]] bool is_about(const Measure& measure, CommodityId commodity);
/// True if the measure covers a flow between two regions on a date. An origin not given is anywhere outside the
/// destination, a destination not given anywhere outside the origin; neither given: any flow between countries.
[[nodiscard]] bool covers(const World& world, const Measure& measure, RegionId origin, RegionId destination, Date date);
/// True if the measure is in force in more than half of the period.
[[nodiscard]] bool is_in_force(const World& world, const Measure& measure, PeriodId period);
/// True if some ban forbids the flow in the period.
[[nodiscard]] bool is_forbidden(const World& world, CommodityId commodity, RegionId origin, RegionId destination,
                                PeriodId period);

}  // namespace pinchpoint::plan
