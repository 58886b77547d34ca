// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "delivery/importers/pypsa/mapping.hpp"

namespace pinchpoint::importers::pypsa {

namespace {

double standing_loss_of(const Mapping& mapping, const Component& component) {
  const Series loss = component.series("standing_loss", 0);
  if (!loss.varies() && loss.at(0) >= 0 && loss.at(0) < 1) return loss.at(0);
  mapping.complaints.add(Code::import_unsupported, component.where("standing_loss"),
                         fmt::format("standing_loss of {} {}", component.described(),
                                     loss.varies() ? "differs by snapshot" : "is not from 0 to below 1"),
                         {}, "give one standing_loss for all snapshots, from 0 to below 1");
  return 0;
}

/// One figure for all snapshots; otherwise complains.
double constant(const Mapping& mapping, const Component& component, std::string_view attribute, double otherwise) {
  const Series series = component.series(attribute, otherwise);
  if (!series.varies()) return series.at(0);
  mapping.complaints.add(Code::import_unsupported, component.where(attribute),
                         fmt::format("{} of {} differs by snapshot", attribute, component.described()), {},
                         fmt::format("give one {} for all snapshots", attribute));
  return otherwise;
}

void add_cost_of_level(const Mapping& mapping, const Component& component, const std::string& keeper) {
  const Series cost = component.series("marginal_cost_storage", 0) * mapping.weights.objective;
  if (!cost.is(0)) mapping.model.add_metered_cost({{.what = "level", .technology = keeper, .amount = cost}});
}

Series shares_of_level(const Mapping& mapping, const Component& store, std::string_view attribute, double otherwise) {
  Series share = store.series(attribute, otherwise);
  if (share.least() >= 0) return share;
  mapping.complaints.add(Code::import_unsupported, store.where(attribute),
                         fmt::format("{} of {} is below zero, and a level cannot be", attribute, store.described()),
                         fmt::format("{}", share.least()), fmt::format("set {} to 0 or more", attribute));
  return otherwise;
}

/// PyPSA knows no limit of what a store gives and takes. Within a slice its level changes by no more than the largest
/// level, which keeps prices of what passes from making the plan look unbounded.
Capacity port_capacity(const Capacity& store, const Series& most, double opening, const Series& hours) {
  if (store.is_open && !store.room) return {.is_open = true};
  const double largest = (store.standing + store.room.value_or(0)) * most.most();
  return {.standing = std::max(largest, opening) / hours.least()};
}

}  // namespace

void add_stores(Mapping& mapping) {
  for (const Component& store : components(mapping.network, "stores", mapping.complaints)) {
    const std::string id = mapping.model.fresh_id("store", store.name());
    const Good bus = mapping.good(store, "bus");
    const Series cost = mapping.marginal_cost(store);
    const double sign = store.number("sign", 1);
    // A store gives to its bus without limit, loss and cost, unless it says otherwise.
    const bool needs_port = !cost.is(0) || sign != 1 || store.has("p_set");
    Good kept = bus;
    Mapped mapped{{}, id, id, store.flag("e_nom_extendable", false)};
    const Capacity capacity = mapping.capacity(store, "e_nom");
    const Series most = shares_of_level(mapping, store, "e_max_pu", 1);
    const double opening = store.number("e_initial", 0);
    if (needs_port) {
      kept.commodity = mapping.model.fresh_id("energy", store.name() + " energy");
      add_commodity(mapping.model, kept.commodity, "Energy in " + store.name());
      mapped.flow =
          mapping.model.add_activity({.id = mapping.model.fresh_id("port", id + "-port"),
                                      .name = store.name() + ": giving and taking",
                                      .region = bus.region,
                                      .ports = {{bus, sign}, {kept, -1.0}},
                                      .low = -1.0,
                                      .high = 1.0,
                                      .capacity = port_capacity(capacity, most, opening, mapping.weights.hours),
                                      .marginal_cost = cost});
      mapping.add_set_points(store, "p_set", mapped.flow, id);
    }
    mapping.model.add_keeper({.id = id,
                              .name = store.name(),
                              .good = kept,
                              .capacity = capacity,
                              .least = shares_of_level(mapping, store, "e_min_pu", 0),
                              .most = most,
                              .is_cyclic = store.flag("e_cyclic", false),
                              .opening_level = opening,
                              .standing_loss = standing_loss_of(mapping, store)});
    mapping.add_set_points(store, "e_set", {{.what = "level", .technology = id}}, id);
    add_cost_of_level(mapping, store, id);
    mapping.mapped[{"stores", store.name()}] = mapped;
  }
}

namespace {

/// A storage unit: charger → store of an energy of its own → discharger, with inflow into the store.
class StorageUnit {
 public:
  StorageUnit(Mapping& mapping, const Component& unit)
      : mapping_(mapping),
        unit_(unit),
        id_(mapping.model.fresh_id("storage-unit", unit.name())),
        bus_(mapping.good(unit, "bus")),
        charger_(mapping.model.fresh_id("charger", id_ + "-charger")),
        store_(mapping.model.fresh_id("store", id_ + "-store")),
        energy_{mapping.model.fresh_id("energy", unit.name() + " energy"), bus_.region},
        capacity_(mapping.capacity(unit, "p_nom")),
        is_extendable_(unit.flag("p_nom_extendable", false)) {}

  void add() {
    add_commodity(mapping_.model, energy_.commodity, "Energy in " + unit_.name());
    add_discharger();
    add_charger();
    add_store();
    add_inflow();
    const Terms net = joined(given_, scaled(taken_, -1.0));
    mapping_.add_set_points(unit_, "p_set", net, id_);
    mapping_.add_set_points(unit_, "p_dispatch_set", given_, id_);
    mapping_.add_set_points(unit_, "p_store_set", taken_, id_);
    mapping_.mapped[{"storage_units", unit_.name()}] = {net, id_, store_, is_extendable_};
  }

