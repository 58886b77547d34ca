// SPDX-License-Identifier: Apache-2.0
#include "domain/world/shocks/shock_list.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pinchpoint {

namespace {

bool is_of_capacity(ShockKind kind) {
  return kind == ShockKind::outage || kind == ShockKind::earthquake || kind == ShockKind::power_cut;
}

bool lets_through(const std::vector<CommodityId>& commodities, CommodityId commodity) {
  return commodities.empty() || std::find(commodities.begin(), commodities.end(), commodity) != commodities.end();
}

bool is_in(const World& world, const RegionSet& set, RegionId region, Date date) {
  return !set.is_given || world.contains(set, region, date);
}

bool belongs_to_any(const World& world, OrganisationId organisation, const std::vector<OrganisationId>& owners) {
  return owners.empty() || std::any_of(owners.begin(), owners.end(),
                                       [&](OrganisationId owner) { return world.belongs_to(organisation, owner); });
}

bool makes_any(const Technology& technology, const std::vector<CommodityId>& commodities) {
  if (technology.output.is_valid() && lets_through(commodities, technology.output)) return true;
  return commodities.empty() || std::any_of(technology.recipe.begin(), technology.recipe.end(), [&](const auto& line) {
           return line.role == RecipeRole::output && lets_through(commodities, line.commodity);
         });
}

}  // namespace

const char* to_string(ShockKind kind) {
  switch (kind) {
    case ShockKind::embargo:
      return "embargo";
    case ShockKind::licence:
      return "licence";
    case ShockKind::outage:
      return "outage";
    case ShockKind::earthquake:
      return "earthquake";
    case ShockKind::power_cut:
      return "power-cut";
    case ShockKind::lane_closure:
      return "lane-closure";
    case ShockKind::demand_surge:
      return "demand-surge";
    case ShockKind::budget_collapse:
      return "budget-collapse";
    case ShockKind::rule_change:
      break;
  }
  return "rule-change";
}

const char* to_string(RecoveryShape shape) {
  switch (shape) {
    case RecoveryShape::step:
      return "step";
    case RecoveryShape::linear:
      return "linear";
    case RecoveryShape::exponential:
      break;
  }
  return "exponential";
}

bool strikes_capacity(const World& world, const Shock& shock, TechnologyId technology, RegionId region,
                      OrganisationId owner) {
  if (!is_of_capacity(shock.kind)) return false;
  if (shock.technology.is_valid() && shock.technology != technology) return false;
  return is_in(world, shock.region, region, shock.from) && belongs_to_any(world, owner, shock.owners) &&
         makes_any(world.technologies[technology], shock.commodities);
}

std::vector<FacilityId> facilities_of(const World& world, const Shock& shock) {
  std::vector<FacilityId> found;
  for (const FacilityId id : ids(world.facilities)) {
    const Facility& facility = world.facilities[id];
    if (shock.facility.is_valid() && shock.facility != id) continue;
    if (strikes_capacity(world, shock, facility.technology, facility.region, facility.owner)) found.push_back(id);
  }
  return found;
}

bool strikes_flow(const World& world, const Shock& shock, CommodityId commodity, RegionId origin,
                  RegionId destination) {
  const bool is_of_flows = shock.kind == ShockKind::embargo || shock.kind == ShockKind::licence ||
                           (shock.kind == ShockKind::lane_closure && !shock.lane.is_valid());
  if (!is_of_flows || !lets_through(shock.commodities, commodity)) return false;
  if (!world.contains(shock.region, origin, shock.from)) return false;
  if (shock.to.is_given) return world.contains(shock.to, destination, shock.from);
  return !world.contains(shock.region, destination, shock.from);
}

bool strikes_lane(const Shock& shock, LaneId lane, CommodityId commodity) {
  return shock.kind == ShockKind::lane_closure && shock.lane.is_valid() && shock.lane == lane &&
         lets_through(shock.commodities, commodity);
}

bool strikes_programme(const World& world, const Shock& shock, ProgrammeId programme) {
  if (shock.kind != ShockKind::demand_surge) return false;
  if (shock.programme.is_valid() && shock.programme != programme) return false;
  const Programme& asked = world.programmes[programme];
  return lets_through(shock.commodities, asked.commodity) && is_in(world, shock.region, asked.region, shock.from) &&
         belongs_to_any(world, asked.payer, shock.payers);
}

bool strikes_budget(const World& world, const Shock& shock, OrganisationId owner) {
  return shock.kind == ShockKind::budget_collapse && belongs_to_any(world, owner, shock.payers);
}

Result<Shocks> select_shocks(const Shocks& shocks, const std::vector<std::string>& ids) {
  Shocks chosen;
  Diagnostics diagnostics;
  for (const std::string& id : ids) {
    const auto found = std::find_if(shocks.begin(), shocks.end(), [&](const Shock& shock) { return shock.id == id; });
    if (found != shocks.end()) {
      chosen.push_back(*found);
      continue;
    }
    std::vector<std::string> names;
    for (const Shock& shock : shocks) names.push_back(shock.id);
    Diagnostic& item =
        diagnostics.add(Code::unknown_name, {"shocks", 0, 0, 0}, fmt::format("shock '{}' is not listed in shocks", id));
    item.found = id;
    const std::string near = closest_name(id, names);
    if (!near.empty()) item.fix = fmt::format("did you mean '{}'?", near);
  }
  if (diagnostics.has_errors()) return diagnostics;
  return chosen;
}

}  // namespace pinchpoint
