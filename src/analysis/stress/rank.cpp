// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/rank.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace pinchpoint::stress {

namespace {

using plan::AssetId;

/// What assets make and could make of each commodity from a date on.
struct Output {
  std::map<AssetId, double> made, possible;
  std::map<CommodityId, double> total;
};

Output outputs_of(const World& world, const plan::Plan& plan, Date from) {
  Output output;
  const plan::PlanProblem& problem = plan.problem;
  const std::int32_t first = std::max(0, world.timeline.period_of(from).index());
  for (std::size_t column = 0; column < plan.solution.value.size(); ++column) {
    const optim::Key& key = problem.model.column_key[column];
    const double value = plan.solution.value[column];
    if (static_cast<plan::Family>(key.family.index()) == plan::Family::available_ && key.index[1] >= first) {
      const plan::Asset& asset = problem.network.assets[AssetId(key.index[0])];
      const auto at = static_cast<std::size_t>(key.index[1]);
      output.possible[AssetId(key.index[0])] +=
          value * asset.availability[at] * world.timeline.years(PeriodId(key.index[1]));
    }
    const auto activity = plan::activity_of(key);
    if (!activity || activity->period.index() < first) continue;
    output.made[activity->asset] += value;
    const CommodityId made = world.technologies[problem.network.assets[activity->asset].technology].output;
    if (made.is_valid()) output.total[made] += value;
  }
  return output;
}

Shock outage(std::string id, Date from) {
  Shock shock;
  shock.id = std::move(id);
  shock.kind = ShockKind::outage;
  shock.from = from;
  return shock;
}

RegionSet only(RegionId region) {
  RegionSet set;
  set.is_given = true;
  set.members.push_back({region, {}, {}, {}});
  return set;
}

const std::string& name_of(const std::string& name, const std::string& id) { return name.empty() ? id : name; }

/// Makes targets of one kind after the other.
class Finder {
 public:
  Finder(const World& world, const plan::Plan& plan, Date from)
      : world_(world), network_(plan.problem.network), from_(from), output_(outputs_of(world, plan, from)) {}

  void find(TargetKind kind) {
    switch (kind) {
      case TargetKind::facility:
        return find_facilities();
      case TargetKind::site:
        return find_sites();
      case TargetKind::owner:
        return find_owners();
      case TargetKind::country:
        return find_countries();
      case TargetKind::commodity:
        return find_commodities();
      case TargetKind::lane:
        return find_lanes();
      case TargetKind::group:
        return find_groups();
    }
  }

  std::vector<Target> take() { return std::move(targets_); }

 private:
  void add(TargetKind kind, std::string id, const std::string& name, Shock shock, const std::set<AssetId>& assets) {
    Target target{kind, std::move(id), name, std::move(shock), {}, 0, 0};
    double most = 0;
    std::map<CommodityId, double> lost;
    for (const AssetId asset : assets) {
      const CommodityId output = world_.technologies[network_.assets[asset].technology].output;
      if (output.is_valid() && output_.made.contains(asset)) lost[output] += output_.made.at(asset);
    }
    for (const auto& [commodity, amount] : lost) {
      const double total = output_.total.at(commodity);
      const double share = total > 0 ? amount / total : 0;
      if (share <= most) continue;
      most = share;
      target.commodity = commodity;
      target.share = share;
      target.spare = amount > 0 ? std::min(1.0, spare_outside(commodity, assets) / amount) : 0;
    }
    targets_.push_back(std::move(target));
  }

  [[nodiscard]] double spare_outside(CommodityId commodity, const std::set<AssetId>& assets) const {
    double spare = 0;
    for (const auto& [asset, possible] : output_.possible) {
      if (assets.contains(asset) || world_.technologies[network_.assets[asset].technology].output != commodity)
        continue;
      const auto made = output_.made.find(asset);
      spare += std::max(0.0, possible - (made == output_.made.end() ? 0 : made->second));
    }
    return spare;
  }