 private:
  double efficiency(std::string_view attribute) {
    const double value = constant(mapping_, unit_, attribute, 1);
    if (value > 0) return value;
    mapping_.complaints.add(Code::import_bad_value, unit_.where(attribute),
                            fmt::format("{} of {} is not above zero", attribute, unit_.described()),
                            fmt::format("{}", value), "write an efficiency above 0");
    return 1;
  }

  void add_discharger() {
    Series share = unit_.series("p_max_pu", 1);
    given_ = mapping_.model.add_activity(
        {.id = id_,
         .name = unit_.name(),
         .region = bus_.region,
         .ports = {{bus_, unit_.number("sign", 1)}, {energy_, -1 / efficiency("efficiency_dispatch")}},
         .low = 0.0,
         .high = not_negative(share, "p_max_pu"),
         .capacity = capacity_,
         .marginal_cost = mapping_.marginal_cost(unit_)});
  }

  void add_charger() {
    const Series share = not_negative(-unit_.series("p_min_pu", -1), "p_min_pu");
    if (share.is(0)) return;
    taken_ = mapping_.model.add_activity(
        {.id = charger_,
         .name = unit_.name() + ": charging",
         .region = bus_.region,
         .ports = {{bus_, -unit_.number("sign", 1)}, {energy_, efficiency("efficiency_store")}},
         .low = 0.0,
         .high = share,
         .capacity = tied_capacity(1)});
    tie(charger_, 1, "1", unit::power);
  }

  void add_store() {
    const double hours = unit_.number("max_hours", 1);
    mapping_.model.add_keeper({.id = store_,
                               .name = unit_.name() + ": store",
                               .good = energy_,
                               .capacity = tied_capacity(hours),
                               .is_cyclic = unit_.flag("cyclic_state_of_charge", false),
                               .opening_level = unit_.number("state_of_charge_initial", 0),
                               .standing_loss = standing_loss_of(mapping_, unit_)});
    tie(store_, hours, unit::hour, unit::energy);
    mapping_.add_set_points(unit_, "state_of_charge_set", {{.what = "level", .technology = store_}}, id_);
    add_cost_of_level(mapping_, unit_, store_);
  }

  /// Capacity of a part that goes with p_nom.
  [[nodiscard]] Capacity tied_capacity(double factor) const {
    if (capacity_.is_open) return {.is_open = true};
    return {.standing = capacity_.standing * factor};
  }

  void tie(const std::string& part, double factor, const char* factor_unit, const char* value_unit) {
    if (!capacity_.is_open) return;
    mapping_.model.add_limit(
        {.id = part,
         .name = {},
         .sense = "exactly",
         .per = "period",
         .terms = {{.what = "capacity", .technology = part},
                   {.what = "capacity", .technology = id_, .amount = -factor, .unit = factor_unit}},
         .value = 0.0,
         .unit = value_unit});
  }

  [[nodiscard]] Series not_negative(const Series& share, std::string_view attribute) const {
    if (share.least() >= 0) return share;
    mapping_.complaints.add(Code::import_unsupported, unit_.where(attribute),
                            fmt::format("{} of {} forces it to charge or to discharge", attribute, unit_.described()),
                            {}, "keep p_min_pu at 0 or below and p_max_pu at 0 or above");
    return 0.0;
  }

  /// Inflow less what is spilled, which is at most the inflow; with a cost of spilling both are told apart.
  void add_inflow() {
    const Series inflow = unit_.series("inflow", 0);
    if (inflow.is(0)) return;
    if (inflow.least() < 0) {
      mapping_.complaints.add(Code::import_unsupported, unit_.where("inflow"),
                              fmt::format("inflow of {} is below zero", unit_.described()),
                              fmt::format("{}", inflow.least()), "write inflows of 0 or more");
      return;
    }
    const double most = inflow.most();
    const Series share = Series::combine(inflow, most, [](double value, double top) { return value / top; });
    const Series spill_cost = unit_.series("spill_cost", 0) * mapping_.weights.objective;
    (void)mapping_.model.add_activity({.id = mapping_.model.fresh_id("inflow", id_ + "-inflow"),
                                       .name = unit_.name() + ": inflow",
                                       .region = bus_.region,
                                       .ports = {{energy_, 1.0}},
                                       .low = spill_cost.is(0) ? Series(0.0) : share,
                                       .high = share,
                                       .capacity = {.standing = most},
                                       .note = spill_cost.is(0) ? "what is not taken is spilled" : ""});
    if (spill_cost.is(0)) return;
    (void)mapping_.model.add_activity({.id = mapping_.model.fresh_id("spill", id_ + "-spill"),
                                       .name = unit_.name() + ": spill",
                                       .region = bus_.region,
                                       .ports = {{energy_, -1.0}},
                                       .low = 0.0,
                                       .high = share,
                                       .capacity = {.standing = most},
                                       .marginal_cost = spill_cost});
  }

  Mapping& mapping_;
  const Component& unit_;
  std::string id_;
  Good bus_;
  std::string charger_, store_;
  Good energy_;
  Capacity capacity_;
  bool is_extendable_;
  Terms given_, taken_;
};

}  // namespace

void add_storage_units(Mapping& mapping) {
  for (const Component& unit : components(mapping.network, "storage_units", mapping.complaints)) {
    StorageUnit(mapping, unit).add();
  }
}

}  // namespace pinchpoint::importers::pypsa
