// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/pypsa/mapping.hpp"

#include <fmt/format.h>

#include <cmath>

namespace pinchpoint::importers::pypsa {

Weights read_weights(const Network& network, bool has_stores, Complaints& complaints) {
  const Snapshots& snapshots = network.snapshots;
  Weights weights;
  weights.hours = has_stores ? snapshots.stores : snapshots.objective;
  for (std::size_t snapshot = 0; snapshot < snapshots.count(); ++snapshot) {
    if (!has_stores || weights.hours.at(snapshot) > 0) continue;
    complaints.add(Code::import_unsupported, snapshots.table.where(snapshot, snapshots.label_column),
                   fmt::format("snapshot '{}' lasts no time: its weighting 'stores' is 0", snapshots.labels[snapshot]),
                   {}, "remove the snapshot, or give it hours");
  }
  // Where nothing is stored, a snapshot without weight in the objective may last as long as it likes.
  weights.hours = Series::combine(weights.hours, 1.0, [](double hours, double one) { return hours > 0 ? hours : one; });
  for (std::size_t snapshot = 0; snapshot < snapshots.count(); ++snapshot) {
    weights.total_hours += weights.hours.at(snapshot);
    weights.years += snapshots.objective.at(snapshot) / 8760;
  }
  const auto ratio = [](double weighting, double hours) { return weighting / hours; };
  weights.objective = Series::combine(snapshots.objective, weights.hours, ratio);
  weights.generators = Series::combine(snapshots.generators, weights.hours, ratio);
  return weights;
}

double annuity(double discount_rate, double lifetime) {
  if (std::isinf(lifetime)) return std::max(discount_rate, 0.0);
  if (discount_rate == 0) return 1 / lifetime;
  return discount_rate / (1 - std::pow(1 + discount_rate, -lifetime));
}

Good Mapping::good(const Component& component, std::string_view attribute) const {
  const std::string bus = component.text(attribute);
  const auto found = goods.find(bus);
  if (found != goods.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [name, good] : goods) names.push_back(name);
  const std::string near = closest_name(bus, names);
  complaints.add(Code::import_unknown_name, component.where(attribute),
                 fmt::format("{} '{}' of {} is not listed in buses.csv", attribute, bus, component.described()), bus,
                 near.empty() ? std::string() : fmt::format("did you mean '{}'?", near));
  return {};
}

namespace {

void report_clash(const Component& component, const std::string& lower, double least, const std::string& upper,
                  double most) {
  component.complaints().add(
      Code::import_clash, component.where(lower),
      fmt::format("{} {} of {} is above its {} {}", lower, least, component.described(), upper, most),
      fmt::format("{}", least), fmt::format("correct {} or {}", lower, upper));
}

Capacity fixed_capacity(const Component& component, const std::string& nominal) {
  const double standing = component.number(nominal, infinity);
  const bool is_given = component.has(nominal);
  if (is_given && std::isinf(standing)) return {.is_open = true};
  if (standing >= 0) return {.standing = is_given ? standing : 0};
  component.complaints().add(Code::import_bad_value, component.where(nominal),
                             fmt::format("{} of {} is below zero", nominal, component.described()),
                             fmt::format("{}", standing), "write 0 or more");
  return {};
}

}  // namespace

double Mapping::capital_cost(const Component& component) const {
  if (!component.has("overnight_cost")) return component.number("capital_cost", 0);
  const double lifetime = component.number("lifetime", infinity);
  if (component.has("discount_rate") && lifetime > 0) {
    return component.number("overnight_cost", 0) * annuity(component.number("discount_rate", 0), lifetime) *
           weights.years;
  }
  complaints.add(Code::import_bad_value, component.where(lifetime > 0 ? "overnight_cost" : "lifetime"),
                 fmt::format("the overnight_cost of {} cannot be spread over years", component.described()), {},
                 "give a discount_rate and a lifetime above 0, or capital_cost instead of overnight_cost");
  return 0;
}

Capacity Mapping::capacity(const Component& component, const std::string& nominal) const {
  if (!component.flag(nominal + "_extendable", false)) return fixed_capacity(component, nominal);
  const double least = component.number(nominal + "_min", 0);
  const double most = component.number(nominal + "_max", infinity);
  const double block = component.number(nominal + "_mod", 0);
  Capacity capacity{.standing = least,
                    .is_open = true,
                    .room = {},
                    .fixed_cost = capital_cost(component) + component.number("fom_cost", 0)};
  if (least < 0) {
    complaints.add(Code::import_bad_value, component.where(nominal + "_min"),
                   fmt::format("{}_min of {} is below zero", nominal, component.described()), {}, "write 0 or more");
  }
  if (capacity.fixed_cost < 0) {
    complaints.add(Code::import_unsupported, component.where("capital_cost"),
                   fmt::format("capacity of {} has a cost below zero: {}", component.described(), capacity.fixed_cost),
                   {}, "write a cost of 0 or more");
  }
  if (least > most) report_clash(component, nominal + "_min", least, nominal + "_max", most);
  if (component.has(nominal + "_set")) {
    const double set = component.number(nominal + "_set", 0);
    if (least > set) report_clash(component, nominal + "_min", least, nominal + "_set", set);
    if (set > most) report_clash(component, nominal + "_set", set, nominal + "_max", most);
    capacity.standing = set;
    capacity.is_open = false;
  } else if (block > 0) {
    refuse_unless(component, nominal + "_min", 0, "a least capacity of whole modules");
    capacity.block = block;
    if (std::isfinite(most)) capacity.room = most;
  } else if (std::isfinite(most)) {
    capacity.room = most - least;
    capacity.is_open = *capacity.room > 0;
  }
  return capacity;
}

Series Mapping::marginal_cost(const Component& component) const {
  if (!component.series("marginal_cost_quadratic", 0).is(0)) {
    complaints.add(Code::import_unsupported, component.where("marginal_cost_quadratic"),
                   fmt::format("{} has a quadratic cost, and plans are linear", component.described()), {},
                   "set marginal_cost_quadratic to 0");
  }
  return component.series("marginal_cost", 0) * weights.objective;
}

void Mapping::refuse_flag(const Component& component, std::string_view attribute, std::string_view what) const {
  if (!component.flag(attribute, false)) return;
  complaints.add(Code::import_unsupported, component.where(attribute),
                 fmt::format("{} of {} cannot be imported", what, component.described()), "True",
                 fmt::format("set {} to False", attribute));
}

void Mapping::refuse_unless(const Component& component, std::string_view attribute, double usual,
                            std::string_view what) const {
  if (component.series(attribute, usual).is(usual)) return;
  complaints.add(Code::import_unsupported, component.where(attribute),
                 fmt::format("{} of {} cannot be imported", what, component.described()), {},
                 fmt::format("set {} to {}", attribute, usual));
}

void Mapping::add_set_points(const Component& component, std::string_view attribute, const Terms& terms,
                             const std::string& id) const {
  if (!component.has(attribute)) return;
  const Series points = component.set_points(attribute);
  std::vector<bool> is_set(model.slice_count());
  for (std::size_t slice = 0; slice < is_set.size(); ++slice) is_set[slice] = !std::isnan(points.at(slice));
  const bool is_level = !terms.empty() && terms.front().what == "level";
  model.add_limit({.id = fmt::format("{}-{}", id, attribute),
                   .name = fmt::format("Set points {} of {}", attribute, component.name()),
                   .sense = "exactly",
                   .per = "slice",
                   .terms = terms,
                   .value = points,
                   .unit = is_level ? unit::energy : unit::power,
                   .slices = is_set});
}

void Mapping::add_ramps(const Component& component, const Terms& flow, const std::string& id) const {
  const bool has_start = component.has("p_init");
  for (const bool is_up : {true, false}) {
    const char* const attribute = is_up ? "ramp_limit_up" : "ramp_limit_down";
    const char* const starting = is_up ? "ramp_limit_start_up" : "ramp_limit_shut_down";
    const bool has_starting = component.has(starting);  // then PyPSA has 1 for a limit that is not set
    if (!component.has(attribute) && !has_starting) continue;
    const Series share = Series::combine(component.set_points(attribute), has_starting ? 1.0 : not_a_number,
                                         [](double set, double unset) { return std::isnan(set) ? unset : set; });
    const Terms rise = scaled(flow, is_up ? 1.0 : -1.0);
    Terms later = scaled(rise, -1.0);
    for (Term& term : later) term.lag = 1;
    const Term room{.what = "capacity", .technology = id, .amount = -share};
    std::vector<bool> slices(model.slice_count());
    for (std::size_t slice = 1; slice < slices.size(); ++slice) slices[slice] = !std::isnan(share.at(slice));
    Limit limit{.id = fmt::format("{}-{}", id, is_up ? "ramp-up" : "ramp-down"),
                .name = {},
                .sense = "at_most",
                .per = "slice",
                .terms = joined(joined(rise, later), {room}),
                .value = 0.0,
                .unit = unit::power,
                .slices = slices};
    if (slices.size() > 1) model.add_limit(limit);
    if (!has_start || std::isnan(share.at(0))) continue;
    limit.id += "-start";
    limit.terms = joined(rise, {room});
    limit.value = component.number("p_init", 0) * (is_up ? 1 : -1);
    limit.slices.assign(slices.size(), false);
    limit.slices[0] = true;
    model.add_limit(limit);
  }
}

}  // namespace pinchpoint::importers::pypsa
