// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "domain/world/internal/loader.hpp"
#include "domain/world/shocks/internal/shock_checks.hpp"
#include "domain/world/shocks/shock_list.hpp"

namespace pinchpoint {

namespace internal {

namespace {

ShockKind kind_of(const std::string& text) {
  constexpr std::array kinds = {ShockKind::embargo,      ShockKind::licence,         ShockKind::outage,
                                ShockKind::earthquake,   ShockKind::power_cut,       ShockKind::lane_closure,
                                ShockKind::demand_surge, ShockKind::budget_collapse, ShockKind::rule_change};
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](ShockKind kind) { return text == to_string(kind); });
  ensure(found != kinds.end(), "a kind of shock that the schema does not have");
  return *found;
}

/// Names that no other loader needs.
struct ShockNames {
  explicit ShockNames(const World& world) {
    for (const FacilityId id : ids(world.facilities)) facilities.add(world.facilities[id].id, id);
    for (const MeasureId id : ids(world.measures)) measures.add(world.measures[id].id, id);
  }
  NameIndex<FacilityId> facilities;
  NameIndex<MeasureId> measures;
};

/// An organisation, or those of a group; complains if that has none.
std::vector<OrganisationId> load_organisations(const Row& row, Loader& loader, std::string_view column) {
  if (!row.has(column)) return {};
  if (const auto one = row.id(column, loader.organisations); one.is_valid()) return {one};
  std::vector<OrganisationId> found;
  for (const Member& member : loader.world.groups[row.id(column, loader.groups)].members) {
    if (member.organisation.is_valid()) found.push_back(member.organisation);
  }
  if (found.empty()) row.complain(Code::empty_group, column, fmt::format("'{}' has no organisation", row.text(column)));
  return found;
}

void load_target(const Row& row, Loader& loader, const ShockNames& names, Shock& shock) {
  if (row.has("commodity") || row.has("layer")) shock.commodities = load_commodity_or_layer(row, loader);
  shock.technology = row.id("technology", loader.technologies);
  shock.region = load_region_set(row, loader, "region");
  shock.to = load_region_set(row, loader, "to");
  shock.owners = load_organisations(row, loader, "owner");
  shock.facility = row.id("facility", names.facilities);
  shock.lane = row.id("lane", loader.lanes);
  shock.programme = row.id("programme", loader.programmes);
  shock.payers = load_organisations(row, loader, "payer");
  shock.measure = row.id("measure", names.measures);
  shock.change = row.text("change") == "tighten" ? RuleChange::tighten : RuleChange::lift;
  shock.rules_as_of = row.text("rules_as_of");
  shock.any_one = row.boolean("any_one");
}

void load_depth(const Row& row, Loader& loader, Shock& shock) {
  const auto depth = row.figure(parsed_unit(loader, "1"));
  if (!depth) return;
  const double written = row.number("depth");
  const double factor = written == 0 ? 1 : *depth / written;
  shock.depth = *depth;
  shock.depth_low = row.has("low") ? std::min(row.number("low") * factor, *depth) : *depth;
  shock.depth_high = row.has("high") ? std::max(row.number("high") * factor, *depth) : *depth;
}

void load_times(const Row& row, Shock& shock) {
  shock.from = *row.date("from");
  shock.from_until = row.date("from_until");
  if (row.has("duration_months")) {
    shock.duration_months = row.number("duration_months");
    shock.duration_low = row.has("duration_low") ? row.number("duration_low") : *shock.duration_months;
    shock.duration_high = row.has("duration_high") ? row.number("duration_high") : *shock.duration_months;
  }
  shock.recovery_months = row.number("recovery_months");
  const std::string shape = row.has("recovery") ? row.text("recovery") : shock.recovery_months > 0 ? "linear" : "step";
  shock.recovery = shape == "linear"        ? RecoveryShape::linear
                   : shape == "exponential" ? RecoveryShape::exponential
                                            : RecoveryShape::step;
}

void load_chance(const Row& row, Shock& shock) {
  if (row.has("probability")) {
    shock.chance = row.text("probability_per") == "year" ? ShockChance::yearly : ShockChance::once;
    shock.probability = row.number("probability");
  }
  shock.cluster = row.text("cluster");
  if (row.has("correlation")) shock.correlation = row.number("correlation");
}

Shock shock_of(const Row& row, Loader& loader, const ShockNames& names) {
  Shock shock;
  shock.id = row.text("id");
  shock.name = row.has("name") ? row.text("name") : shock.id;
  shock.kind = kind_of(row.text("kind"));
  shock.sources = row.ids("source");
  shock.confidence = row.confidence();
  shock.where = row.where("id");
  load_target(row, loader, names, shock);
  load_depth(row, loader, shock);
  load_times(row, shock);
  load_chance(row, shock);
  return shock;
}

/// Names of what a world that is loaded already consists of, as far as shocks may refer to it.
void index_names(Loader& loader) {
  const World& world = loader.world;
  const auto add_all = [](const auto& things, auto& names) {
    for (const auto id : ids(things)) names.add(things[id].id, id);
  };
  add_all(world.layers, loader.layers);
  add_all(world.regions, loader.regions);
  add_all(world.organisations, loader.organisations);
  add_all(world.groups, loader.groups);
  add_all(world.commodities, loader.commodities);
  add_all(world.technologies, loader.technologies);
  add_all(world.lanes, loader.lanes);
  add_all(world.programmes, loader.programmes);
}

}  // namespace

void load_shocks(Loader& loader) {
  if (loader.folder.table("shocks").row_count() == 0) return;
  const ShockNames names(loader.world);
  for_each_row(loader, "shocks", [&](const Row& row) {
    const std::size_t before = loader.diagnostics.error_count();
    if (!check_shock_form(row, loader)) return;
    const Shock shock = shock_of(row, loader, names);
    check_shock_figures(row, loader, shock);
    if (loader.diagnostics.error_count() == before) check_shock_matches(row, loader, shock);
    loader.world.shocks.push_back(shock);
  });
}

}  // namespace internal

Result<Shocks> load_shocks(const World& world, const tables::ModelFolder& folder,
                           const std::vector<std::filesystem::path>& paths) {
  const auto beside = tables::read_beside(folder, "shocks", paths);
  if (!beside) return beside.error();
  // Loaders write to the world they are given.
  World with_shocks = world;
  with_shocks.shocks = {};
  Diagnostics diagnostics;
  internal::Loader loader{*beside, with_shocks, diagnostics, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  internal::index_names(loader);
  internal::load_shocks(loader);
  if (diagnostics.has_errors()) return diagnostics;
  return std::move(with_shocks.shocks);
}

}  // namespace pinchpoint
