// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/pypsa/model_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace pinchpoint::importers::pypsa {

namespace {

constexpr const char* forward = "forward";
constexpr const char* back = "back";
constexpr const char* owner = "system";
constexpr const char* source = "pypsa";
constexpr const char* meter_region = "meters";

double largest_share(double low, double high) { return std::max({-low, high, 0.0}); }

bool has_digit_only(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

/// The terms where their amounts have a sign, as amounts above zero.
Terms of_sign(const Terms& terms, double sign) {
  Terms result;
  for (Term term : terms) {
    term.amount = Series::combine(term.amount, sign, [](double a, double b) { return std::max(a * b, 0.0); });
    if (!term.amount.is(0)) result.push_back(std::move(term));
  }
  return result;
}

/// Ports of the same good become one.
std::vector<Port> merged(const std::vector<Port>& ports) {
  std::vector<Port> result;
  for (const Port& port : ports) {
    const auto same = std::find_if(result.begin(), result.end(), [&](const Port& p) { return p.good == port.good; });
    if (same == result.end()) {
      result.push_back(port);
    } else {
      same->coefficient = Series::combine(same->coefficient, port.coefficient, std::plus<>());
    }
  }
  std::erase_if(result, [](const Port& port) { return port.coefficient.is(0); });
  for (Port& port : result) port.is_apart = port.coefficient.varies();
  return result;
}

/// What a run makes is told apart from what it takes where it makes more than it takes, forward or back: a heat pump, a
/// link with losses whose p may be below zero. Otherwise such recipes could close a loop that makes goods out of
/// nothing, which a model folder must not have; in PyPSA capacities bound it.
void part_gains(std::vector<Port>& ports, bool is_two_way) {
  double made = 0, taken = 0;
  for (const Port& port : ports) {
    if (port.is_apart) continue;
    (port.coefficient.at(0) > 0 ? made : taken) += std::abs(port.coefficient.at(0));
  }
  if (made == 0 || taken == 0 || (made <= taken && (!is_two_way || made == taken))) return;
  for (Port& port : ports) port.is_apart = port.is_apart || port.coefficient.at(0) > 0;
}

/// The same activity with p counted the other way round.
Activity reversed(Activity activity) {
  for (Port& port : activity.ports) port.coefficient = -port.coefficient;
  const Series low = activity.low;
  activity.low = -activity.high;
  activity.high = -low;
  activity.marginal_cost = -activity.marginal_cost;
  return activity;
}

}  // namespace

Terms scaled(Terms terms, const Series& factor, std::string_view unit) {
  for (Term& term : terms) {
    term.amount = term.amount * factor;
    if (unit != "1") term.unit = unit;
  }
  return terms;
}

Terms joined(Terms left, const Terms& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

ModelText::ModelText(std::vector<std::string> slices, std::string currency)
    : slices_(std::move(slices)), currency_(std::move(currency)) {}

std::string ModelText::fresh_id(std::string_view kind, std::string_view name) {
  if (has_digit_only(name)) return ids_.fresh(fmt::format("{}-{}", kind, name));
  const bool is_new = names_.emplace(name).second;
  return ids_.fresh(is_new ? std::string(name) : fmt::format("{}-{}", name, kind));
}

void ModelText::add_row(std::string_view table, FolderText::Cells cells) {
  cells.emplace_back("source", source);
  folder_.add(table, cells);
}

void ModelText::add_parameter(const std::string& technology, const char* parameter, double value,
                              const std::string& unit, const char* mode) {
  add_row("technology_parameters", {{"technology", technology},
                                    {"parameter", parameter},
                                    {"mode", mode},
                                    {"value", number_text(value)},
                                    {"unit", unit}});
}

void ModelText::add_profile(const std::string& technology, const Series& profile) {
  for (std::size_t slice = 0; slice < slices_.size(); ++slice) {
    add_row("profiles", {{"technology", technology},
                         {"slice", slices_[slice]},
                         {"value", number_text(profile.at(slice))},
                         {"unit", "1"}});
  }
}

void ModelText::add_capacity(const std::string& technology, const std::string& region, const Capacity& capacity,
                             const std::string& unit) {
  if (capacity.standing > 0 || !capacity.is_open) {
    add_row("facilities", {{"id", technology},
                           {"technology", technology},
                           {"region", region},
                           {"owner", owner},
                           {"status", "existing"},
                           {"capacity", number_text(capacity.standing)},
                           {"unit", unit}});
  }
  if (capacity.is_open) {
    FolderText::Cells cells = {
        {"id", technology + "-new"}, {"technology", technology}, {"region", region}, {"owner", owner}};
    if (capacity.room) cells.insert(cells.end(), {{"limit", number_text(*capacity.room)}, {"unit", unit}});
    add_row("options", std::move(cells));
  }
  if (capacity.fixed_cost != 0) {
    add_parameter(technology, "fixed_cost", capacity.fixed_cost, fmt::format("{}/({} year)", currency_, unit));
  }
  if (capacity.block) add_parameter(technology, "block", *capacity.block, unit);
}

Terms ModelText::add_activity(const Activity& given) {
  const bool is_only_back = given.high.most() <= 0 && given.low.least() < 0;
  Activity activity = is_only_back ? reversed(given) : given;
  activity.ports = merged(activity.ports);
  const bool is_two_way = activity.low.least() < 0;
  part_gains(activity.ports, is_two_way);
  const auto is_primary = [&](const Port& port) {
    return !is_two_way && !port.is_apart && port.coefficient.is(1) && port.good.region == activity.region;
  };
  const auto primary = std::find_if(activity.ports.begin(), activity.ports.end(), is_primary);
  const Port* const output = primary == activity.ports.end() ? nullptr : &*primary;
  add_technology(activity, is_two_way, output);
  add_recipes(activity, is_two_way, output);
  add_capacity(activity.id, activity.region, activity.capacity, unit::power);
  if (activity.reactance) add_parameter(activity.id, "reactance", *activity.reactance, "1");
  Terms net;
  if (is_two_way) {
    net = {{.what = "activity", .technology = activity.id, .mode = forward},
           {.what = "activity", .technology = activity.id, .mode = back, .amount = -1.0}};
  } else {
    net = {{.what = "activity", .technology = activity.id}};
  }
  add_bounds(activity, is_two_way, net);
  add_variable_cost(activity, is_two_way, net);
  for (const Port& port : activity.ports) {
    if (port.is_apart) add_port_apart(activity, port, net);
  }
  return is_only_back ? scaled(net, -1.0) : net;
}

void ModelText::add_technology(const Activity& activity, bool is_two_way, const Port* primary) {
  FolderText::Cells cells = {{"id", activity.id},
                             {"name", activity.name},
                             {"capacity_unit", unit::power},
                             {"by_slice", "yes"},
                             {"note", activity.note}};
  if (primary != nullptr) {
    cells.emplace_back("output", primary->good.commodity);
  } else {
    cells.emplace_back("activity_unit", unit::energy);
  }
  folder_.add("technologies", cells);
  const Series share = Series::combine(is_two_way ? activity.low : Series(0.0), activity.high, largest_share);
  if (share.is(1)) return;
  if (!share.varies() && share.at(0) <= 1) {
    add_parameter(activity.id, "availability", share.at(0), "1");
  } else {
    add_profile(activity.id, share);
  }
}

void ModelText::add_recipes(const Activity& activity, bool is_two_way, const Port* primary) {
  for (const Port& port : activity.ports) {
    if (&port == primary || port.is_apart) continue;
    const double amount = port.coefficient.at(0);
    add_recipe(activity, port, amount, is_two_way ? forward : "");
    if (is_two_way) add_recipe(activity, port, -amount, back);
  }
}

void ModelText::add_recipe(const Activity& activity, const Port& port, double amount, const char* mode) {
  add_row("recipes", {{"technology", activity.id},
                      {"commodity", port.good.commodity},
                      {"role", amount > 0 ? "output" : "input"},
                      {"mode", mode},
                      {"at", port.good.region == activity.region ? std::string() : port.good.region},
                      {"amount", number_text(std::abs(amount))},
                      {"unit", "1"}});
}

void ModelText::add_variable_cost(const Activity& activity, bool is_two_way, const Terms& net) {
  if (activity.marginal_cost.varies()) return add_metered_cost(scaled(net, activity.marginal_cost));
  const double cost = activity.marginal_cost.at(0);
  if (cost == 0) return;
  const std::string unit = fmt::format("{}/{}", currency_, unit::energy);
  add_parameter(activity.id, "variable_cost", cost, unit, is_two_way ? forward : "");
  if (is_two_way) add_parameter(activity.id, "variable_cost", -cost, unit, back);
}

/// What the capacity row, p forward + p back ≤ largest share × capacity, does not say.
void ModelText::add_bounds(const Activity& activity, bool is_two_way, const Terms& net) {
  std::vector<bool> has_floor(slices_.size()), has_ceiling(slices_.size());
  for (std::size_t slice = 0; slice < slices_.size(); ++slice) {
    const double low = activity.low.at(slice);
    const double high = activity.high.at(slice);
    has_floor[slice] = is_two_way ? low > -largest_share(low, high) : low > 0;
    has_ceiling[slice] = is_two_way ? high < largest_share(low, high) : high < 0;
  }
  const auto add = [&](const char* suffix, const char* sense, const Series& share, const std::vector<bool>& slices) {
    Terms terms = net;
    terms.push_back({.what = "capacity", .technology = activity.id, .amount = -share});
    add_limit({.id = activity.id + suffix,
               .name = {},
               .sense = sense,
               .per = "slice",
               .terms = terms,
               .value = 0.0,
               .unit = unit::power,
               .slices = slices});
  };
  add("-least", "at_least", activity.low, has_floor);
  add("-most", "at_most", activity.high, has_ceiling);
}

/// A technology of its own carries the good, tied to p slice by slice.
void ModelText::add_port_apart(const Activity& activity, const Port& port, const Terms& net) {
  const bool may_be_back = activity.low.least() < 0;
  const bool gives = port.coefficient.most() > 0 || may_be_back;
  const bool takes = port.coefficient.least() < 0 || may_be_back;
  Activity carrier{.id = fresh_id("port", fmt::format("{}-{}", activity.id, port.good.region)),
                   .name = fmt::format("{}: {} at {}", activity.name, port.good.commodity, port.good.region),
                   .region = port.good.region,
                   .ports = {{port.good, 1.0}},
                   .low = takes ? -1.0 : 0.0,
                   .high = gives ? 1.0 : 0.0,
                   .capacity = {.is_open = true},
                   .note = "carries what is tied to another slice by slice"};
  add_limit({.id = carrier.id,
             .name = {},
             .sense = "exactly",
             .per = "slice",
             .terms = joined(add_activity(carrier), scaled(net, -port.coefficient)),
             .value = 0.0,
             .unit = unit::power});
}

void ModelText::add_keeper(const Keeper& keeper) {
  folder_.add("technologies", {{"id", keeper.id},
                               {"name", keeper.name},
                               {"kind", "store"},
                               {"output", keeper.good.commodity},
                               {"capacity_unit", unit::energy},
                               {"chain", keeper.is_cyclic ? "cyclic" : "carry"}});
  add_capacity(keeper.id, keeper.good.region, keeper.capacity, unit::energy);
  if (keeper.standing_loss > 0) {
    // Compounded hourly there and continuously here: (1 - loss)^hours = exp(-rate × hours).
    add_parameter(keeper.id, "standing_loss", -std::log1p(-keeper.standing_loss), fmt::format("1/{}", unit::hour));
  }
  if (!keeper.is_cyclic) add_parameter(keeper.id, "opening_level", keeper.opening_level, unit::energy);
  if (!keeper.most.is(1)) add_profile(keeper.id, keeper.most);
  if (keeper.least.is(0)) return;
  if (!keeper.least.varies() && keeper.most.is(1)) {
    add_parameter(keeper.id, "least_level", keeper.least.at(0), "1");
    return;
  }
  add_limit({.id = keeper.id + "-least",
             .name = {},
             .sense = "at_least",
             .per = "slice",
             .terms = {{.what = "level", .technology = keeper.id},
                       {.what = "capacity", .technology = keeper.id, .amount = -keeper.least}},
             .value = 0.0,
             .unit = unit::energy});
}

void ModelText::add_limit(const Limit& limit) {
  const bool holds_nowhere =
      !limit.slices.empty() && std::find(limit.slices.begin(), limit.slices.end(), true) == limit.slices.end();
  if (holds_nowhere) return;
  folder_.add("limits", {{"id", limit.id}, {"name", limit.name}, {"sense", limit.sense}, {"per", limit.per}});
  for (const Term& term : limit.terms) add_term(limit, term);
  if (limit.slices.empty() && !limit.value.varies()) {
    add_row("limit_values", {{"limit", limit.id}, {"value", number_text(limit.value.at(0))}, {"unit", limit.unit}});
    return;
  }
  for (std::size_t slice = 0; slice < slices_.size(); ++slice) {
    if (!limit.slices.empty() && !limit.slices[slice]) continue;
    add_row("limit_values", {{"limit", limit.id},
                             {"slice", slices_[slice]},
                             {"value", number_text(limit.value.at(slice))},
                             {"unit", limit.unit}});
  }
}

void ModelText::add_term(const Limit& limit, const Term& term) {
  const FolderText::Cells cells = {{"limit", limit.id},
                                   {"what", term.what},
                                   {"technology", term.technology},
                                   {"mode", term.mode},
                                   {"lag", term.lag == 0 ? std::string() : fmt::format("{}", term.lag)},
                                   {"unit", term.unit}};
  const auto add = [&](const std::string& slice, double amount) {
    FolderText::Cells row = cells;
    row.insert(row.end(), {{"slice", slice}, {"amount", number_text(amount)}});
    add_row("limit_terms", std::move(row));
  };
  if (term.amount.is(0)) return;
  if (!term.amount.varies()) return add("", term.amount.at(0));
  for (std::size_t slice = 0; slice < slices_.size(); ++slice) {
    const bool is_held = limit.slices.empty() || limit.slices[slice];
    if (is_held && term.amount.at(slice) != 0) add(slices_[slice], term.amount.at(slice));
  }
}

void ModelText::add_metered_cost(const Terms& terms) {
  for (Term term : terms) {
    const std::string per = term.what == "level" ? fmt::format("({} {})", unit::energy, unit::hour) : unit::energy;
    term.unit = fmt::format("{}/{}", unit::metered_money, per);
    metered_cost_.push_back(std::move(term));
  }
}

std::string ModelText::add_meter(const std::string& name, const Terms& terms, const std::string& unit) {
  if (!std::exchange(has_meters_, true)) {
    add_row("regions", {{"id", meter_region}, {"name", "What is counted"}, {"kind", "account"}});
  }
  const std::string id = fresh_id("meter", name);
  const std::string rate = fmt::format("{}/{}", unit, unit::hour);
  folder_.add("technologies", {{"id", id},
                               {"activity_unit", unit},
                               {"capacity_unit", rate},
                               {"by_slice", "yes"},
                               {"note", "counts what differs by slice; makes and uses nothing"}});
  add_capacity(id, meter_region, {.is_open = true}, rate);
  add_limit({.id = id,
             .name = {},
             .sense = "exactly",
             .per = "slice",
             .terms = joined({{.what = "activity", .technology = id}}, scaled(terms, -1.0)),
             .value = 0.0,
             .unit = rate});
  return id;
}

Terms ModelText::add_meters(const std::string& name, const Terms& terms, const std::string& unit) {
  Terms meters;
  for (const double sign : {1.0, -1.0}) {
    const Terms same = of_sign(terms, sign);
    if (same.empty()) continue;
    const std::string id = add_meter(sign > 0 ? name : name + "-back", same, unit);
    meters.push_back({.what = "activity", .technology = id, .amount = sign});
  }
  return meters;
}

FolderText ModelText::finish() && {
  const Terms meters = add_meters("costs-by-slice", metered_cost_, unit::metered_money);
  for (const Term& meter : meters) {
    add_parameter(meter.technology, "variable_cost", meter.amount.at(0),
                  fmt::format("{}/{}", currency_, unit::metered_money));
  }
  return std::move(folder_);
}

}  // namespace pinchpoint::importers::pypsa
