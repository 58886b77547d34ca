// SPDX-License-Identifier: Apache-2.0
// LU1 to LU4 of MUIO's model text: what one mode of a technology does in a year.
#include <fmt/format.h>

#include <algorithm>

#include "delivery/importers/osemosys/map/limit_rows.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

using Limits = std::vector<std::optional<double>>;

bool has_some(const Limits& limits) {
  return std::any_of(limits.begin(), limits.end(), [](const auto& limit) { return limit.has_value(); });
}

/// Limits of one mode of a technology in a region.
class ModeRows {
 public:
  ModeRows(Mapping& mapping, int region, int technology, int mode)
      : mapping_(mapping), region_(region), technology_(technology), mode_(mode) {}

  void add() {
    add_bound("TechnologyActivityByModeUpperLimit", "most", "at_most");
    add_bound("TechnologyActivityByModeLowerLimit", "least", "at_least");
    add_change("TechnologyActivityIncreaseByModeLimit", "rise", "at_most", 1);
    add_change("TechnologyActivityDecreaseByModeLimit", "fall", "at_least", -1);
  }

 private:
  [[nodiscard]] double at(std::string_view parameter, int year) const {
    return mapping_.at(parameter, {region_, technology_, mode_, year});
  }

  [[nodiscard]] LimitRows rows(std::string_view slug, const std::string& sense) const {
    const std::string& id = mapping_.technologies[static_cast<std::size_t>(technology_)];
    const std::string& mode = mapping_.foreign.set(Set::mode)[mode_];
    return {mapping_,
            {fmt::format("{}.mode-{}-{}", mapping_.in_region(id, region_), mode, slug),
             fmt::format("{} of {} in mode {}{}", slug, mapping_.foreign.set(Set::technology)[technology_], mode,
                         mapping_.region_words(region_)),
             sense, "period"}};
  }

  [[nodiscard]] FolderText::Cells cells() const {
    return {{"technology", mapping_.technologies[static_cast<std::size_t>(technology_)]},
            {"mode", mapping_.mode_text(technology_, mode_)},
            {"region", mapping_.region_filter(region_)}};
  }

  /// LU1, LU2: zero is no limit.
  void add_bound(std::string_view parameter, std::string_view slug, const std::string& sense) {
    Limits limits;
    for (int year = 0; year < mapping_.years(); ++year) {
      const double value = at(parameter, year);
      limits.push_back(value != 0 ? std::optional(value) : std::nullopt);
    }
    if (!has_some(limits)) return;
    LimitRows made = rows(slug, sense);
    made.add_term("activity", cells(), {1});
    made.add_values(limits, fmt::format("{}/year", Mapping::activity));
  }

  /// LU3, LU4: activity against (1 ± the share given for the year before) · activity of the year before.
  void add_change(std::string_view parameter, std::string_view slug, const std::string& sense, int sign) {
    Limits limits = {std::nullopt};
    std::vector<double> factors = {0};
    for (int year = 1; year < mapping_.years(); ++year) {
      const double share = at(parameter, year - 1);
      limits.push_back(share != 0 ? std::optional(0.0) : std::nullopt);
      factors.push_back(-(1 + sign * share));
    }
    if (!has_some(limits)) return;
    LimitRows made = rows(slug, sense);
    made.add_term("activity", cells(), {1});
    FolderText::Cells before = cells();
    before.emplace_back("lag", "1");
    made.add_term("activity", before, factors);
    made.add_values(limits, fmt::format("{}/year", Mapping::activity));
  }

  Mapping& mapping_;
  int region_, technology_, mode_;
};

}  // namespace

void map_mode_limits(Mapping& mapping) {
  for (int region = 0; region < mapping.foreign.count(Set::region); ++region) {
    for (int technology = 0; technology < mapping.foreign.count(Set::technology); ++technology) {
      if (!mapping.stands(region, technology)) continue;
      for (const int mode : mapping.modes(technology)) ModeRows(mapping, region, technology, mode).add();
    }
  }
}

}  // namespace pinchpoint::importers::osemosys
