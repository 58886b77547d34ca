// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace pinchpoint::plan {

NodeId Network::find_node(CommodityId commodity, RegionId region) const {
  const IdVector<RegionTag, NodeId>& by_region = node_at[commodity];
  return by_region.empty() ? NodeId{} : by_region[region];
}

bool is_about(const Measure& measure, CommodityId commodity) {
  return std::find(measure.commodities.begin(), measure.commodities.end(), commodity) != measure.commodities.end();
}

bool covers(const World& world, const Measure& measure, RegionId origin, RegionId destination, Date date) {
  const bool from_origin = world.contains(measure.origin, origin, date);
  const bool to_destination = world.contains(measure.destination, destination, date);
  if (measure.origin.is_given && measure.destination.is_given) return from_origin && to_destination;
  if (measure.origin.is_given) return from_origin && !world.contains(measure.origin, destination, date);
  if (measure.destination.is_given) return to_destination && !world.contains(measure.destination, origin, date);
  return world.regions[origin].country != world.regions[destination].country;
}

bool is_in_force(const World& world, const Measure& measure, PeriodId period) {
  return world.timeline.share_within(period, measure.from, measure.until) > 0.5;
}

bool is_forbidden(const World& world, CommodityId commodity, RegionId origin, RegionId destination, PeriodId period) {
  const Date date = world.timeline.begin_of(period);
  return std::any_of(world.measures.begin(), world.measures.end(), [&](const Measure& measure) {
    return measure.kind == MeasureKind::ban && measure.end_users.empty() && is_about(measure, commodity) &&
           is_in_force(world, measure, period) && covers(world, measure, origin, destination, date);
  });
}

namespace {

/// Finds nodes first, then what connects them.
class Builder {
 public:
  explicit Builder(const World& world) : world_(world) {
    network_.assets = collect_assets(world);
    network_.node_at = IdVector<CommodityTag, IdVector<RegionTag, NodeId>>(world.commodities.size());
  }

  Network build() {
    find_nodes();
    find_routes();
    find_pools();
    find_choices();
    find_moments();
    return std::move(network_);
  }

 private:
  Node& node(CommodityId commodity, RegionId region);
  void find_nodes();
  void find_routes();
  void find_pools();
  void add_market(CommodityId commodity, const std::vector<NodeId>& nodes);
  void add_countries(CommodityId commodity, const std::vector<NodeId>& nodes);
  void add_pool(Pool pool, const std::vector<NodeId>& nodes);
  void find_choices();
  void find_moments();
  [[nodiscard]] std::string treatment(CommodityId commodity, RegionId origin) const;

