// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "delivery/importers/osemosys/map/mapping.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

std::string name_unless_same(const std::string& name, const std::string& id) {
  return name == id ? std::string() : name;
}

bool is_traded(const Mapping& mapping, int fuel) {
  for (const Parameter::Series& route : mapping.foreign.parameter("TradeRoute").series()) {
    if (route.index[2] == fuel && route.index[0] != route.index[1]) return true;
  }
  return false;
}

void add_goods(Mapping& mapping) {
  const ForeignModel& foreign = mapping.foreign;
  for (int fuel = 0; fuel < foreign.count(Set::fuel); ++fuel) {
    const std::string& id = mapping.fuels[static_cast<std::size_t>(fuel)];
    mapping.folder.add("commodities", {{"id", id},
                                       {"name", name_unless_same(foreign.set(Set::fuel)[fuel], id)},
                                       {"layer", "fuels"},
                                       {"unit", Mapping::activity},
                                       {"trade", is_traded(mapping, fuel) ? "lanes" : "local"},
                                       {"by_slice", "yes"},
                                       {"disposal", "free"}});
  }
  for (int store = 0; store < foreign.count(Set::storage); ++store) {
    const auto at = static_cast<std::size_t>(store);
    mapping.folder.add("commodities", {{"id", mapping.stored[at]},
                                       {"name", fmt::format("stored in {}", foreign.set(Set::storage)[store])},
                                       {"layer", "stored"},
                                       {"unit", Mapping::activity},
                                       {"trade", "local"},
                                       {"by_slice", "yes"},
                                       {"disposal", foreign.has_storage_rules ? "counted" : "none"}});
  }
  for (int emission = 0; emission < foreign.count(Set::emission); ++emission) {
    const std::string& id = mapping.emissions[static_cast<std::size_t>(emission)];
    mapping.folder.add("commodities", {{"id", id},
                                       {"name", name_unless_same(foreign.set(Set::emission)[emission], id)},
                                       {"layer", "emissions"},
                                       {"unit", Mapping::emission},
                                       {"trade", "local"},
                                       {"by_slice", "no"},
                                       {"disposal", "counted"}});
  }
}

/// EmissionsPenalty, paid in the middle of the year.
void add_penalties(Mapping& mapping) {
  for (const Parameter::Series& penalty : mapping.foreign.parameter("EmissionsPenalty").series()) {
    std::vector<double> values = penalty.values;
    for (int year = 0; year < mapping.years(); ++year) {
      values[static_cast<std::size_t>(year)] *= mapping.money.running(penalty.index[0], year);
    }
    Mapping::for_each_change(mapping, values, [&](const std::string& from, double value) {
      mapping.folder.add("commodity_parameters",
                         {{"commodity", mapping.emissions[static_cast<std::size_t>(penalty.index[1])]},
                          {"parameter", "penalty"},
                          {"region", mapping.region_filter(penalty.index[0])},
                          {"from", from},
                          {"value", number_text(value)},
                          {"unit", fmt::format("{}/{}", mapping.currency, Mapping::emission)},
                          {"source", Mapping::source}});
    });
  }
}

}  // namespace

void map_places_and_goods(Mapping& mapping) {
  const ForeignModel& foreign = mapping.foreign;
  mapping.folder.add("layers", {{"id", "emissions"}, {"position", "3"}});
  mapping.folder.add("layers", {{"id", "fuels"}, {"position", "1"}});
  mapping.folder.add("layers", {{"id", "stored"}, {"position", "2"}});
  for (int region = 0; region < foreign.count(Set::region); ++region) {
    const std::string& id = mapping.regions[static_cast<std::size_t>(region)];
    mapping.folder.add(
        "regions", {{"id", id}, {"name", name_unless_same(foreign.set(Set::region)[region], id)}, {"kind", "country"}});
  }
  mapping.folder.add("organisations",
                     {{"id", mapping.owner}, {"name", "the planner of all regions"}, {"kind", "aggregate"}});
  add_goods(mapping);
  add_penalties(mapping);
}

}  // namespace pinchpoint::importers::osemosys
