// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

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

Terms level_of(const std::string& keeper) {
  Term level;
  level.what = "level";
  level.technology = keeper;
  return {level};
}

void add_cost_of_level(const Mapping& mapping, const Component& component, const Terms& level) {
  const Series cost = component.series("marginal_cost_storage", 0) * mapping.weights.objective;
  if (!cost.is(0)) mapping.model.add_metered_cost(scaled(level, cost));
}

/// A level from which the first slice's standing loss leaves what PyPSA starts with: its first snapshot loses nothing.
double before_loss(const Mapping& mapping, double opening, double loss) {
  return opening / std::pow(1 - loss, mapping.weights.hours.at(0));
}

/// PyPSA knows no limit of what a store gives and takes. Within a slice its level changes by no more than the largest
/// level, which keeps prices of what passes from making the plan look unbounded.
Capacity port_capacity(const Capacity& store, const Series& most, double opening, const Series& hours) {
  if (store.is_open && !store.room) return {.is_open = true};
  const double largest = (store.standing + store.room.value_or(0)) * most.most();
  return {.standing = std::max(largest, opening) / hours.least()};
}

}  // namespace

namespace {

/// A store. Where its level may be below zero, that is the level of one keeper less that of another, its debt; both
/// lose alike, so that their difference moves as PyPSA's level does.
class Store {
 public:
  Store(Mapping& mapping, const Component& store)
      : mapping_(mapping),
        store_(store),
        id_(mapping.model.fresh_id("store", store.name())),
        bus_(mapping.good(store, "bus")),
        cost_(mapping.marginal_cost(store)),
        sign_(store.number("sign", 1)),
        capacity_(mapping.capacity(store, "e_nom")),
        least_(store.series("e_min_pu", 0)),
        most_(store.series("e_max_pu", 1)),
        opening_(store.number("e_initial", 0)),
        loss_(standing_loss_of(mapping, store)),
        is_cyclic_(store.flag("e_cyclic", false)),
        may_owe_(least_.least() < 0 || most_.least() < 0 || (opening_ < 0 && !is_cyclic_)) {}

  void add() {
    // A store gives to its bus without limit, loss and cost, unless it says otherwise.
    const bool needs_port = may_owe_ || !cost_.is(0) || sign_ != 1 || store_.has("p_set");
    Terms level = level_of(id_);
    if (may_owe_) level = joined(level, scaled(level_of(debt_id()), -1.0));
    const Good kept = needs_port ? own_good("energy") : bus_;
    Terms flow;
    if (needs_port) flow = add_port(kept, -1.0, "port");
    add_keeper(id_, store_.name(), kept, capacity_, may_owe_ ? Series(0.0) : least_, opening_);
    if (may_owe_) {
      const Good owed = own_good("debt");
      flow = joined(flow, add_port(owed, 1.0, "debt-port"));
      add_keeper(debt_id(), store_.name() + ": debt", owed, {.is_open = true}, 0.0, -opening_);
      bound_part(debt_id(), widest(), "1", 0);
      bound_level(level);
    }
    mapping_.add_set_points(store_, "p_set", flow, id_);
    mapping_.add_set_points(store_, "e_set", level, id_);
    add_cost_of_level(mapping_, store_, level);
    mapping_.mapped[{"stores", store_.name()}] = {flow, id_, level, store_.flag("e_nom_extendable", false)};
  }

 private:
  [[nodiscard]] const std::string& debt_id() {
    if (debt_id_.empty()) debt_id_ = mapping_.model.fresh_id("debt", id_ + "-debt");
    return debt_id_;
  }

  [[nodiscard]] Good own_good(const std::string& what) {
    Good good{mapping_.model.fresh_id(what, store_.name() + " " + what), bus_.region};
    add_commodity(mapping_.model, good.commodity,
                  fmt::format("{} of {}", what == "debt" ? "Debt" : "Energy", store_.name()));
    return good;
  }

  Terms add_port(const Good& good, double per_flow, const std::string& what) {
    const std::string id = mapping_.model.fresh_id("port", fmt::format("{}-{}", id_, what));
    const Capacity capacity =
        may_owe_ ? Capacity{.is_open = true} : port_capacity(capacity_, most_, opening_, mapping_.weights.hours);
    const double hours = mapping_.weights.hours.least();
    if (may_owe_) bound_part(id, widest() / hours, fmt::format("1/{}", unit::hour), std::abs(opening_) / hours);
    return mapping_.model.add_activity({.id = id,
                                        .name = store_.name() + (per_flow < 0 ? ": giving and taking" : ": owing"),
                                        .region = bus_.region,
                                        .ports = {{bus_, sign_}, {good, per_flow}},
                                        .low = -1.0,
                                        .high = 1.0,
                                        .capacity = capacity,
                                        .marginal_cost = cost_});
  }