  const World& world_;
  Network network_;
};

Node& Builder::node(CommodityId commodity, RegionId region) {
  IdVector<RegionTag, NodeId>& by_region = network_.node_at[commodity];
  if (by_region.empty()) by_region = IdVector<RegionTag, NodeId>(world_.regions.size());
  NodeId& place = by_region[region];
  if (!place.is_valid()) place = network_.nodes.push_back(Node{commodity, region, false, false, nullptr});
  return network_.nodes[place];
}

void Builder::find_nodes() {
  for (const Asset& asset : network_.assets) {
    const Technology& technology = world_.technologies[asset.technology];
    if (technology.output.is_valid()) {
      Node& own = node(technology.output, asset.region);
      own.has_supply = true;
      own.has_use = own.has_use || technology.kind == TechnologyKind::store;
    }
    for (const RecipeLine& line : technology.recipe) {
      Node& at = node(line.commodity, line.at.is_valid() ? line.at : asset.region);
      const bool is_use = line.role == RecipeRole::input || line.role == RecipeRole::build;
      (is_use ? at.has_use : at.has_supply) = true;
    }
  }
  for (const Programme& programme : world_.programmes) node(programme.commodity, programme.region).has_use = true;
  for (const Stock& stock : world_.stocks) {
    Node& at = node(stock.commodity, stock.region);
    at.stock = &stock;
    at.has_supply = at.has_supply || stock.opening > 0;
    at.has_use = true;
  }
  for (const Lane& lane : world_.lanes) {
    for (const CommodityId commodity : lane.commodities) {
      for (const RegionId origin : lane.origins) node(commodity, origin).has_use = true;
      for (const RegionId destination : lane.destinations) node(commodity, destination).has_supply = true;
    }
  }
}

void Builder::find_routes() {
  for (const LaneId lane : ids(world_.lanes)) {
    for (const CommodityId commodity : world_.lanes[lane].commodities) {
      for (const RegionId origin : world_.lanes[lane].origins) {
        for (const RegionId destination : world_.lanes[lane].destinations) {
          if (origin == destination) continue;
          network_.routes.push_back(
              {lane, network_.find_node(commodity, origin), network_.find_node(commodity, destination)});
        }
      }
    }
  }
}

void Builder::find_pools() {
  std::map<CommodityId, std::vector<NodeId>> nodes_of;
  for (const NodeId id : ids(network_.nodes)) nodes_of[network_.nodes[id].commodity].push_back(id);
  for (const auto& [commodity, nodes] : nodes_of) {
    if (world_.commodities[commodity].trade == Trade::market) add_market(commodity, nodes);
    if (world_.commodities[commodity].trade == Trade::country) add_countries(commodity, nodes);
  }
}

/// Which measures cover a flow from `origin` to each user in each period, as text: equal text = treated alike.
std::string Builder::treatment(CommodityId commodity, RegionId origin) const {
  std::string text;
  for (const MeasureId id : ids(world_.measures)) {
    const Measure& measure = world_.measures[id];
    if (!is_about(measure, commodity) || !measure.end_users.empty() || measure.kind == MeasureKind::subsidy) continue;
    for (const PeriodId period : world_.timeline.periods()) {
      const Date date = world_.timeline.begin_of(period);
      text += world_.contains(measure.origin, origin, date) ? 'o' : '-';
      text += world_.contains(measure.destination, origin, date) ? 'd' : '-';
      if (measure.origin.is_given || measure.destination.is_given) continue;
      text += world_.regions[world_.regions[origin].country].id;
    }
  }
  return text;
}

void Builder::add_pool(Pool pool, const std::vector<NodeId>& nodes) {
  const auto serves_itself = [&](NodeId user) { return pool.origins.size() == 1 && pool.origins.front() == user; };
  for (const NodeId user : nodes) {
    if (network_.nodes[user].has_use && !serves_itself(user)) pool.destinations.push_back(user);
  }
  if (!pool.origins.empty() && !pool.destinations.empty()) network_.pools.push_back(std::move(pool));
}

void Builder::add_market(CommodityId commodity, const std::vector<NodeId>& nodes) {
  std::map<std::string, std::vector<NodeId>> classes;
  for (const NodeId origin : nodes) {
    if (network_.nodes[origin].has_supply)
      classes[treatment(commodity, network_.nodes[origin].region)].push_back(origin);
  }
  std::vector<std::vector<NodeId>> ordered;
  for (auto& [text, origins] : classes) ordered.push_back(std::move(origins));
  std::sort(ordered.begin(), ordered.end());
  for (std::size_t number = 0; number < ordered.size(); ++number) {
    Pool pool;
    pool.commodity = commodity;
    pool.label = fmt::format("{}/market", world_.commodities[commodity].id);
    if (ordered.size() > 1) pool.label += fmt::format("-{}", number + 1);
    pool.origins = std::move(ordered[number]);
    add_pool(std::move(pool), nodes);
  }
}

void Builder::add_countries(CommodityId commodity, const std::vector<NodeId>& nodes) {
  std::map<RegionId, std::vector<NodeId>> by_country;
  for (const NodeId id : nodes) by_country[world_.regions[network_.nodes[id].region].country].push_back(id);
  for (const auto& [country, members] : by_country) {
    Pool pool;
    pool.commodity = commodity;
    pool.label = fmt::format("{}/{}", world_.commodities[commodity].id, world_.regions[country].id);
    pool.is_market = false;
    for (const NodeId member : members) {
      if (network_.nodes[member].has_supply) pool.origins.push_back(member);
    }
    add_pool(std::move(pool), members);
  }
}

void Builder::find_choices() {
  for (const AssetId asset : ids(network_.assets)) {
    const auto& recipe = world_.technologies[network_.assets[asset].technology].recipe;
    std::map<std::string, ChoiceGroupId> groups;
    for (std::size_t line = 0; line < recipe.size(); ++line) {
      if (recipe[line].group.empty()) continue;
      const auto [place, is_new] = groups.try_emplace(recipe[line].group, ChoiceGroupId{});
      if (is_new) place->second = network_.choice_groups.push_back({asset, recipe[line].group});
      network_.choices.push_back({place->second, line});
    }
  }
}

void Builder::find_moments() {
  std::set<TechnologyId> seen;
  for (const Asset& asset : network_.assets) {
    const Technology& technology = world_.technologies[asset.technology];
    if (technology.kind != TechnologyKind::store || !seen.insert(asset.technology).second) continue;
    network_.moments.add(world_, technology);
  }
}

}  // namespace

Network make_network(const World& world) { return Builder(world).build(); }

}  // namespace pinchpoint::plan
