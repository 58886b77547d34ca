// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "delivery/results/tables/result_tables.hpp"

namespace pinchpoint::results {

namespace {

using enum CellType;

template <class Things, class Ids>
std::string_view id_of(const Things& things, Ids id) {
  return id.is_valid() ? std::string_view(things[id].id) : std::string_view();
}

std::string_view view(const std::string& word) { return word; }

Cell number_or_nothing(const std::optional<double>& number) { return number ? Cell(*number) : Cell(); }

const char* to_string(RegionKind kind) {
  switch (kind) {
    case RegionKind::world:
      return "world";
    case RegionKind::country:
      return "country";
    case RegionKind::state:
      return "state";
    case RegionKind::site:
      return "site";
    case RegionKind::account:
      return "account";
  }
  return "";
}

const char* to_string(MeasureKind kind) {
  switch (kind) {
    case MeasureKind::ban:
      return "ban";
    case MeasureKind::quota:
      return "quota";
    case MeasureKind::licence_share:
      return "licence_share";
    case MeasureKind::tariff:
      return "tariff";
    case MeasureKind::subsidy:
      return "subsidy";
    case MeasureKind::content:
      return "content";
    case MeasureKind::watch:
      return "watch";
  }
  return "";
}

void write_layers(const World& world, Database& database) {
  TableWriter table(database, {"layers", {{"id"}, {"name"}, {"position", integer}}});
  for (const Layer& layer : world.layers) {
    table.row({view(layer.id), view(layer.name), static_cast<std::int64_t>(layer.position)});
  }
}

void write_commodities(const World& world, Database& database) {
  TableWriter table(database, {"commodities", {{"id"}, {"name"}, {"layer"}, {"unit"}}});
  for (const Commodity& commodity : world.commodities) {
    table.row(
        {view(commodity.id), view(commodity.name), id_of(world.layers, commodity.layer), view(commodity.unit.text())});
  }
}

void write_regions(const World& world, Database& database) {
  TableWriter table(
      database,
      {"regions", {{"id"}, {"name"}, {"kind"}, {"parent"}, {"country"}, {"latitude", number}, {"longitude", number}}});
  for (const Region& region : world.regions) {
    table.row({view(region.id), view(region.name), std::string_view(to_string(region.kind)),
               id_of(world.regions, region.parent), id_of(world.regions, region.country),
               number_or_nothing(region.latitude), number_or_nothing(region.longitude)});
  }
}

void write_organisations(const World& world, Database& database) {
  TableWriter table(database, {"organisations", {{"id"}, {"name"}, {"seat"}, {"parent"}}});
  for (const Organisation& organisation : world.organisations) {
    table.row({view(organisation.id), view(organisation.name), id_of(world.regions, organisation.seat),
               id_of(world.organisations, organisation.parent)});
  }
}

void write_technologies(const World& world, Database& database) {
  TableWriter table(database, {"technologies", {{"id"}, {"name"}, {"output"}, {"capacity_unit"}}});
  for (const Technology& technology : world.technologies) {
    table.row({view(technology.id), view(technology.name), id_of(world.commodities, technology.output),
               view(technology.capacity_unit.text())});
  }
}

void write_programmes(const World& world, Database& database) {
  TableWriter table(database, {"programmes", {{"id"}, {"name"}, {"commodity"}, {"region"}, {"payer"}}});
  for (const Programme& programme : world.programmes) {
    table.row({view(programme.id), view(programme.name), id_of(world.commodities, programme.commodity),
               id_of(world.regions, programme.region), id_of(world.organisations, programme.payer)});
  }
}

void write_lanes_and_measures(const World& world, Database& database) {
  TableWriter lanes(database, {"lanes", {{"id"}, {"name"}}});
  for (const Lane& lane : world.lanes) lanes.row({view(lane.id), view(lane.name)});
  TableWriter measures(database, {"measures", {{"id"}, {"name"}, {"kind"}}});
  for (const Measure& measure : world.measures) {
    measures.row({view(measure.id), view(measure.name), std::string_view(to_string(measure.kind))});
  }
}

void write_time(const World& world, Database& database) {
  TableWriter periods(database, {"periods", {{"id"}, {"begins"}, {"years", number}, {"discount", number}}});
  for (const PeriodId period : world.timeline.periods()) {
    const std::string label = world.timeline.label(period);
    const std::string begins = to_string(world.timeline.begin_of(period));
    periods.row({view(label), view(begins), world.timeline.years(period), world.discount(period)});
  }
  TableWriter slices(database, {"slices", {{"id"}, {"name"}, {"weight", number}}});
  for (const Slice& slice : world.slices)
    slices.row({view(slice.id), view(slice.name), slice.weight.at(world.timeline.start()).value_or(0)});
}

void write_families(Database& database) {
  TableWriter table(database, {"families", {{"name"}, {"table_name"}, {"about"}}});
  for (const plan::FamilyInfo& family : plan::families()) {
    const std::string name = (family.is_row ? "dual_" : "value_") + std::string(family.name);
    table.row({family.name, view(name), family.about});
  }
}

}  // namespace

void write_world_tables(const TableSource& source, Database& database) {
  write_layers(source.world, database);
  write_commodities(source.world, database);
  write_regions(source.world, database);
  write_organisations(source.world, database);
  write_technologies(source.world, database);
  write_programmes(source.world, database);
  write_lanes_and_measures(source.world, database);
  write_time(source.world, database);
  write_families(database);
}

}  // namespace pinchpoint::results
