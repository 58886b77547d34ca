// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <set>

#include "domain/world/world.hpp"

namespace pinchpoint {

namespace {

/// A technology at a place, whether standing or an option.
struct Place {
  TechnologyId technology;
  RegionId region;
  friend auto operator<=>(const Place&, const Place&) = default;
};

std::set<Place> places_of(const World& world) {
  std::set<Place> places;
  for (const Facility& facility : world.facilities) places.insert({facility.technology, facility.region});
  for (const Option& option : world.options) places.insert({option.technology, option.region});
  return places;
}

/// Which commodities can be had where, were every capacity unlimited; bans are left out of account.
class Reach {
 public:
  explicit Reach(const World& world) : world_(world), places_(places_of(world)) {
    for (const Stock& stock : world.stocks) {
      if (stock.opening > 0) arrive(stock.commodity, stock.region);
    }
    while (spread()) {
    }
  }

  [[nodiscard]] bool has(CommodityId commodity, RegionId region) const {
    // What is only counted has no balance: nothing of it can be missing.
    if (!world_.commodities[commodity].is_balanced) return true;
    if (at_.contains({commodity, region})) return true;
    const Trade trade = world_.commodities[commodity].trade;
    if (trade == Trade::market) return anywhere_.contains(commodity);
    return trade == Trade::country && in_country_.contains({commodity, world_.regions[region].country});
  }
  [[nodiscard]] bool is_made(CommodityId commodity) const { return anywhere_.contains(commodity); }
  /// First input of the technology that cannot be had at the place; invalid if all can. Of a technology with modes,
  /// one that no mode can do without.
  [[nodiscard]] CommodityId missing_input(const Place& place) const;
  [[nodiscard]] const std::set<Place>& places() const { return places_; }

 private:
  bool arrive(CommodityId commodity, RegionId region) {
    anywhere_.insert(commodity);
    in_country_.insert({commodity, world_.regions[region].country});
    return at_.insert({commodity, region}).second;
  }
  [[nodiscard]] CommodityId missing_input(const Place& place, ModeId mode) const;
  bool spread_outputs(const Place& place);
  bool spread();
  bool spread_by_lanes();

