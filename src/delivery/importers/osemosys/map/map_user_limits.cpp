// SPDX-License-Identifier: Apache-2.0
// UDC1, UDC2 and EBb4_ICR of MUIO's model text: constraints of the user's own, and inputs of capacity.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "delivery/importers/osemosys/map/limit_rows.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

using Values = std::vector<double>;
using Limits = std::vector<std::optional<double>>;

std::string activity_a_year() { return fmt::format("{}/year", Mapping::activity); }

FolderText::Cells cells_of(const Mapping& mapping, int region, int technology) {
  return {{"technology", mapping.technologies[static_cast<std::size_t>(technology)]},
          {"region", mapping.region_filter(region)}};
}

/// Terms of one parameter with the indices region, technology, `member` and year.
struct Factor {
  std::string_view parameter;
  const char* what;
  int sign;
};

void add_terms(Mapping& mapping, LimitRows& rows, const Factor& factor, int region, int member) {
  const bool is_of_capacity = std::string_view(factor.what) != "activity";
  for (Parameter::Series& series : mapping.foreign.parameter(factor.parameter).series()) {
    if (series.index[0] != region || series.index[2] != member) continue;
    for (double& value : series.values) value *= factor.sign;
    rows.add_term(factor.what, cells_of(mapping, region, series.index[1]), series.values,
                  is_of_capacity ? mapping.per_capacity(region, series.index[1]) : "1");
  }
}

constexpr std::array multipliers = {Factor{"UDCMultiplierTotalCapacity", "capacity", 1},
                                    Factor{"UDCMultiplierNewCapacity", "ordered", 1},
                                    Factor{"UDCMultiplierActivity", "activity", 1}};

bool has_multiplier(const Mapping& mapping, int region, int limit) {
  return std::any_of(multipliers.begin(), multipliers.end(), [&](const Factor& factor) {
    const auto all = mapping.foreign.parameter(factor.parameter).series();
    return std::any_of(all.begin(), all.end(), [&](const Parameter::Series& series) {
      return series.index[0] == region && series.index[2] == limit;
    });
  });
}

/// A constraint of nothing holds, or never can.
void check_empty(Mapping& mapping, int region, int limit, double tag) {
  const Parameter& constant = mapping.foreign.parameter("UDCConstant");
  for (int year = 0; year < mapping.years(); ++year) {
    const double value = constant.at({region, limit, year});
    if (value == 0 || (tag == 0 && value > 0)) continue;
    mapping.problems.add(
        Code::import_clash, mapping.foreign.where(constant.place({region, limit, year})),
        fmt::format("UDC {} has no multiplier, and 0 is {} its constant {} of {}", mapping.foreign.set(Set::udc)[limit],
                    tag == 0 ? "more than" : "not", number_text(value), mapping.date(year)));
    return;
  }
}

void add_user_limit(Mapping& mapping, int region, int limit) {
  const double tag = mapping.at("UDCTag", {region, limit});
  if (tag != 0 && tag != 1) return;
  if (!has_multiplier(mapping, region, limit)) return check_empty(mapping, region, limit, tag);
  const std::string& name = mapping.foreign.set(Set::udc)[limit];
  LimitRows rows(mapping, {mapping.in_region(name, region), name + mapping.region_words(region),
                           tag == 0 ? "at_most" : "exactly", "period"});
  for (const Factor& factor : multipliers) add_terms(mapping, rows, factor, region, limit);
  Limits limits;
  for (int year = 0; year < mapping.years(); ++year)
    limits.emplace_back(mapping.at("UDCConstant", {region, limit, year}));
  rows.add_values(limits, activity_a_year());
}

constexpr std::array capacity_inputs = {Factor{"InputToNewCapacityRatio", "ordered", -1},
                                        Factor{"InputToTotalCapacityRatio", "capacity", -1}};

/// What is made of a fuel in a year is at least what runs, what is asked for over the year, and what capacity needs.
void add_inputs_of_capacity(Mapping& mapping, int region, int fuel) {
  const std::string& id = mapping.fuels[static_cast<std::size_t>(fuel)];
  const FolderText::Cells where = {{"commodity", id}, {"region", mapping.region_filter(region)}};
  LimitRows rows(mapping,
                 {mapping.in_region(id, region) + ".inputs-of-capacity",
                  fmt::format("{} for capacity{}", mapping.foreign.set(Set::fuel)[fuel], mapping.region_words(region)),
                  "at_least", "period"});
  rows.add_term("made", where, {1});
  rows.add_term("used", where, {-1});
  for (const Factor& factor : capacity_inputs) add_terms(mapping, rows, factor, region, fuel);
  Limits asked;
  for (int year = 0; year < mapping.years(); ++year)
    asked.emplace_back(mapping.at("AccumulatedAnnualDemand", {region, fuel, year}));
  rows.add_values(asked, activity_a_year());
}

/// Trade is not among what a limit measures.
bool is_traded(const Mapping& mapping, int fuel) {
  const Parameter& route = mapping.foreign.parameter("TradeRoute");
  return std::any_of(route.entries().begin(), route.entries().end(), [&](const Parameter::Entry& entry) {
    return entry.value != 0 && route.indices_of(entry.key)[2] == fuel;
  });
}

}  // namespace

void map_user_limits(Mapping& mapping) {
  for (int region = 0; region < mapping.foreign.count(Set::region); ++region) {
    for (int limit = 0; limit < mapping.foreign.count(Set::udc); ++limit) add_user_limit(mapping, region, limit);
  }
}

void map_inputs_of_capacity(Mapping& mapping) {
  std::set<std::pair<int, int>> needed;  // region and fuel
  for (const Factor& factor : capacity_inputs) {
    for (const Parameter::Series& series : mapping.foreign.parameter(factor.parameter).series())
      needed.emplace(series.index[0], series.index[2]);
  }
  for (const auto& [region, fuel] : needed) {
    if (is_traded(mapping, fuel)) {
      mapping.problems.add(Code::import_unsupported, mapping.foreign.where({}),
                           fmt::format("{} is an input of capacity and traded between regions: only one of the two can "
                                       "be imported",
                                       mapping.foreign.set(Set::fuel)[fuel]));
      continue;
    }
    add_inputs_of_capacity(mapping, region, fuel);
  }
}

}  // namespace pinchpoint::importers::osemosys
