// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "delivery/importers/pypsa/mapping.hpp"

namespace pinchpoint::importers::pypsa {

namespace {

/// A coordinate that fits its column; networks are drawn in other systems too.
std::string coordinate(const Component& bus, std::string_view attribute, double most) {
  const double value = bus.number(attribute, 0);
  return bus.has(attribute) && value >= -most && value <= most ? number_text(value) : std::string();
}

}  // namespace

/// A bus is a region; buses of one carrier share a commodity.
void add_buses(Mapping& mapping) {
  std::map<std::string, std::string> commodities;
  for (const Component& bus : components(mapping.network, "buses", mapping.complaints)) {
    const std::string id = mapping.model.fresh_id("bus", bus.name());
    mapping.model.add_row("regions", {{"id", id},
                                      {"name", bus.name()},
                                      {"kind", "site"},
                                      {"latitude", coordinate(bus, "y", 90)},
                                      {"longitude", coordinate(bus, "x", 180)}});
    const std::string carrier = bus.text("carrier", "AC");
    std::string& commodity = commodities[carrier];
    if (commodity.empty()) {
      commodity = mapping.model.fresh_id("carrier", carrier);
      add_commodity(mapping.model, commodity, carrier);
    }
    mapping.goods[bus.name()] = {commodity, id};
  }
}

void add_commodity(ModelText& model, const std::string& id, const std::string& name) {
  model.folder().add("commodities", {{"id", id},
                                     {"name", name},
                                     {"layer", "energy"},
                                     {"unit", unit::energy},
                                     {"trade", "local"},
                                     {"by_slice", "yes"},
                                     {"disposal", "none"}});
}

}  // namespace pinchpoint::importers::pypsa
