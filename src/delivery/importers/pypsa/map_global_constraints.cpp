// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "delivery/importers/pypsa/mapping.hpp"

namespace pinchpoint::importers::pypsa {

namespace {

/// The list, and the attribute that is its capacity.
constexpr std::array nominal_attributes = {
    std::pair{"generators", "p_nom"},    std::pair{"links", "p_nom"},        std::pair{"processes", "p_nom"},
    std::pair{"lines", "s_nom"},         std::pair{"transformers", "s_nom"}, std::pair{"stores", "e_nom"},
    std::pair{"storage_units", "p_nom"},
};

/// "[AC, DC]" → AC, DC
std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names = {""};
  for (const char letter : text) {
    if (letter == ',') {
      names.emplace_back();
    } else if (std::string_view("[]() ").find(letter) == std::string_view::npos ||
               (letter == ' ' && !names.back().empty())) {
      names.back() += letter;
    }
  }
  for (std::string& name : names) name.erase(name.find_last_not_of(' ') + 1);
  return names;
}

class ConstraintMapper {
 public:
  explicit ConstraintMapper(Mapping& mapping) : mapping_(mapping) {
    for (const Component& bus : components(mapping.network, "buses", mapping.complaints)) {
      bus_carriers_[bus.name()] = bus.text("carrier", "AC");
    }
  }

  void add(const Component& constraint) {
    if (constraint.has("investment_period")) {
      refuse(constraint, "investment_period", "a limit of one investment period");
      return;
    }
    const std::string type = constraint.text("type", "primary_energy");
    if (type == "primary_energy") return add_primary_energy(constraint);
    if (type == "operational_limit") return add_operational_limit(constraint);
    if (type == "transmission_volume_expansion_limit") return add_transmission(constraint, false);
    if (type == "transmission_expansion_cost_limit") return add_transmission(constraint, true);
    if (type == "tech_capacity_expansion_limit") return add_capacity_of_carrier(constraint);
    refuse(constraint, "type", fmt::format("a global constraint of type '{}'", type));
  }

 private:
  void refuse(const Component& constraint, std::string_view attribute, const std::string& what) {
    mapping_.complaints.add(Code::import_unsupported, constraint.where(attribute),
                            fmt::format("{} cannot be imported ({})", what, constraint.described()),
                            constraint.text(attribute), "remove the constraint");
  }

  /// Terms ∘ constant, or nothing where there is no term, as in PyPSA.
  void add_limit(const Component& constraint, const char* per, const Terms& terms, double known,
                 const std::string& unit) {
    if (terms.empty()) return;
    const std::string sense = constraint.text("sense", "==");
    const bool is_known = sense == "<=" || sense == ">=" || sense == "==" || sense == "=";
    if (!is_known) {
      mapping_.complaints.add(Code::import_bad_value, constraint.where("sense"),
                              fmt::format("sense of {} is none of <=, == and >=", constraint.described()), sense,
                              "write <=, == or >=");
    }
    mapping_.model.add_limit({.id = mapping_.model.fresh_id("limit", constraint.name()),
                              .name = constraint.name(),
                              .sense = sense == "<="   ? "at_most"
                                       : sense == ">=" ? "at_least"
                                                       : "exactly",
                              .per = per,
                              .terms = terms,
                              .value = constraint.number("constant", 0) - known,
                              .unit = unit});
  }

  [[nodiscard]] const Mapped& mapped(const Component& component) const {
    return mapping_.mapped.at({component.list().name, component.name()});
  }

  /// Amounts over the horizon, metered where they differ by slice or are levels.
  Terms over_horizon(const Component& constraint, const Terms& terms, const std::string& unit) {
    const bool is_plain = std::none_of(terms.begin(), terms.end(),
                                       [](const Term& term) { return term.amount.varies() || term.what == "level"; });
    return is_plain ? terms : mapping_.model.add_meters(constraint.name() + " meter", terms, unit);
  }