  const World& world_;
  std::set<Place> places_;
  std::set<std::pair<CommodityId, RegionId>> at_, in_country_;
  std::set<CommodityId> anywhere_;
};

CommodityId Reach::missing_input(const Place& place) const {
  CommodityId missing = missing_input(place, {});
  if (missing.is_valid()) return missing;
  for (const ModeId mode : world_.technologies[place.technology].modes) {
    missing = missing_input(place, mode);
    if (!missing.is_valid()) return {};
  }
  return missing;
}

/// The same of the lines of one mode only; an invalid mode: of those that belong to every mode.
CommodityId Reach::missing_input(const Place& place, ModeId mode) const {
  std::map<std::string, bool> group_is_served;
  std::map<std::string, CommodityId> first_of_group;
  for (const RecipeLine& line : world_.technologies[place.technology].recipe) {
    if (line.role != RecipeRole::input || line.mode != mode) continue;
    const bool is_served = has(line.commodity, line.at.is_valid() ? line.at : place.region);
    if (line.group.empty()) {
      if (!is_served) return line.commodity;
      continue;
    }
    group_is_served[line.group] |= is_served;
    first_of_group.try_emplace(line.group, line.commodity);
  }
  for (const auto& [group, is_served] : group_is_served) {
    if (!is_served) return first_of_group[group];
  }
  return {};
}

bool Reach::spread() {
  bool changed = spread_by_lanes();
  for (const Place& place : places_) {
    const bool keeps_only = world_.technologies[place.technology].kind == TechnologyKind::store;
    if (!keeps_only && !missing_input(place).is_valid()) changed |= spread_outputs(place);
  }
  return changed;
}

bool Reach::spread_outputs(const Place& place) {
  const Technology& technology = world_.technologies[place.technology];
  bool changed = technology.output.is_valid() && arrive(technology.output, place.region);
  for (const RecipeLine& line : technology.recipe) {
    if (line.role != RecipeRole::output && line.role != RecipeRole::retire) continue;
    if (line.mode.is_valid() && missing_input(place, line.mode).is_valid()) continue;
    changed |= arrive(line.commodity, line.at.is_valid() ? line.at : place.region);
  }
  return changed;
}

bool Reach::spread_by_lanes() {
  bool changed = false;
  for (const Lane& lane : world_.lanes) {
    for (const CommodityId commodity : lane.commodities) {
      bool is_reached = false;
      for (const RegionId origin : lane.origins) is_reached |= has(commodity, origin);
      if (!is_reached) continue;
      for (const RegionId destination : lane.destinations) changed |= arrive(commodity, destination);
    }
  }
  return changed;
}

std::set<CommodityId> used_commodities(const World& world) {
  std::set<CommodityId> used;
  for (const Technology& technology : world.technologies) {
    for (const RecipeLine& line : technology.recipe) {
      if (line.role == RecipeRole::input || line.role == RecipeRole::build) used.insert(line.commodity);
    }
  }
  for (const Programme& programme : world.programmes) used.insert(programme.commodity);
  return used;
}

std::set<CommodityId> commodities_with_maker(const World& world, const Reach& reach) {
  std::set<CommodityId> made;
  for (const Place& place : reach.places()) {
    const Technology& technology = world.technologies[place.technology];
    if (technology.output.is_valid()) made.insert(technology.output);
    for (const RecipeLine& line : technology.recipe) {
      if (line.role == RecipeRole::output) made.insert(line.commodity);
    }
  }
  return made;
}

void check_commodities(const World& world, const Reach& reach, const tables::ModelFolder& folder,
                       Diagnostics& diagnostics) {
  const std::set<CommodityId> used = used_commodities(world);
  const std::set<CommodityId> has_maker = commodities_with_maker(world, reach);
  for (const CommodityId commodity : ids(world.commodities)) {
    const Commodity& what = world.commodities[commodity];
    // A maker without inputs is another complaint.
    if (used.contains(commodity) && what.is_balanced && !reach.is_made(commodity) && !has_maker.contains(commodity)) {
      diagnostics.add(Code::never_made, place_of(folder, "commodities", what.id),
                      fmt::format("'{}' is used but nothing makes it", what.id));
    }
    if (!used.contains(commodity) && what.is_balanced) {
      diagnostics.add(Code::unused_commodity, place_of(folder, "commodities", what.id),
                      fmt::format("'{}' is neither used nor asked for", what.id));
    }
  }
}

void check_inputs(const World& world, const Reach& reach, const tables::ModelFolder& folder, Diagnostics& diagnostics) {
  for (const Place& place : reach.places()) {
    const CommodityId missing = reach.missing_input(place);
    if (!missing.is_valid()) continue;
    const Technology& technology = world.technologies[place.technology];
    diagnostics.add(Code::unreachable_inputs, place_of(folder, "technologies", technology.id),
                    fmt::format("'{}' at {} cannot get '{}'", technology.id, world.regions[place.region].id,
                                world.commodities[missing].id));
  }
}

void check_programmes(const World& world, const Reach& reach, const tables::ModelFolder& folder,
                      Diagnostics& diagnostics) {
  for (const Programme& programme : world.programmes) {
    if (reach.has(programme.commodity, programme.region)) continue;
    diagnostics.add(Code::programme_unservable, place_of(folder, "programmes", programme.id),
                    fmt::format("nobody can serve programme '{}': '{}' does not reach {}", programme.id,
                                world.commodities[programme.commodity].id, world.regions[programme.region].id));
  }
}

void check_growth(const World& world, const tables::ModelFolder& folder, Diagnostics& diagnostics) {
  std::set<std::pair<Place, OrganisationId>> standing;
  for (const Facility& facility : world.facilities) {
    if (facility.status != FacilityStatus::announced && facility.capacity > 0) {
      standing.insert({{facility.technology, facility.region}, facility.owner});
    }
  }
  for (const Option& option : world.options) {
    const Technology& technology = world.technologies[option.technology];
    const auto lineage = world.lineage(option.region);
    const bool is_limited = technology.growth_limit.applies(lineage, option.owner);
    const bool has_seed = technology.growth_seed.applies(lineage, option.owner);
    if (!is_limited || has_seed || standing.contains({{option.technology, option.region}, option.owner})) continue;
    diagnostics.add(
        Code::growth_from_nothing, place_of(folder, "options", option.id),
        fmt::format("option '{}' can never grow: '{}' has a growth limit, no seed, and nothing stands there", option.id,
                    technology.id));
  }
}

bool counts_programme(const World& world, const LimitTerm& term) {
  return std::any_of(world.programmes.begin(), world.programmes.end(),
                     [&](const Programme& programme) { return term.counts(world, programme); });
}

void check_limits(const World& world, Diagnostics& diagnostics) {
  for (const Limit& limit : world.limits) {
    for (const LimitTerm& term : limit.terms) {
      if (term.what == LimitMeasure::met ? counts_programme(world, term) : !term.technologies.empty()) continue;
      diagnostics.add(Code::limit_term_is_empty, term.where,
                      fmt::format("a term of limit '{}' counts nothing: {}", limit.id,
                                  term.what == LimitMeasure::met ? "no programme asks there"
                                                                 : "nothing stands there or may be ordered"));
    }
  }
}

}  // namespace

SourceSpan place_of(const tables::ModelFolder& folder, std::string_view table, std::string_view id) {
  const tables::Table& rows = folder.table(table);
  const int column = rows.column(rows.schema().key.front());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    if (rows.text(row, column) == id) return rows.where(row, column);
  }
  return {std::string(table) + ".csv", 0, 0, 0};
}

Diagnostics check_structure(const World& world, const tables::ModelFolder& folder) {
  Diagnostics diagnostics;
  const Reach reach(world);
  check_commodities(world, reach, folder, diagnostics);
  check_inputs(world, reach, folder, diagnostics);
  check_programmes(world, reach, folder, diagnostics);
  check_growth(world, folder, diagnostics);
  check_limits(world, diagnostics);
  return diagnostics;
}

}  // namespace pinchpoint
