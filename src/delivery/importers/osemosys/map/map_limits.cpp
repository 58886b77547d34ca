// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "delivery/importers/osemosys/map/limit_rows.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

using Limits = std::vector<std::optional<double>>;

constexpr double no_limit = -1;

std::string per_year(const std::string& unit) { return unit + "/year"; }

bool has_some(const Limits& limits) {
  return std::any_of(limits.begin(), limits.end(), [](const auto& limit) { return limit.has_value(); });
}

/// A bound of one technology in one region, by year.
struct Bound {
  const char* parameter;
  const char* slug;
  const char* words;
  const char* what;
  bool is_most;
};

constexpr std::array bounds = {
    Bound{"TotalAnnualMaxCapacity", "most-capacity", "most capacity", "capacity", true},
    Bound{"TotalAnnualMinCapacity", "least-capacity", "least capacity", "capacity", false},
    Bound{"TotalAnnualMaxCapacityInvestment", "most-new", "most new capacity", "ordered", true},
    Bound{"TotalAnnualMinCapacityInvestment", "least-new", "least new capacity", "ordered", false},
    Bound{"TotalTechnologyAnnualActivityUpperLimit", "most-activity", "most activity", "activity", true},
    Bound{"TotalTechnologyAnnualActivityLowerLimit", "least-activity", "least activity", "activity", false},
};

void add_bound(Mapping& mapping, const Bound& bound, int region, int technology, const Limits& limits) {
  if (!has_some(limits)) return;
  const std::string& id = mapping.technologies[static_cast<std::size_t>(technology)];
  const bool is_of_activity = std::string_view(bound.what) == "activity";
  LimitRows rows(mapping, {fmt::format("{}.{}", mapping.in_region(id, region), bound.slug),
                           fmt::format("{} of {}{}", bound.words, mapping.foreign.set(Set::technology)[technology],
                                       mapping.region_words(region)),
                           bound.is_most ? "at_most" : "at_least", "period"});
  rows.add_term(bound.what, {{"technology", id}, {"region", mapping.region_filter(region)}}, {1});
  rows.add_values(limits, is_of_activity ? per_year(Mapping::activity) : mapping.capacity_unit(region, technology));
}

/// Limits in force: an upper one where it is not -1, a lower one where it is above 0.
Limits limits_of(const Mapping& mapping, const Bound& bound, int region, int technology) {
  Limits limits;
  for (int year = 0; year < mapping.years(); ++year) {
    const double value = mapping.at(bound.parameter, {region, technology, year});
    const bool holds = bound.is_most ? value != no_limit : value > 0;
    limits.push_back(holds ? std::optional(value) : std::nullopt);
  }
  // Without an option nothing is ordered anyway.
  const bool is_of_orders = std::string_view(bound.what) == "ordered" && bound.is_most;
  const bool is_closed = std::all_of(limits.begin(), limits.end(), [](const auto& limit) { return limit == 0.0; });
  if (is_of_orders && is_closed) limits.assign(limits.size(), std::nullopt);
  return limits;
}

void add_model_period_bounds(Mapping& mapping, int region, int technology) {
  const std::string& id = mapping.technologies[static_cast<std::size_t>(technology)];
  const double most = mapping.at("TotalTechnologyModelPeriodActivityUpperLimit", {region, technology});
  const double least = mapping.at("TotalTechnologyModelPeriodActivityLowerLimit", {region, technology});
  const auto add = [&](const char* slug, const char* words, const char* sense, double value) {
    LimitRows rows(mapping,
                   {fmt::format("{}.{}", mapping.in_region(id, region), slug),
                    fmt::format("{} of {}{} over all years", words, mapping.foreign.set(Set::technology)[technology],
                                mapping.region_words(region)),
                    sense, "horizon"});
    rows.add_term("activity", {{"technology", id}, {"region", mapping.region_filter(region)}}, {1});
    rows.add_value(value, Mapping::activity);
  };
  if (most != no_limit) add("most-activity-in-all", "most activity", "at_most", most);
  if (least > 0) add("least-activity-in-all", "least activity", "at_least", least);
}

/// EmissionToActivityChangeRatio of an emission: the activity of a year less that of the year before emits; nothing in
/// the first. Over all years a year's activity counts less what the next year's change takes back.
void add_emissions_of_change(Mapping& mapping, LimitRows& rows, int region, int emission, bool is_by_year) {
  for (const Parameter::Series& ratio : mapping.foreign.parameter("EmissionToActivityChangeRatio").series()) {
    const auto [of_region, technology, of_emission, mode] =
        std::tuple(ratio.index[0], ratio.index[1], ratio.index[2], ratio.index[3]);
    if (of_region != region || of_emission != emission || !mapping.foreign.may_run(technology, mode)) continue;
    FolderText::Cells where = {{"technology", mapping.technologies[static_cast<std::size_t>(technology)]},
                               {"mode", mapping.mode_text(technology, mode)},
                               {"region", mapping.region_filter(region)}};
    const std::string unit = fmt::format("{}/{}", Mapping::emission, Mapping::activity);
    std::vector<double> now = ratio.values, before = ratio.values;
    now.front() = 0;
    std::rotate(before.begin(), before.begin() + 1, before.end());
    before.back() = 0;
    if (is_by_year) {
      rows.add_term("activity", where, now, unit);
      for (double& value : now) value = -value;
      where.emplace_back("lag", "1");
      rows.add_term("activity", where, now, unit);
      continue;
    }
    for (std::size_t year = 0; year < now.size(); ++year) now[year] -= before[year];
    rows.add_term("activity", where, now, unit);
  }
}

