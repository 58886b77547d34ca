// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/osemosys/map/mapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace pinchpoint::importers::osemosys {

namespace {

std::vector<std::string> ids_of(const Members& members, ForeignNames& names) {
  std::vector<std::string> ids;
  for (const std::string& name : members.texts()) ids.push_back(names.fresh(name));
  return ids;
}

}  // namespace

Mapping::Mapping(const ForeignModel& model, std::string money_unit, Import& import)
    : foreign(model), folder(import.folder), problems(import.warnings), money(model), currency(std::move(money_unit)) {
  name_members();
  name_units();
  for (int year = 0; year < years(); ++year) {
    double length = 0;
    for (int slice = 0; slice < foreign.count(Set::timeslice); ++slice) length += at("YearSplit", {slice, year});
    year_lengths_.push_back(std::abs(length - 1) < 1e-12 ? 1 : length);
  }
  find_stands();
  find_modes();
}

void Mapping::name_members() {
  ForeignNames places, ways, times, goods;
  regions = ids_of(foreign.set(Set::region), places);
  owner = places.fresh("planner");
  technologies = ids_of(foreign.set(Set::technology), ways);
  stores = ids_of(foreign.set(Set::storage), ways);
  slices = ids_of(foreign.set(Set::timeslice), times);
  fuels = ids_of(foreign.set(Set::fuel), goods);
  emissions = ids_of(foreign.set(Set::emission), goods);
  stored = ids_of(foreign.set(Set::storage), goods);
}

void Mapping::name_units() {
  for (int region = 0; region < foreign.count(Set::region); ++region) {
    for (int technology = 0; technology < foreign.count(Set::technology); ++technology) {
      const double factor = at("CapacityToActivityUnit", {region, technology});
      capacity_units_.emplace(factor > 0 ? factor : 1, std::string());
    }
  }
  std::string letters;
  for (auto& [factor, name] : capacity_units_) {
    name = "capacity_unit" + letters;
    // _b, _c … _z, _zb …: names of units do not end in digits.
    if (letters.empty() || letters.back() == 'z') {
      letters += letters.empty() ? "_b" : "b";
    } else {
      ++letters.back();
    }
  }
}

void Mapping::find_stands() {
  const int count = foreign.count(Set::technology);
  stands_.assign(static_cast<std::size_t>(foreign.count(Set::region) * count), false);
  const auto mark = [&](int region, int technology) {
    stands_[static_cast<std::size_t>(region * count + technology)] = true;
  };
  for (const char* name :
       {"InputActivityRatio", "OutputActivityRatio", "EmissionActivityRatio", "EmissionToActivityChangeRatio",
        "ResidualCapacity", "TotalAnnualMinCapacity", "TotalAnnualMinCapacityInvestment",
        "TotalTechnologyAnnualActivityLowerLimit", "ReserveMarginTagTechnology", "UDCMultiplierTotalCapacity",
        "UDCMultiplierNewCapacity", "UDCMultiplierActivity"}) {
    for (const Parameter::Series& series : foreign.parameter(name).series()) mark(series.index[0], series.index[1]);
  }
  for (const char* name :
       {"TechnologyToStorage", "TechnologyFromStorage", "TotalTechnologyModelPeriodActivityLowerLimit"}) {
    const Parameter& parameter = foreign.parameter(name);
    for (const Parameter::Entry& entry : parameter.entries()) {
      const std::vector<int> at = parameter.indices_of(entry.key);
      if (entry.value != 0) mark(at[0], at[1]);
    }
  }
}

