// SPDX-License-Identifier: Apache-2.0
#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

Trade trade_of(const std::string& text) {
  if (text == "market") return Trade::market;
  if (text == "country") return Trade::country;
  if (text == "local") return Trade::local;
  ensure(text == "lanes", "a kind of trade that the schema does not have");
  return Trade::lanes;
}

struct Target {
  RegionalValue* value;
  Unit unit;
};

Target parameter_of(const Loader& loader, Commodity& commodity, const std::string& parameter) {
  const UnitSystem& units = *loader.folder.units;
  const Unit per_amount = units.divide(money_unit(loader), commodity.unit);
  if (parameter == "price") return {&commodity.price, per_amount};
  if (parameter == "transport_cost") return {&commodity.transport_cost, per_amount};
  if (parameter == "holding_cost") return {&commodity.holding_cost, per_year(loader, per_amount)};
  if (parameter == "decay") return {&commodity.decay, per_year(loader, parsed_unit(loader, "1"))};
  if (parameter == "penalty") return {&commodity.penalty, per_amount};
  ensure(parameter == "transit_time", "a commodity parameter that the schema does not have");
  return {&commodity.transit_time, parsed_unit(loader, "year")};
}

}  // namespace

void load_commodities(Loader& loader) {
  World& world = loader.world;
  for_each_row(loader, "commodities", [&](const Row& row) {
    Commodity commodity;
    commodity.id = row.text("id");
    commodity.name = row.has("name") ? row.text("name") : commodity.id;
    commodity.layer = row.id("layer", loader.layers);
    commodity.unit = loader.folder.units->parse(row.text("unit")).value_or(Unit{});
    commodity.trade = trade_of(row.text("trade"));
    commodity.is_storable = row.boolean("storable");
    commodity.is_by_slice = row.boolean("by_slice");
    commodity.has_free_disposal = row.text("disposal") != "none";
    commodity.is_balanced = row.text("disposal") != "counted";
    loader.commodities.add(commodity.id, world.commodities.push_back(commodity));
  });
  for_each_row(loader, "commodity_parameters", [&](const Row& row) {
    Commodity& commodity = world.commodities[row.id("commodity", loader.commodities)];
    const Target target = parameter_of(loader, commodity, row.text("parameter"));
    const auto value = row.figure(target.unit);
    if (value) target.value->entry(row.id("region", loader.regions), {}).set(row.date("from"), *value);
  });
}

}  // namespace pinchpoint::internal
