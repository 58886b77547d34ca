// SPDX-License-Identifier: Apache-2.0
// Where the full text of OSeMOSYS has another optimum than the short one, the latter is followed, and it is said of
// what: in the full text amounts and costs below zero are forbidden, and what nothing makes is free.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "delivery/importers/osemosys/map/mapping.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

/// What a warning is about: the first figure of its kind, and how many there are.
struct Finding {
  std::string name;
  Place place;
  int count = 0;

  void add(const std::string& found, const Place& where) {
    if (count++ == 0) {
      name = found;
      place = where;
    }
  }
};

constexpr std::string_view compare_with_short_text =
    "compare with OSeMOSYS' short text, whose optimum the plan has; that of the full text may differ";

void warn(Mapping& mapping, const Finding& finding, std::string_view words,
          std::string_view fix = compare_with_short_text) {
  if (finding.count == 0) return;
  std::string message = finding.name;
  if (finding.count > 1) message += fmt::format(" and {} more", finding.count - 1);
  Diagnostic& item = mapping.problems.add(Code::import_unused, mapping.foreign.where(finding.place),
                                          fmt::format("{}: {}", message, words));
  item.fix = fix;
}

void warn_of_negative(Mapping& mapping, std::string_view name, std::string_view words,
                      std::string_view fix = compare_with_short_text) {
  const Parameter& parameter = mapping.foreign.parameter(name);
  Finding finding;
  for (const Parameter::Entry& entry : parameter.entries()) {
    if (entry.value >= 0) continue;
    finding.add(fmt::format("{} = {}", parameter.name(entry.key, mapping.foreign.sets), number_text(entry.value)),
                entry.place);
  }
  warn(mapping, finding, words, fix);
}

/// Region, fuel and year in which something has an output.
using Made = std::set<std::vector<int>>;

Made made_fuels(const ForeignModel& foreign) {
  Made made;
  for (const Parameter::Series& ratio : foreign.parameter("OutputActivityRatio").series()) {
    for (int year = 0; year < foreign.count(Set::year); ++year) {
      if (ratio.values[static_cast<std::size_t>(year)] != 0) made.insert({ratio.index[0], ratio.index[2], year});
    }
  }
  return made;
}

/// EBa7 of the full text says nothing of a fuel that no technology makes.
void warn_of_fuels_from_nowhere(Mapping& mapping) {
  const Made made = made_fuels(mapping.foreign);
  Finding finding;
  const auto look = [&](std::string_view name, std::size_t fuel) {
    const Parameter& parameter = mapping.foreign.parameter(name);
    for (const Parameter::Entry& entry : parameter.entries()) {
      const std::vector<int> at = parameter.indices_of(entry.key);
      if (entry.value == 0 || made.contains({at.front(), at[fuel], at.back()})) continue;
      finding.add(fmt::format("{} = {}", parameter.name(entry.key, mapping.foreign.sets), number_text(entry.value)),
                  entry.place);
    }
  };
  look("SpecifiedAnnualDemand", 1);
  look("AccumulatedAnnualDemand", 1);
  look("InputActivityRatio", 2);
  warn(mapping, finding,
       "no technology of the region makes it in that year: free in the full text, to come from elsewhere here");
}

}  // namespace

void warn_of_texts(Mapping& mapping) {
  if (mapping.foreign.is_muio) return;
  warn_of_negative(mapping, "VariableCost", "taken as income, which the full text forbids");
  warn_of_negative(mapping, "EmissionActivityRatio",
                   "counts against limits and the technology's own penalties; the full text forbids the activity");
  if (mapping.foreign.penalties_are_income) {
    warn_of_negative(mapping, "EmissionsPenalty", "taken as income, which no official text has",
                     "leave out --penalties-as-income for the optimum of OSeMOSYS' short text");
  } else {
    warn_of_negative(
        mapping, "EmissionsPenalty",
        "makes up for a technology's other penalties, but is no income (--penalties-as-income: it is); the "
        "full text forbids the emission");
  }
  warn_of_fuels_from_nowhere(mapping);
}

}  // namespace pinchpoint::importers::osemosys
