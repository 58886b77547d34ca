// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "delivery/importers/pypsa/mapping.hpp"
#include "delivery/importers/pypsa/passive_branches.hpp"

namespace pinchpoint::importers::pypsa {

namespace {

/// Numbers of a component's ports after bus0: columns bus1, bus2, … with a bus in this row.
std::vector<int> further_ports(const Component& component) {
  std::vector<int> ports;
  const SourceTable& table = component.list().statics;
  for (std::size_t column = 0; column < table.column_count(); ++column) {
    const std::string name = table.column_name(column);
    if (!name.starts_with("bus")) continue;
    const ReadNumber number = read_number(std::string_view(name).substr(3));
    if (number.value && *number.value >= 1 && !component.text(name).empty())
      ports.push_back(static_cast<int>(*number.value));
  }
  return ports;
}

/// Links and processes: p with a coefficient at each bus.
void add_converter(Mapping& mapping, const Component& component, const std::string& list,
                   const std::vector<Port>& ports) {
  mapping.refuse_flag(component, "committable", "unit commitment");
  mapping.refuse_flag(component, "maintainable", "scheduled maintenance");
  const std::string id = mapping.model.fresh_id(list == "links" ? "link" : "process", component.name());
  const Terms flow = mapping.model.add_activity({.id = id,
                                                 .name = component.name(),
                                                 .region = ports.front().good.region,
                                                 .ports = ports,
                                                 .low = component.series("p_min_pu", 0),
                                                 .high = component.series("p_max_pu", 1),
                                                 .capacity = mapping.capacity(component, "p_nom"),
                                                 .marginal_cost = mapping.marginal_cost(component)});
  mapping.add_set_points(component, "p_set", flow, id);
  mapping.add_ramps(component, flow, id);
  mapping.mapped[{list, component.name()}] = {flow, id, {}, component.flag("p_nom_extendable", false)};
}

void add_widest_flow(Mapping& mapping, const std::string& id, const Terms& flow, double most) {
  for (const double sign : {1.0, -1.0}) {
    mapping.model.add_limit({.id = id + (sign > 0 ? "-angle" : "-angle-back"),
                             .name = {},
                             .sense = "at_most",
                             .per = "slice",
                             .terms = scaled(flow, sign),
                             .value = most,
                             .unit = unit::power});
  }
}

}  // namespace

void add_links(Mapping& mapping) {
  for (const Component& link : components(mapping.network, "links", mapping.complaints)) {
    std::vector<Port> ports = {{mapping.good(link, "bus0"), -1.0}};
    for (const int port : further_ports(link)) {
      const std::string number = port == 1 ? std::string() : fmt::format("{}", port);
      mapping.refuse_unless(link, "delay" + number, 0, "a delay of delivery");
      ports.push_back({mapping.good(link, fmt::format("bus{}", port)), link.series("efficiency" + number, 1)});
    }
    add_converter(mapping, link, "links", ports);
  }
}

void add_processes(Mapping& mapping) {
  for (const Component& process : components(mapping.network, "processes", mapping.complaints)) {
    std::vector<Port> ports = {{mapping.good(process, "bus0"), process.series("rate0", -1)}};
    for (const int port : further_ports(process)) {
      mapping.refuse_unless(process, fmt::format("delay{}", port), 0, "a delay of delivery");
      ports.push_back(
          {mapping.good(process, fmt::format("bus{}", port)), process.series(fmt::format("rate{}", port), 1)});
    }
    add_converter(mapping, process, "processes", ports);
  }
}

void add_lines_and_transformers(Mapping& mapping) {
  for (const PassiveBranch& branch : read_passive_branches(mapping.network, mapping.complaints)) {
    const Component& component = branch.component;
    const bool is_line = component.list().name == "lines";
    const std::string id = mapping.model.fresh_id(is_line ? "line" : "transformer", component.name());
    const Good from = mapping.good(component, "bus0");
    const Good to = mapping.good(component, "bus1");
    const Series share = component.series("s_max_pu", 1);
    const bool is_extendable = component.flag("s_nom_extendable", false);
    Capacity capacity = mapping.capacity(component, "s_nom");
    if (!is_extendable && !is_line) capacity.standing = branch.rating;
    const Terms flow = mapping.model.add_activity({.id = id,
                                                   .name = component.name(),
                                                   .region = from.region,
                                                   .ports = {{from, -1.0}, {to, 1.0}},
                                                   .low = -share,
                                                   .high = share,
                                                   .capacity = capacity,
                                                   .reactance = branch.impedance});
    mapping.add_set_points(component, "s_set", flow, id);
    if (branch.widest_flow) add_widest_flow(mapping, id, flow, *branch.widest_flow);
    mapping.mapped[{component.list().name, component.name()}] = {flow, id, {}, is_extendable};
  }
}

}  // namespace pinchpoint::importers::pypsa
