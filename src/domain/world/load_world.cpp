// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint {

namespace internal {

Unit parsed_unit(const Loader& loader, std::string_view text) {
  const auto unit = loader.folder.units->parse(text);
  ensure(unit.has_value(), fmt::format("unit '{}' of our own cannot be read", text));
  return *unit;
}

Unit money_unit(const Loader& loader) { return parsed_unit(loader, loader.folder.settings.currency); }

Unit per_year(const Loader& loader, const Unit& unit) {
  return loader.folder.units->divide(unit, parsed_unit(loader, "year"));
}

Unit natural_capacity_unit(const Loader& loader, const Technology& technology) {
  if (technology.kind == TechnologyKind::store) return technology.activity_unit;
  return per_year(loader, technology.activity_unit);
}

Unit Row::unit() const {
  const std::string text = has("unit") ? this->text("unit") : "1";
  return loader_.folder.units->parse(text).value_or(Unit{});
}

std::optional<double> Row::figure_if_fits(const Unit& wanted) const {
  const Unit from = unit();
  if (!from.is_valid() || !wanted.is_valid() || !has_figure()) return std::nullopt;
  const auto factor = loader_.folder.units->factor(from, wanted);
  if (!factor) return std::nullopt;
  return number(table_.schema().figure) * *factor;
}

std::optional<double> Row::figure(const Unit& wanted) const {
  if (const auto value = figure_if_fits(wanted)) return value;
  const Unit from = unit();
  if (from.is_valid() && wanted.is_valid() && has_figure()) {
    Diagnostic& item = loader_.diagnostics.add(
        Code::wrong_dimension, where("unit"),
        fmt::format("unit '{}' does not fit: {} was expected", has("unit") ? text("unit") : "", wanted.text()));
    item.found = has("unit") ? text("unit") : "";
    item.expected =
        fmt::format("a unit like {} (found dimension {})", wanted.text(), loader_.folder.units->dimension(from));
  }
  return std::nullopt;
}

void Row::complain(Code code, std::string_view column, std::string message, std::string expected) const {
  Diagnostic& item = loader_.diagnostics.add(code, where(column), std::move(message));
  item.found = has(column) ? text(column) : "";
  item.expected = std::move(expected);
}

RegionSet load_region_set(const Row& row, Loader& loader, std::string_view column) {
  RegionSet set;
  if (!row.has(column)) return set;
  set.is_given = true;
  if (const RegionId region = row.id(column, loader.regions); region.is_valid()) {
    set.members.push_back({region, {}, {}, {}});
  } else if (const GroupId group = row.id(column, loader.groups); group.is_valid()) {
    for (const Member& member : loader.world.groups[group].members) {
      if (member.region.is_valid()) set.members.push_back(member);
    }
  }
  if (set.members.empty()) {
    row.complain(Code::empty_group, column, fmt::format("'{}' covers no region", row.text(column)),
                 "a region, or a group with regions as members");
  }
  return set;
}

std::vector<CommodityId> load_commodity_or_layer(const Row& row, Loader& loader) {
  if (row.has("commodity") == row.has("layer")) {
    row.complain(Code::one_of_two, "commodity", "exactly one of commodity and layer must be filled");
    return {};
  }
  if (row.has("commodity")) return {row.id("commodity", loader.commodities)};
  std::vector<CommodityId> found;
  const LayerId layer = row.id("layer", loader.layers);
  for (const CommodityId commodity : ids(loader.world.commodities)) {
    if (loader.world.commodities[commodity].layer == layer) found.push_back(commodity);
  }
  if (found.empty())
    row.complain(Code::empty_group, "layer", fmt::format("layer '{}' has no commodity", row.text("layer")));
  return found;
}

namespace {

void take_settings(const tables::ModelFolder& folder, World& world) {
  const tables::ModelSettings& settings = folder.settings;
  world.name = settings.name;
  world.title = settings.title;
  if (settings.periods.empty()) {
    const int count = (settings.last.months - settings.start.months) / months_in(settings.step) + 1;
    world.timeline = Timeline(settings.start, settings.step, count);
  } else {
    world.timeline = Timeline(settings.periods, settings.end);
  }
  world.discount_rate = settings.discount_rate;
  world.capital = settings.capital;
  world.capital_paid = settings.capital_paid;
  world.running_paid = settings.running_paid;
  world.currency = settings.currency;
  world.price_year = settings.price_year;
  world.units = folder.units;
}

}  // namespace

}  // namespace internal

Result<World> load_world(const tables::ModelFolder& folder) {
  World world;
  Diagnostics diagnostics;
  internal::take_settings(folder, world);
  internal::Loader loader{folder, world, diagnostics, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  internal::load_places(loader);
  internal::load_commodities(loader);
  internal::load_slices(loader);
  internal::load_technologies(loader);
  internal::load_facilities(loader);
  internal::load_lanes(loader);
  internal::load_programmes(loader);
  internal::load_profiles(loader);
  internal::load_measures(loader);
  internal::load_ruled(loader);
  internal::load_limits(loader);
  internal::load_facts(loader);
  internal::load_shocks(loader);
  if (diagnostics.has_errors()) return diagnostics;
  return world;
}

}  // namespace pinchpoint
