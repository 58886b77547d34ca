// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "delivery/importers/pypsa/mapping.hpp"

namespace pinchpoint::importers::pypsa {

namespace {

double above_zero(double value, double) { return std::max(value, 0.0); }

void add_energy_sum(Mapping& mapping, const Component& component, const std::string& id, const Terms& flow) {
  for (const bool is_least : {true, false}) {
    const char* const attribute = is_least ? "e_sum_min" : "e_sum_max";
    const double value = component.number(attribute, is_least ? -infinity : infinity);
    if (std::isinf(value)) continue;
    Terms terms = scaled(flow, mapping.weights.generators);
    const std::string limit = fmt::format("{}-{}", id, is_least ? "energy-least" : "energy-most");
    if (mapping.weights.generators.varies()) terms = mapping.model.add_meters(limit + "-meter", terms, unit::energy);
    mapping.model.add_limit({.id = limit,
                             .name = fmt::format("{} of {}", attribute, component.name()),
                             .sense = is_least ? "at_least" : "at_most",
                             .per = "horizon",
                             .terms = terms,
                             .value = value,
                             .unit = unit::energy});
  }
}

}  // namespace

void add_generators(Mapping& mapping) {
  for (const Component& generator : components(mapping.network, "generators", mapping.complaints)) {
    mapping.refuse_flag(generator, "committable", "unit commitment");
    mapping.refuse_flag(generator, "maintainable", "scheduled maintenance");
    const std::string id = mapping.model.fresh_id("generator", generator.name());
    const Good bus = mapping.good(generator, "bus");
    const Terms flow = mapping.model.add_activity({.id = id,
                                                   .name = generator.name(),
                                                   .region = bus.region,
                                                   .ports = {{bus, generator.number("sign", 1)}},
                                                   .low = generator.series("p_min_pu", 0),
                                                   .high = generator.series("p_max_pu", 1),
                                                   .capacity = mapping.capacity(generator, "p_nom"),
                                                   .marginal_cost = mapping.marginal_cost(generator)});
    mapping.add_set_points(generator, "p_set", flow, id);
    mapping.add_ramps(generator, flow, id);
    add_energy_sum(mapping, generator, id, flow);
    mapping.mapped[{"generators", generator.name()}] = {flow, id, {}, generator.flag("p_nom_extendable", false)};
  }
}

namespace {

/// What a load feeds in: fixed by a floor that is its ceiling.
void add_feed_in(Mapping& mapping, const Component& load, const std::string& id, const Good& bus, const Series& power) {
  const double most = power.most();
  const Series share = Series::combine(power, most, [](double value, double top) { return value / top; });
  (void)mapping.model.add_activity({.id = id,
                                    .name = load.name(),
                                    .region = bus.region,
                                    .ports = {{bus, 1.0}},
                                    .low = share,
                                    .high = share,
                                    .capacity = {.standing = most},
                                    .note = "a load below zero: must run"});
}

void add_demand(Mapping& mapping, const Component& load, const std::string& id, const Good& bus, const Series& power) {
  const Series& hours = mapping.weights.hours;
  double energy = 0;
  for (std::size_t slice = 0; slice < mapping.model.slice_count(); ++slice) energy += power.at(slice) * hours.at(slice);
  const double mean = power.varies() ? energy / mapping.weights.total_hours : power.at(0);
  mapping.model.folder().add(
      "programmes",
      {{"id", id}, {"name", load.name()}, {"commodity", bus.commodity}, {"region", bus.region}, {"payer", "system"}});
  mapping.model.add_row(
      "programme_parameters",
      {{"programme", id}, {"parameter", "demand"}, {"value", number_text(mean)}, {"unit", unit::power}});
  if (!power.varies()) return;
  const std::vector<std::string>& slices = mapping.model.slices();
  for (std::size_t slice = 0; slice < slices.size(); ++slice) {
    mapping.model.add_row(
        "profiles",
        {{"programme", id}, {"slice", slices[slice]}, {"value", number_text(power.at(slice) / mean)}, {"unit", "1"}});
  }
}

}  // namespace

void add_loads(Mapping& mapping) {
  for (const Component& load : components(mapping.network, "loads", mapping.complaints)) {
    const Good bus = mapping.good(load, "bus");
    const Series drawn = load.series("p_set", 0) * Series(-load.number("sign", -1));
    const Series demand = Series::combine(drawn, 0.0, above_zero);
    const Series feed_in = Series::combine(-drawn, 0.0, above_zero);
    const std::string id = mapping.model.fresh_id("load", load.name());
    if (!demand.is(0)) add_demand(mapping, load, id, bus, demand);
    if (!feed_in.is(0))
      add_feed_in(mapping, load, demand.is(0) ? id : mapping.model.fresh_id("feed-in", id + "-feed-in"), bus, feed_in);
  }
}

}  // namespace pinchpoint::importers::pypsa
