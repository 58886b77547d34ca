// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "delivery/importers/osemosys/map/mapping.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

using Values = std::vector<double>;

class DemandRows {
 public:
  DemandRows(Mapping& mapping, int region, int fuel) : mapping_(mapping), region_(region), fuel_(fuel) {}

  /// Equation EBb4 asks for the accumulated demand from the same surplus that EBa11 asks for the specified demand: of a
  /// fuel with both, the larger counts.
  void add() {
    Values specified, accumulated;
    for (int year = 0; year < mapping_.years(); ++year) {
      const double by_slice = specified_in_all(year);
      specified.push_back(mapping_.at("SpecifiedAnnualDemand", {region_, fuel_, year}));
      accumulated.push_back(std::max(0.0, mapping_.at("AccumulatedAnnualDemand", {region_, fuel_, year}) - by_slice));
    }
    const std::string name = mapping_.in_region(mapping_.fuels[static_cast<std::size_t>(fuel_)], region_);
    if (has_some(specified)) {
      const std::string programme = add_programme(name, "profile");
      add_amounts(programme, specified);
      add_profile(programme, specified);
    }
    if (has_some(accumulated)) add_amounts(add_programme(name + ".any-time", "any"), accumulated);
  }

 private:
  static bool has_some(const Values& values) {
    return std::any_of(values.begin(), values.end(), [](double value) { return value != 0; });
  }

  [[nodiscard]] double specified_in_all(int year) const {
    double shares = 0;
    for (int slice = 0; slice < mapping_.foreign.count(Set::timeslice); ++slice) {
      shares += mapping_.at("SpecifiedDemandProfile", {region_, fuel_, slice, year});
    }
    return mapping_.at("SpecifiedAnnualDemand", {region_, fuel_, year}) * shares;
  }

  std::string add_programme(const std::string& wanted, const std::string& timing) {
    std::string id = mapping_.programme_names.fresh(wanted);
    mapping_.folder.add("programmes",
                        {{"id", id},
                         {"name", fmt::format("{} of {}{}", timing == "any" ? "yearly demand" : "demand",
                                              mapping_.foreign.set(Set::fuel)[fuel_], mapping_.region_words(region_))},
                         {"commodity", mapping_.fuels[static_cast<std::size_t>(fuel_)]},
                         {"region", mapping_.regions[static_cast<std::size_t>(region_)]},
                         {"payer", mapping_.owner},
                         {"timing", timing}});
    return id;
  }

  void add_amounts(const std::string& programme, const Values& values) {
    Mapping::for_each_change(mapping_, values, [&](const std::string& from, double value) {
      mapping_.folder.add("programme_parameters", {{"programme", programme},
                                                   {"parameter", "demand"},
                                                   {"from", from},
                                                   {"value", number_text(value)},
                                                   {"unit", fmt::format("{}/year", Mapping::activity)},
                                                   {"source", Mapping::source}});
    });
  }

  /// SpecifiedDemandProfile is a share of the year's demand; ours is relative to the average of the year.
  void add_profile(const std::string& programme, const Values& specified) {
    for (int slice = 0; slice < mapping_.foreign.count(Set::timeslice); ++slice) {
      Values factors;
      for (int year = 0; year < mapping_.years(); ++year) {
        const bool is_asked = specified[static_cast<std::size_t>(year)] != 0;
        const double share = mapping_.at("SpecifiedDemandProfile", {region_, fuel_, slice, year});
        const double weight = mapping_.at("YearSplit", {slice, year}) / mapping_.year_length(year);
        factors.push_back(is_asked ? share / weight : factors.empty() ? 0 : factors.back());
      }
      Mapping::for_each_change(mapping_, factors, [&](const std::string& from, double value) {
        mapping_.folder.add("profiles", {{"programme", programme},
                                         {"slice", mapping_.slices[static_cast<std::size_t>(slice)]},
                                         {"from", from},
                                         {"value", number_text(value)},
                                         {"unit", "1"},
                                         {"source", Mapping::source},
                                         {"note", from.empty() ? "SpecifiedDemandProfile / YearSplit" : ""}});
      });
    }
  }

  Mapping& mapping_;
  int region_, fuel_;
};

}  // namespace

void map_demand(Mapping& mapping) {
  for (int region = 0; region < mapping.foreign.count(Set::region); ++region) {
    for (int fuel = 0; fuel < mapping.foreign.count(Set::fuel); ++fuel) DemandRows(mapping, region, fuel).add();
  }
}

/// Years without a break in which a route is open become a lane, without limit as in OSeMOSYS.
void map_trade(Mapping& mapping) {
  for (const Parameter::Series& route : mapping.foreign.parameter("TradeRoute").series()) {
    if (route.index[0] == route.index[1]) continue;
    const std::string& origin = mapping.regions[static_cast<std::size_t>(route.index[0])];
    const std::string& destination = mapping.regions[static_cast<std::size_t>(route.index[1])];
    const std::string& fuel = mapping.fuels[static_cast<std::size_t>(route.index[2])];
    for (int year = 0; year < mapping.years(); ++year) {
      if (route.values[static_cast<std::size_t>(year)] == 0) continue;
      const int begin = year;
      while (year < mapping.years() && route.values[static_cast<std::size_t>(year)] != 0) ++year;
      mapping.folder.add("lanes", {{"id", mapping.lane_names.fresh(fmt::format("{}.{}.{}", fuel, origin, destination))},
                                   {"origin", origin},
                                   {"destination", destination},
                                   {"commodity", fuel},
                                   {"from", mapping.from(begin)},
                                   {"until", year == mapping.years() ? std::string() : mapping.date(year)}});
    }
  }
}

}  // namespace pinchpoint::importers::osemosys