  template <class Test>
  [[nodiscard]] std::set<AssetId> assets_where(Test test) const {
    std::set<AssetId> found;
    for (const AssetId id : ids(network_.assets)) {
      const auto possible = output_.possible.find(id);
      if (possible != output_.possible.end() && possible->second > 0 && test(network_.assets[id])) found.insert(id);
    }
    return found;
  }

  void find_facilities() {
    for (const AssetId asset : ids(network_.assets)) {
      for (const FacilityId id : network_.assets[asset].facilities) {
        const Facility& facility = world_.facilities[id];
        if (facility.capacity <= 0 || (facility.until && *facility.until <= from_)) continue;
        Shock shock = outage("facility-" + facility.id, from_);
        shock.facility = id;
        add(TargetKind::facility, facility.id, name_of(facility.name, facility.id), shock, {asset});
      }
    }
  }

  void find_sites() {
    for (const AssetId asset : assets_where([](const plan::Asset&) { return true; })) {
      const plan::Asset& site = network_.assets[asset];
      const Technology& technology = world_.technologies[site.technology];
      const Region& region = world_.regions[site.region];
      const std::string owner = site.owner.is_valid() ? world_.organisations[site.owner].id : "";
      std::string id = fmt::format("{}@{}@{}", technology.id, region.id, owner);
      Shock shock = outage("site-" + id, from_);
      shock.technology = site.technology;
      shock.region = only(site.region);
      if (site.owner.is_valid()) shock.owners = {site.owner};
      std::string name =
          fmt::format("{} in {}", name_of(technology.name, technology.id), name_of(region.name, region.id));
      if (site.owner.is_valid()) name += fmt::format(", {}", name_of(world_.organisations[site.owner].name, owner));
      add(TargetKind::site, std::move(id), name, std::move(shock), {asset});
    }
  }

  void find_owners() {
    for (const OrganisationId id : ids(world_.organisations)) {
      const auto assets = assets_where([&](const plan::Asset& asset) { return world_.belongs_to(asset.owner, id); });
      if (assets.empty()) continue;
      const Organisation& organisation = world_.organisations[id];
      Shock shock = outage("owner-" + organisation.id, from_);
      shock.owners = {id};
      add(TargetKind::owner, organisation.id, name_of(organisation.name, organisation.id), shock, assets);
    }
  }

  void find_countries() {
    for (const RegionId id : ids(world_.regions)) {
      if (world_.regions[id].country != id) continue;
      const auto assets =
          assets_where([&](const plan::Asset& asset) { return world_.regions[asset.region].country == id; });
      if (assets.empty()) continue;
      Shock shock = outage("country-" + world_.regions[id].id, from_);
      shock.region = only(id);
      add(TargetKind::country, world_.regions[id].id, name_of(world_.regions[id].name, world_.regions[id].id), shock,
          assets);
    }
  }

  void find_commodities() {
    for (const CommodityId commodity : ids(world_.commodities)) {
      for (const RegionId country : ids(world_.regions)) {
        if (world_.regions[country].country != country) continue;
        const auto assets = assets_where([&](const plan::Asset& asset) {
          return world_.regions[asset.region].country == country &&
                 world_.technologies[asset.technology].output == commodity;
        });
        if (assets.empty()) continue;
        const Commodity& good = world_.commodities[commodity];
        const Region& place = world_.regions[country];
        Shock shock = outage(fmt::format("commodity-{}@{}", good.id, place.id), from_);
        shock.region = only(country);
        shock.commodities = {commodity};
        add(TargetKind::commodity, fmt::format("{}@{}", good.id, place.id),
            fmt::format("{} from {}", name_of(good.name, good.id), name_of(place.name, place.id)), shock, assets);
      }
    }
  }

  void find_lanes() {
    for (const LaneId id : ids(world_.lanes)) {
      const Lane& lane = world_.lanes[id];
      if (lane.until && *lane.until <= from_) continue;
      Shock shock = outage("lane-" + lane.id, from_);
      shock.kind = ShockKind::lane_closure;
      shock.lane = id;
      add(TargetKind::lane, lane.id, name_of(lane.name, lane.id), shock, {});
    }
  }