  /// What a store that does not close its cycle loses over the horizon, times a factor: opening level − level at the
  /// end. The level of the last slice is metered, per hour of that slice.
  void add_depletion(const Component& store, double factor, double opening, const std::string& unit, Terms& terms,
                     double& known) {
    const std::size_t last = mapping_.model.slice_count() - 1;
    std::vector<double> amounts(last + 1, 0.0);
    amounts[last] = -factor / mapping_.weights.hours.at(last);
    const std::string per_level = unit == unit::energy ? "1" : fmt::format("{}/{}", unit, unit::energy);
    const Series amount = last == 0 ? Series(amounts[0]) : Series(amounts);
    terms = joined(terms, scaled(mapped(store).level, amount, fmt::format("{}/{}", per_level, unit::hour)));
    known += factor * opening;
  }

  void add_depletions(const std::map<std::string, double>& factors, const std::string& unit, Terms& terms,
                      double& known) {
    for (const auto& [list, cyclic, initial] :
         {std::tuple{"storage_units", "cyclic_state_of_charge", "state_of_charge_initial"},
          std::tuple{"stores", "e_cyclic", "e_initial"}}) {
      for (const Component& store : components(mapping_.network, list, mapping_.complaints)) {
        const auto factor = factors.find(store.text("carrier"));
        if (factor == factors.end() || store.flag(cyclic, false)) continue;
        add_depletion(store, factor->second, store.number(initial, 0), unit, terms, known);
      }
    }
  }

  [[nodiscard]] Series efficiency_of(const Component& generator) const {
    Series efficiency = generator.series("efficiency", 1);
    if (efficiency.least() > 0) return efficiency;
    mapping_.complaints.add(Code::import_bad_value, generator.where("efficiency"),
                            fmt::format("efficiency of {} is not above zero", generator.described()),
                            fmt::format("{}", efficiency.least()), "write an efficiency above 0");
    return 1.0;
  }

  /// Σ p / efficiency × the carrier's attribute over generators, and what is taken from stores of such carriers.
  void add_primary_energy(const Component& constraint) {
    const std::string attribute = constraint.text("carrier_attribute", "co2_emissions");
    std::map<std::string, double> factors;
    for (const Component& carrier : components(mapping_.network, "carriers", mapping_.complaints)) {
      if (const double factor = carrier.number(attribute, 0); factor != 0) factors[carrier.name()] = factor;
    }
    const std::string unit = attribute == "co2_emissions" ? "tonne" : unit::energy;
    const std::string per_energy = attribute == "co2_emissions" ? fmt::format("tonne/{}", unit::energy) : "1";
    Terms terms;
    double known = 0;
    for (const Component& generator : components(mapping_.network, "generators", mapping_.complaints)) {
      const auto factor = factors.find(generator.text("carrier"));
      if (factor == factors.end()) continue;
      const Series amount = Series::combine(efficiency_of(generator), factor->second,
                                            [](double efficiency, double per_fuel) { return per_fuel / efficiency; });
      terms = joined(terms, scaled(mapped(generator).flow, amount * mapping_.weights.generators, per_energy));
    }
    add_depletions(factors, unit, terms, known);
    add_limit(constraint, "horizon", over_horizon(constraint, terms, unit), known, unit);
  }

  void add_operational_limit(const Component& constraint) {
    const std::map<std::string, double> factors = {{constraint.text("carrier_attribute"), 1.0}};
    Terms terms;
    double known = 0;
    for (const Component& generator : components(mapping_.network, "generators", mapping_.complaints)) {
      if (!factors.contains(generator.text("carrier"))) continue;
      terms = joined(terms, scaled(mapped(generator).flow, mapping_.weights.generators));
    }
    add_depletions(factors, unit::energy, terms, known);
    add_limit(constraint, "horizon", over_horizon(constraint, terms, unit::energy), known, unit::energy);
  }