  void add_keeper(const std::string& id, const std::string& name, const Good& good, const Capacity& capacity,
                  const Series& least, double opening) {
    const Series zero_or_most = Series::combine(most_, 0.0, [](double a, double b) { return std::max(a, b); });
    mapping_.model.add_keeper({.id = id,
                               .name = name,
                               .good = good,
                               .capacity = capacity,
                               .least = least,
                               .most = capacity.is_open && may_owe_ ? Series(1.0) : zero_or_most,
                               .is_cyclic = is_cyclic_,
                               .opening_level = before_loss(mapping_, std::max(opening, 0.0), loss_),
                               .standing_loss = loss_});
  }

  [[nodiscard]] double widest() const { return std::max(std::abs(least_.least()), std::abs(most_.most())); }

  /// PyPSA bounds neither debt nor flow; without bounds of their own they keep a plan's cost from being proved.
  void bound_part(const std::string& part, double factor, const std::string& factor_unit, double more) {
    const Term room{.what = "capacity", .technology = id_, .amount = -factor, .unit = factor_unit};
    mapping_.model.add_limit({.id = part,
                              .name = {},
                              .sense = "at_most",
                              .per = "period",
                              .terms = {{.what = "capacity", .technology = part}, room},
                              .value = more,
                              .unit = factor_unit == "1" ? unit::energy : unit::power});
  }

  /// e_min_pu × e_nom ≤ level ≤ e_max_pu × e_nom
  void bound_level(const Terms& level) {
    for (const bool is_least : {true, false}) {
      const Series& share = is_least ? least_ : most_;
      const Term room{.what = "capacity", .technology = id_, .amount = -share};
      mapping_.model.add_limit({.id = fmt::format("{}-{}", id_, is_least ? "lowest" : "highest"),
                                .name = {},
                                .sense = is_least ? "at_least" : "at_most",
                                .per = "slice",
                                .terms = joined(level, {room}),
                                .value = 0.0,
                                .unit = unit::energy});
    }
  }

  Mapping& mapping_;
  const Component& store_;
  std::string id_, debt_id_;
  Good bus_;
  Series cost_;
  double sign_;
  Capacity capacity_;
  Series least_, most_;
  double opening_, loss_;
  bool is_cyclic_, may_owe_;
};

}  // namespace

void add_stores(Mapping& mapping) {
  for (const Component& store : components(mapping.network, "stores", mapping.complaints)) Store(mapping, store).add();
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
    mapping_.mapped[{"storage_units", unit_.name()}] = {net, id_, level_of(store_), is_extendable_};
  }

 private:
  Series efficiency(std::string_view attribute, double least) {
    Series value = unit_.series(attribute, 1);
    if (value.least() >= least) return value;
    mapping_.complaints.add(
        Code::import_bad_value, unit_.where(attribute),
        fmt::format("{} of {} is {}", attribute, unit_.described(), least > 0 ? "not above zero" : "below zero"),
        fmt::format("{}", value.least()),
        fmt::format("write an efficiency {}", least > 0 ? "above 0" : "of 0 or more"));
    return 1.0;
  }

  void add_discharger() {
    const Series share = unit_.series("p_max_pu", 1);
    const Series efficiency_given = efficiency("efficiency_dispatch", std::numeric_limits<double>::min());
    const Series use = Series::combine(efficiency_given, -1.0, [](double value, double one) { return one / value; });
    given_ = mapping_.model.add_activity({.id = id_,
                                          .name = unit_.name(),
                                          .region = bus_.region,
                                          .ports = {{bus_, unit_.number("sign", 1)}, {energy_, use}},
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
         .ports = {{bus_, -unit_.number("sign", 1)}, {energy_, efficiency("efficiency_store", 0)}},
         .low = 0.0,
         .high = share,
         .capacity = tied_capacity(1)});
    tie(charger_, 1, "1", unit::power);
  }

  void add_store() {
    const double hours = unit_.number("max_hours", 1);
    const double loss = standing_loss_of(mapping_, unit_);
    const double opening = before_loss(mapping_, unit_.number("state_of_charge_initial", 0), loss);
    mapping_.model.add_keeper({.id = store_,
                               .name = unit_.name() + ": store",
                               .good = energy_,
                               .capacity = tied_capacity(hours),
                               .is_cyclic = unit_.flag("cyclic_state_of_charge", false),
                               .opening_level = opening,
                               .standing_loss = loss});
    tie(store_, hours, unit::hour, unit::energy);
    const Terms level = level_of(store_);
    mapping_.add_set_points(unit_, "state_of_charge_set", level, id_);
    add_cost_of_level(mapping_, unit_, level);
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