  void find_groups() {
    for (const Group& group : world_.groups) {
      RegionSet set;
      set.is_given = true;
      set.members = group.members;
      const auto assets =
          assets_where([&](const plan::Asset& asset) { return world_.contains(set, asset.region, from_); });
      if (assets.empty()) continue;
      Shock shock = outage("group-" + group.id, from_);
      shock.region = set;
      add(TargetKind::group, group.id, group.id, shock, assets);
    }
  }

  const World& world_;
  const plan::Network& network_;
  Date from_;
  Output output_;
  std::vector<Target> targets_;
};

/// Σ share² and the share of the largest three; `largest` gets the keys of those.
template <class Key>
void concentrate(const std::map<Key, double>& amounts, double total, double& index, double& top,
                 std::vector<Key>& largest) {
  std::vector<std::pair<double, Key>> shares;
  for (const auto& [key, amount] : amounts) {
    index += amount / total * (amount / total);
    shares.emplace_back(amount / total, key);
  }
  std::stable_sort(shares.begin(), shares.end(),
                   [](const auto& left, const auto& right) { return left.first > right.first; });
  for (std::size_t at = 0; at < std::min<std::size_t>(3, shares.size()); ++at) {
    top += shares[at].first;
    largest.push_back(shares[at].second);
  }
}

}  // namespace

const char* to_string(TargetKind kind) {
  switch (kind) {
    case TargetKind::facility:
      return "facility";
    case TargetKind::site:
      return "site";
    case TargetKind::owner:
      return "owner";
    case TargetKind::country:
      return "country";
    case TargetKind::commodity:
      return "commodity";
    case TargetKind::lane:
      return "lane";
    case TargetKind::group:
      return "group";
  }
  return "";
}

std::vector<Target> targets_of(const World& world, const plan::Plan& plan, const std::vector<TargetKind>& kinds,
                               Date from) {
  Finder finder(world, plan, from);
  for (const TargetKind kind : kinds) finder.find(kind);
  return finder.take();
}

std::vector<Concentration> concentrations_of(const World& world, const plan::Plan& plan, Date from) {
  const Output output = outputs_of(world, plan, from);
  std::vector<Concentration> all;
  for (const auto& [commodity, total] : output.total) {
    if (total <= 0) continue;
    std::map<RegionId, double> countries;
    std::map<OrganisationId, double> owners;
    for (const auto& [asset, made] : output.made) {
      const plan::Asset& row = plan.problem.network.assets[asset];
      if (world.technologies[row.technology].output != commodity || made <= 0) continue;
      countries[world.regions[row.region].country] += made;
      owners[row.owner] += made;
    }
    Concentration found;
    found.commodity = commodity;
    concentrate(countries, total, found.countries_hhi, found.top_countries, found.countries);
    std::vector<OrganisationId> largest;
    concentrate(owners, total, found.owners_hhi, found.top_owners, largest);
    all.push_back(std::move(found));
  }
  return all;
}

Ranking rank(const World& world, const plan::Plan& plan, std::vector<Target> targets, const RankOptions& options,
             RoundStore* store) {
  Ranking ranking;
  ranking.targets = std::move(targets);
  for (const Target& target : ranking.targets) {
    Scenario scenario;
    scenario.index = ranking.scenarios.size();
    Hit hit;
    hit.shock = ranking.shocks.push_back(target.shock);
    hit.begin_months = options.from.months;
    scenario.hits.push_back(hit);
    ranking.scenarios.push_back(std::move(scenario));
  }
  StressOptions stress = options.stress;
  stress.pool_size = rank_pool_size;
  ranking.result = run_stress(world, ranking.shocks, plan, ranking.scenarios, stress, store);
  return ranking;
}

}  // namespace pinchpoint::stress