  /// A line without a carrier has its bus0's.
  [[nodiscard]] std::string carrier_of(const Component& component) const {
    std::string carrier = component.text("carrier");
    if (!carrier.empty() || component.list().name != "lines") return carrier;
    const auto bus = bus_carriers_.find(component.text("bus0"));
    return bus == bus_carriers_.end() ? carrier : bus->second;
  }

  [[nodiscard]] Terms capacity_of(const Component& component, double factor, const std::string& unit) const {
    return {{.what = "capacity", .technology = mapped(component).capacity, .amount = factor, .unit = unit}};
  }

  /// Lines and links that may be extended: Σ length × capacity, or Σ capital cost × capacity.
  void add_transmission(const Component& constraint, bool is_cost) {
    const std::vector<std::string> carriers = names_in(constraint.text("carrier_attribute", "co2_emissions"));
    const std::string per_power = is_cost ? fmt::format("{}/{}", unit::metered_money, unit::power) : "km";
    Terms terms;
    for (const char* const list : {"lines", "links"}) {
      for (const Component& branch : components(mapping_.network, list, mapping_.complaints)) {
        const bool is_meant = std::find(carriers.begin(), carriers.end(), carrier_of(branch)) != carriers.end();
        if (!is_meant || !mapped(branch).is_extendable) continue;
        const double factor = is_cost ? mapping_.capital_cost(branch) : branch.number("length", 0);
        terms = joined(terms, capacity_of(branch, factor, per_power));
      }
    }
    add_limit(constraint, "period", terms, 0, is_cost ? unit::metered_money : fmt::format("km {}", unit::power));
  }

  void add_capacity_of_carrier(const Component& constraint) {
    const std::string carrier = constraint.text("carrier_attribute", "co2_emissions");
    const std::string bus = constraint.text("bus");
    Terms power, energy;
    for (const auto& [list, nominal] : nominal_attributes) {
      for (const Component& component : components(mapping_.network, list, mapping_.complaints)) {
        const bool is_branch = !component.text("bus0").empty();
        const bool is_there = bus.empty() || component.text(is_branch ? "bus0" : "bus") == bus;
        if (!is_there || carrier_of(component) != carrier || !mapped(component).is_extendable) continue;
        Terms& terms = std::string_view(nominal) == "e_nom" ? energy : power;
        terms = joined(terms, capacity_of(component, 1, "1"));
      }
    }
    if (power.empty()) return add_limit(constraint, "period", energy, 0, unit::energy);
    // PyPSA adds MW and MWh as numbers.
    add_limit(constraint, "period", joined(power, scaled(energy, 1.0, fmt::format("1/{}", unit::hour))), 0,
              unit::power);
  }

  Mapping& mapping_;
  std::map<std::string, std::string> bus_carriers_;
};

/// Columns nom_min_<carrier> and nom_max_<carrier> of buses: limits of capacity of a carrier there.
void refuse_bus_limits(const Mapping& mapping) {
  const SourceTable& buses = mapping.network.list("buses").statics;
  for (std::size_t column = 0; column < buses.column_count(); ++column) {
    const std::string name = buses.column_name(column);
    if (!name.starts_with("nom_min_") && !name.starts_with("nom_max_")) continue;
    mapping.complaints.add(Code::import_unsupported, buses.where_header(static_cast<int>(column)),
                           fmt::format("the limit of capacity by bus '{}' cannot be imported", name), name,
                           "write a global constraint of type tech_capacity_expansion_limit with a bus");
  }
}

}  // namespace

void add_global_constraints(Mapping& mapping) {
  refuse_bus_limits(mapping);
  ConstraintMapper mapper(mapping);
  for (const Component& constraint : components(mapping.network, "global_constraints", mapping.complaints)) {
    mapper.add(constraint);
  }
}

}  // namespace pinchpoint::importers::pypsa