/// Modes in which something is used, made, emitted or stored. Where activity is asked for, all of them count: OSeMOSYS
/// lets a technology run in a mode without any ratio.
void Mapping::find_modes() {
  std::vector<std::set<int>> used(static_cast<std::size_t>(foreign.count(Set::technology)));
  const auto mark = [&](int technology, int mode) {
    if (foreign.may_run(technology, mode)) used[static_cast<std::size_t>(technology)].insert(mode);
  };
  for (const char* name :
       {"InputActivityRatio", "OutputActivityRatio", "EmissionActivityRatio", "EmissionToActivityChangeRatio"}) {
    for (const Parameter::Series& series : foreign.parameter(name).series()) mark(series.index[1], series.index[3]);
  }
  for (const char* name : {"TechnologyToStorage", "TechnologyFromStorage"}) {
    const Parameter& parameter = foreign.parameter(name);
    for (const Parameter::Entry& entry : parameter.entries()) {
      const std::vector<int> at = parameter.indices_of(entry.key);
      if (entry.value != 0) mark(at[1], at[3]);
    }
  }
  const auto mark_all = [&](int technology) {
    for (int mode = 0; mode < foreign.count(Set::mode); ++mode) mark(technology, mode);
  };
  for (const Parameter::Series& series : foreign.parameter("TotalTechnologyAnnualActivityLowerLimit").series()) {
    mark_all(series.index[1]);
  }
  const Parameter& period = foreign.parameter("TotalTechnologyModelPeriodActivityLowerLimit");
  for (const Parameter::Entry& entry : period.entries()) {
    if (entry.value > 0) mark_all(period.indices_of(entry.key)[1]);
  }
  for (const Parameter::Series& series : foreign.parameter("VariableCost").series()) {
    const bool is_credit =
        std::any_of(series.values.begin(), series.values.end(), [](double cost) { return cost < 0; });
    if (is_credit) mark(series.index[1], series.index[2]);
  }
  for (const std::set<int>& modes : used) modes_.emplace_back(modes.begin(), modes.end());
}

bool Mapping::is_linked(int region, int store) const {
  for (const char* name : {"TechnologyToStorage", "TechnologyFromStorage"}) {
    const Parameter& parameter = foreign.parameter(name);
    for (const Parameter::Entry& entry : parameter.entries()) {
      const std::vector<int> at = parameter.indices_of(entry.key);
      if (entry.value != 0 && at[0] == region && at[2] == store) return true;
    }
  }
  return false;
}

bool Mapping::has_linked_stores() const {
  for (int region = 0; region < foreign.count(Set::region); ++region) {
    for (int store = 0; store < foreign.count(Set::storage); ++store) {
      if (is_linked(region, store)) return true;
    }
  }
  return false;
}

std::string Mapping::from(int year) const { return year == 0 ? std::string() : date(year); }

std::string Mapping::date(int year) const { return std::to_string(foreign.years.front() + year); }

std::string Mapping::region_filter(int region) const {
  return regions.size() == 1 ? std::string() : regions[static_cast<std::size_t>(region)];
}

std::string Mapping::in_region(const std::string& id, int region) const {
  return regions.size() == 1 ? id : regions[static_cast<std::size_t>(region)] + "." + id;
}

std::string Mapping::region_words(int region) const {
  return regions.size() == 1 ? std::string() : " in " + foreign.set(Set::region)[region];
}

const std::string& Mapping::capacity_unit(int region, int technology) const {
  const double factor = at("CapacityToActivityUnit", {region, technology});
  return capacity_units_.at(factor > 0 ? factor : 1);
}

std::string Mapping::per_capacity(int region, int technology) const {
  return fmt::format("{}/year/({})", activity, capacity_unit(region, technology));
}

std::string Mapping::mode_text(int technology, int mode) const {
  return modes(technology).size() <= 1 ? std::string() : foreign.set(Set::mode)[mode];
}

void Mapping::for_each_change(const Mapping& mapping, const std::vector<double>& values, const Emit& emit) {
  for (int year = 0; year < static_cast<int>(values.size()); ++year) {
    const auto at = static_cast<std::size_t>(year);
    if (year == 0 || values[at] != values[at - 1]) emit(mapping.from(year), values[at]);
  }
}

}  // namespace pinchpoint::importers::osemosys
