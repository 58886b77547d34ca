// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

void load_layers(Loader& loader) {
  for_each_row(loader, "layers", [&](const Row& row) {
    const std::string id = row.text("id");
    loader.layers.add(id, loader.world.layers.push_back(
                              {id, row.has("name") ? row.text("name") : id, static_cast<int>(row.number("position"))}));
  });
}

RegionKind region_kind(const std::string& text) {
  if (text == "world") return RegionKind::world;
  if (text == "country") return RegionKind::country;
  if (text == "state") return RegionKind::state;
  if (text == "site") return RegionKind::site;
  ensure(text == "account", "a region kind that the schema does not have");
  return RegionKind::account;
}

/// Complains about things that are their own ancestors, and takes their parents away: whoever walks up the parents
/// later comes to an end.
template <class Things, class IdType>
void check_parents(Loader& loader, std::string_view table, Things& things, const NameIndex<IdType>& names) {
  std::vector<IdType> own_ancestors;
  for_each_row(loader, table, [&](const Row& row) {
    const IdType self = names.find(row.text("id"));
    IdType ancestor = things[self].parent;
    for (std::size_t steps = 0; ancestor.is_valid() && ancestor != self && steps <= things.size(); ++steps) {
      ancestor = things[ancestor].parent;
    }
    if (ancestor != self) return;
    row.complain(Code::parent_cycle, "parent", fmt::format("'{}' is its own ancestor", row.text("id")));
    own_ancestors.push_back(self);
  });
  for (const IdType self : own_ancestors) things[self].parent = IdType{};
}

void load_regions(Loader& loader) {
  World& world = loader.world;
  for_each_row(loader, "regions", [&](const Row& row) {
    Region region;
    region.id = row.text("id");
    region.name = row.has("name") ? row.text("name") : region.id;
    region.kind = region_kind(row.text("kind"));
    if (row.has("latitude")) region.latitude = row.number("latitude");
    if (row.has("longitude")) region.longitude = row.number("longitude");
    loader.regions.add(region.id, world.regions.push_back(region));
  });
  for_each_row(loader, "regions", [&](const Row& row) {
    world.regions[loader.regions.find(row.text("id"))].parent = row.id("parent", loader.regions);
  });
  check_parents(loader, "regions", world.regions, loader.regions);
  for (Region& region : world.regions) {
    for (RegionId at = loader.regions.find(region.id); at.is_valid(); at = world.regions[at].parent)
      region.lineage.push_back(at);
    region.country = region.lineage.front();
    for (const RegionId ancestor : region.lineage) {
      if (world.regions[ancestor].kind != RegionKind::world) region.country = ancestor;
    }
  }
}

void load_organisations(Loader& loader) {
  World& world = loader.world;
  for_each_row(loader, "organisations", [&](const Row& row) {
    Organisation organisation;
    organisation.id = row.text("id");
    organisation.name = row.has("name") ? row.text("name") : organisation.id;
    organisation.seat = row.id("seat", loader.regions);
    loader.organisations.add(organisation.id, world.organisations.push_back(organisation));
  });
  for_each_row(loader, "organisations", [&](const Row& row) {
    world.organisations[loader.organisations.find(row.text("id"))].parent = row.id("parent", loader.organisations);
  });
  check_parents(loader, "organisations", world.organisations, loader.organisations);
  const Unit rate = per_year(loader, parsed_unit(loader, "1"));
  for_each_row(loader, "organisation_parameters", [&](const Row& row) {
    const auto value = row.figure(rate);
    if (!value) return;
    world.organisations[row.id("organisation", loader.organisations)].cost_of_capital.set(row.date("from"), *value);
  });
}

void load_groups(Loader& loader) {
  for_each_row(loader, "groups", [&](const Row& row) {
    const std::string name = row.text("group");
    GroupId group = loader.groups.find(name);
    if (!group.is_valid()) {
      group = loader.world.groups.push_back({name, {}});
      loader.groups.add(name, group);
    }
    loader.world.groups[group].members.push_back({row.id("member", loader.regions),
                                                  row.id("member", loader.organisations), row.date("from"),
                                                  row.date("until")});
  });
}

}  // namespace

void load_places(Loader& loader) {
  load_layers(loader);
  load_regions(loader);
  load_organisations(loader);
  load_groups(loader);
}

}  // namespace pinchpoint::internal