void add_annual_emission_limit(Mapping& mapping, int region, int emission) {
  Limits limits;
  for (int year = 0; year < mapping.years(); ++year) {
    const double limit = mapping.at("AnnualEmissionLimit", {region, emission, year});
    const double exogenous = mapping.at("AnnualExogenousEmission", {region, emission, year});
    limits.push_back(limit == no_limit ? std::nullopt : std::optional(limit - exogenous));
  }
  if (!has_some(limits)) return;
  const std::string& id = mapping.emissions[static_cast<std::size_t>(emission)];
  LimitRows rows(mapping, {mapping.in_region(id, region) + ".a-year",
                           fmt::format("{}{} a year, less what is emitted elsewhere",
                                       mapping.foreign.set(Set::emission)[emission], mapping.region_words(region)),
                           "at_most", "period"});
  rows.add_term("made", {{"commodity", id}, {"region", mapping.region_filter(region)}}, {1});
  add_emissions_of_change(mapping, rows, region, emission, true);
  rows.add_values(limits, per_year(Mapping::emission));
}

void add_model_period_emission_limit(Mapping& mapping, int region, int emission) {
  const double limit = mapping.at("ModelPeriodEmissionLimit", {region, emission});
  if (limit == no_limit) return;
  const std::string& id = mapping.emissions[static_cast<std::size_t>(emission)];
  LimitRows rows(mapping, {mapping.in_region(id, region) + ".in-all",
                           fmt::format("{}{} over all years, less what is emitted elsewhere",
                                       mapping.foreign.set(Set::emission)[emission], mapping.region_words(region)),
                           "at_most", "horizon"});
  rows.add_term("made", {{"commodity", id}, {"region", mapping.region_filter(region)}}, {1});
  add_emissions_of_change(mapping, rows, region, emission, false);
  rows.add_value(limit - mapping.at("ModelPeriodExogenousEmission", {region, emission}), Mapping::emission);
}

/// Equation E5 lets the penalties of a technology be no income: what is below zero makes up for its other penalties
/// only.
class PenaltyFloor {
 public:
  PenaltyFloor(Mapping& mapping, int region, int technology)
      : mapping_(mapping), region_(region), technology_(technology) {}

  void add_ratio(const Parameter::Series& ratio) {
    std::vector<double> penalties;
    for (int year = 0; year < mapping_.years(); ++year) {
      penalties.push_back(mapping_.at("EmissionsPenalty", {region_, ratio.index[2], year}));
      is_needed_ = is_needed_ || penalties.back() * ratio.values[static_cast<std::size_t>(year)] < 0;
    }
    penalties_[ratio.index[2]] = std::move(penalties);
  }

  void add_rows() const {
    if (!is_needed_) return;
    const std::string& id = mapping_.technologies[static_cast<std::size_t>(technology_)];
    LimitRows rows(mapping_,
                   {mapping_.in_region(id, region_) + ".no-income-from-penalties",
                    fmt::format("penalties of {}{} are no income", mapping_.foreign.set(Set::technology)[technology_],
                                mapping_.region_words(region_)),
                    "at_least", "period"});
    for (const auto& [emission, penalties] : penalties_) {
      rows.add_term("made",
                    {{"technology", id},
                     {"commodity", mapping_.emissions[static_cast<std::size_t>(emission)]},
                     {"region", mapping_.region_filter(region_)}},
                    penalties, fmt::format("{}/{}", mapping_.currency, Mapping::emission));
    }
    rows.add_values(Limits(static_cast<std::size_t>(mapping_.years()), 0.0), per_year(mapping_.currency));
  }

 private:
  Mapping& mapping_;
  int region_, technology_;
  bool is_needed_ = false;
  std::map<int, std::vector<double>> penalties_;  ///< by emission that the technology has a ratio of
};

void add_no_income_from_penalties(Mapping& mapping) {
  if (mapping.foreign.penalties_are_income) return;
  std::map<std::pair<int, int>, PenaltyFloor> floors;  // by region and technology
  for (const Parameter::Series& ratio : mapping.foreign.parameter("EmissionActivityRatio").series()) {
    if (!mapping.foreign.may_run(ratio.index[1], ratio.index[3])) continue;
    const std::pair<int, int> where{ratio.index[0], ratio.index[1]};
    floors.try_emplace(where, mapping, where.first, where.second).first->second.add_ratio(ratio);
  }
  for (const auto& [where, floor] : floors) floor.add_rows();
}

}  // namespace

void map_capacity_and_activity_limits(Mapping& mapping) {
  for (int region = 0; region < mapping.foreign.count(Set::region); ++region) {
    for (int technology = 0; technology < mapping.foreign.count(Set::technology); ++technology) {
      if (!mapping.stands(region, technology)) continue;
      for (const Bound& bound : bounds) {
        add_bound(mapping, bound, region, technology, limits_of(mapping, bound, region, technology));
      }
      add_model_period_bounds(mapping, region, technology);
    }
  }
}

void map_emission_limits(Mapping& mapping) {
  for (int region = 0; region < mapping.foreign.count(Set::region); ++region) {
    for (int emission = 0; emission < mapping.foreign.count(Set::emission); ++emission) {
      add_annual_emission_limit(mapping, region, emission);
      add_model_period_emission_limit(mapping, region, emission);
    }
  }
  add_no_income_from_penalties(mapping);
}

}  // namespace pinchpoint::importers::osemosys
