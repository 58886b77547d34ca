// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "delivery/importers/temoa/draft.hpp"

namespace pinchpoint::importers::temoa {

namespace {

/// Periods in which a surplus of a commodity may be left in a region, by slice or only evenly over the year.
struct Surplus {
  std::vector<bool> by_slice, evenly;
};

/// Flexible technologies may make more than is used; of a demand that is not stated, anything may be made.
Surplus surplus_of(const Draft& draft, const std::string& region, const std::string& name) {
  Surplus surplus{std::vector<bool>(draft.periods().size()), std::vector<bool>(draft.periods().size())};
  const Commodity& commodity = draft.network.commodity(name);
  for (std::size_t period = 0; period < draft.periods().size(); ++period) {
    const std::vector<FlowOf> makers = draft.network.makers(region, period, name);
    if (commodity.is_demand) {
      const auto asked = draft.data().parameter("demand").find({region, draft.begin(period), name});
      surplus.by_slice[period] = !asked && !makers.empty();
      continue;
    }
    for (const FlowOf& maker : makers) {
      if (!draft.network.technology(*maker.process).is_flexible || maker.process->is_exchange()) continue;
      (maker.process->is_annual ? surplus.evenly : surplus.by_slice)[period] = true;
    }
    if (commodity.is_annual && surplus.evenly[period]) surplus.by_slice[period] = true;
  }
  return surplus;
}

/// A technology that takes a commodity and makes nothing, free and unlimited, in some periods.
void write_disposal(const Draft& draft, const std::string& region, const std::string& name,
                    const std::vector<bool>& periods, bool is_by_slice) {
  if (std::find(periods.begin(), periods.end(), true) == periods.end()) return;
  const std::string unit = draft.network.commodity_unit(name);
  const std::string id =
      draft.network.technologies.fresh(fmt::format("leave-{}.{}{}", draft.network.regions.id(region),
                                                   draft.network.commodities.id(name), is_by_slice ? "" : "-evenly"));
  draft.folder.add("technologies", {{"id", id},
                                    {"name", fmt::format("{} left unused", name)},
                                    {"activity_unit", unit},
                                    {"capacity_unit", unit + "/year"},
                                    {"by_slice", is_by_slice ? "yes" : "no"}});
  draft.figure("recipes", {{"technology", id}, {"commodity", draft.network.commodities.id(name)}, {"role", "input"}}, 1,
               fmt::format("({})/({})", unit, unit));
  for (std::size_t period = 0; period < periods.size(); ++period) {
    draft.figure("technology_parameters",
                 {{"technology", id}, {"parameter", "lifetime"}, {"from", draft.begin(period)}},
                 draft.periods()[period].length, "years");
    if (!periods[period]) continue;
    draft.folder.add("options", {{"id", fmt::format("{}-{}", id, draft.begin(period))},
                                 {"technology", id},
                                 {"region", draft.network.regions.id(region)},
                                 {"owner", std::string(owner_id)},
                                 {"from", draft.begin(period)},
                                 {"until", draft.begin(period + 1)}});
  }
}

std::string_view disposal_of(const Commodity& commodity) {
  if (commodity.is_source || commodity.is_emission) return "counted";
  return commodity.is_waste ? "free" : "none";
}

void write_commodity(const Draft& draft, const std::string& name, const Commodity& commodity) {
  const bool is_by_slice =
      (commodity.is_physical || commodity.is_demand) && !commodity.is_annual && !commodity.is_source;
  draft.folder.add("commodities", {{"id", draft.network.commodities.id(name)},
                                   {"name", commodity.about.empty() ? draft.network.commodities.name_if_changed(name)
                                                                    : commodity.about},
                                   {"layer", commodity.is_emission ? "emissions" : "energy"},
                                   {"unit", draft.network.commodity_unit(name)},
                                   {"trade", "local"},
                                   {"by_slice", is_by_slice ? "yes" : "no"},
                                   {"disposal", std::string(disposal_of(commodity))}});
  const bool has_surplus =
      (commodity.is_physical && !commodity.is_source && !commodity.is_waste) || commodity.is_demand;
  for (const std::string& region : draft.data().regions) {
    if (!has_surplus) break;
    const Surplus surplus = surplus_of(draft, region, name);
    write_disposal(draft, region, name, surplus.by_slice, true);
    if (!commodity.is_annual) write_disposal(draft, region, name, surplus.evenly, false);
  }
}

/// An emission that has a price needs a twin without it where some of it is not priced.
void write_unpriced(const Draft& draft, const std::string& name, const Commodity& commodity) {
  const auto& processes = draft.network.processes();
  const bool is_needed = std::any_of(processes.begin(), processes.end(),
                                     [&](const Process& process) { return !is_priced(draft, process); });
  if (!is_needed) return;
  draft.folder.add("commodities", {{"id", unpriced_id(draft, name)},
                                   {"name", fmt::format("{} of flexible annual technologies, not priced",
                                                        commodity.about.empty() ? name : commodity.about)},
                                   {"layer", "emissions"},
                                   {"unit", draft.network.commodity_unit(name)},
                                   {"trade", "local"},
                                   {"disposal", "counted"}});
}

void write_price(const Draft& draft, const std::string& name) {
  for (const std::string& region : draft.data().regions) {
    std::vector<double> costs;
    for (const Period& period : draft.periods())
      costs.push_back(draft.data().parameter("cost_emission").value({region, period.text, name}, 0));
    draft.dated_figures("commodity_parameters",
                        {{"commodity", draft.network.commodities.id(name)},
                         {"parameter", "penalty"},
                         {"region", draft.network.regions.id(region)}},
                        costs, draft.money_per(draft.network.commodity_unit(name)));
  }
}

/// Profile of a demand: 1 is the average. Rows only where it changes from period to period.
void write_shape(const Draft& draft, const std::string& programme, const std::string& region, const std::string& name) {
  std::vector<double> before(draft.data().slice_count(), 1);
  for (std::size_t period = 0; period < draft.periods().size(); ++period) {
    if (!draft.data().parameter("demand").find({region, draft.begin(period), name})) continue;
    const auto shares = draft.network.distribution(region, period, name);
    for (std::size_t slice = 0; slice < draft.data().slice_count(); ++slice) {
      const double factor = shares ? (*shares)[slice] / draft.data().share(slice) : 1;
      if (factor == before[slice]) continue;
      before[slice] = factor;
      FolderText::Cells cells{{"programme", programme}, {"slice", draft.network.slice_id(slice)}};
      if (period > 0) cells.emplace_back("from", draft.begin(period));
      draft.figure("profiles", std::move(cells), factor, "1");
    }
  }
}

void write_demand(const Draft& draft, const std::string& region, const std::string& name) {
  std::vector<double> asked;
  bool is_asked = false;
  for (const Period& period : draft.periods()) {
    const auto demand = draft.data().parameter("demand").find({region, period.text, name});
    is_asked = is_asked || demand.value_or(0) != 0;
    asked.push_back(demand.value_or(0));
  }
  if (!is_asked) return;
  const std::string place = draft.data().regions.size() > 1 ? region + "." : "";
  const std::string id = draft.network.programmes.id(place + name);
  draft.folder.add("programmes", {{"id", id},
                                  {"name", draft.network.commodity(name).about},
                                  {"commodity", draft.network.commodities.id(name)},
                                  {"region", draft.network.regions.id(region)},
                                  {"payer", std::string(owner_id)}});
  draft.dated_figures("programme_parameters", {{"programme", id}, {"parameter", "demand"}}, asked,
                      draft.network.commodity_unit(name) + "/year");
  write_shape(draft, id, region, name);
}

}  // namespace

bool is_priced(const Draft& draft, const Process& process) {
  return !process.is_annual || !draft.network.technology(process).is_flexible;
}

std::string unpriced_id(const Draft& draft, std::string_view emission) {
  return draft.network.commodities.id(std::string(emission) + ".unpriced");
}

std::string emission_id(const Draft& draft, const Process& process, std::string_view emission) {
  return is_priced(draft, process) ? draft.network.commodities.id(emission) : unpriced_id(draft, emission);
}

void write_goods(const Draft& draft) {
  for (const auto& [name, commodity] : draft.data().commodities) {
    write_commodity(draft, name, commodity);
    if (!commodity.is_emission) continue;
    write_unpriced(draft, name, commodity);
    write_price(draft, name);
  }
}

void write_demands(const Draft& draft) {
  for (const std::string& region : draft.data().regions) {
    for (const auto& [name, commodity] : draft.data().commodities) {
      if (commodity.is_demand) write_demand(draft, region, name);
    }
  }
}

}  // namespace pinchpoint::importers::temoa
