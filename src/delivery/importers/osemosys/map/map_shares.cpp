// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "delivery/importers/osemosys/map/limit_rows.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

using Values = std::vector<double>;

/// Rules that compare tagged technologies with tagged fuels in one region.
class ShareRows {
 public:
  ShareRows(Mapping& mapping, int region) : mapping_(mapping), foreign_(mapping.foreign), region_(region) {}

  /// RM1 to RM3: Σ capacity × tag ≥ ReserveMargin × rate of production of tagged fuels, in every slice.
  void add_reserve_margin() {
    const Values margin = yearly("ReserveMargin");
    if (!is_used(margin, "ReserveMarginTagFuel")) return;
    LimitRows rows(mapping_, {mapping_.in_region("reserve-margin", region_),
                              fmt::format("reserve margin{}", mapping_.region_words(region_)), "at_least", "slice"});
    for (int technology = 0; technology < foreign_.count(Set::technology); ++technology) {
      const Values tags = tags_of("ReserveMarginTagTechnology", technology);
      if (is_zero(tags) || !mapping_.stands(region_, technology)) continue;
      rows.add_term("capacity", technology_cells(technology), tags);
    }
    add_fuels(rows, margin, "ReserveMarginTagFuel", true);
    rows.add_values(zero_where_positive(margin), fmt::format("{}/year", Mapping::activity));
  }

  /// RE2 to RE4: Σ everything tagged technologies make ≥ REMinProductionTarget × production of tagged fuels, each year.
  void add_renewable_share() {
    const Values target = yearly("REMinProductionTarget");
    if (!is_used(target, "RETagFuel")) return;
    LimitRows rows(mapping_, {mapping_.in_region("renewable-share", region_),
                              fmt::format("renewable share{}", mapping_.region_words(region_)), "at_least", "period"});
    std::set<std::pair<int, int>> done;  // technology and fuel; modes add up
    for (const Parameter::Series& output : foreign_.parameter("OutputActivityRatio").series()) {
      const Values tags = tags_of("RETagTechnology", output.index[1]);
      if (output.index[0] != region_ || is_zero(tags)) continue;
      if (!done.emplace(output.index[1], output.index[2]).second) continue;
      FolderText::Cells cells = technology_cells(output.index[1]);
      cells.emplace_back("commodity", mapping_.fuels[static_cast<std::size_t>(output.index[2])]);
      rows.add_term("made", cells, tags);
    }
    add_fuels(rows, target, "RETagFuel", false);
    rows.add_values(zero_where_positive(target), fmt::format("{}/year", Mapping::activity));
  }

 private:
  static bool is_zero(const Values& values) {
    return std::all_of(values.begin(), values.end(), [](double value) { return value == 0; });
  }

  [[nodiscard]] Values yearly(std::string_view parameter) const {
    Values values;
    for (int year = 0; year < mapping_.years(); ++year) values.push_back(mapping_.at(parameter, {region_, year}));
    return values;
  }

  [[nodiscard]] Values tags_of(std::string_view parameter, int member) const {
    Values values;
    for (int year = 0; year < mapping_.years(); ++year)
      values.push_back(mapping_.at(parameter, {region_, member, year}));
    return values;
  }

  /// Some year has a share and a fuel that it is a share of.
  [[nodiscard]] bool is_used(const Values& shares, std::string_view fuel_tag) const {
    for (int fuel = 0; fuel < foreign_.count(Set::fuel); ++fuel) {
      const Values tags = tags_of(fuel_tag, fuel);
      for (std::size_t year = 0; year < shares.size(); ++year) {
        if (shares[year] > 0 && tags[year] != 0) return true;
      }
    }
    return false;
  }

  [[nodiscard]] FolderText::Cells technology_cells(int technology) const {
    return {{"technology", mapping_.technologies[static_cast<std::size_t>(technology)]},
            {"region", mapping_.region_filter(region_)}};
  }

  void add_fuels(LimitRows& rows, const Values& shares, std::string_view fuel_tag, bool is_rate) {
    for (int fuel = 0; fuel < foreign_.count(Set::fuel); ++fuel) {
      Values factors = tags_of(fuel_tag, fuel);
      if (is_zero(factors)) continue;
      for (int year = 0; year < mapping_.years(); ++year) {
        const auto at = static_cast<std::size_t>(year);
        // Our rates are per year of full length.
        factors[at] *= -std::max(0.0, shares[at]) / (is_rate ? mapping_.year_length(year) : 1);
      }
      rows.add_term(
          "made",
          {{"commodity", mapping_.fuels[static_cast<std::size_t>(fuel)]}, {"region", mapping_.region_filter(region_)}},
          factors);
    }
  }

  static std::vector<std::optional<double>> zero_where_positive(const Values& shares) {
    std::vector<std::optional<double>> values;
    for (const double share : shares) values.push_back(share > 0 ? std::optional(0.0) : std::nullopt);
    return values;
  }

  Mapping& mapping_;
  const ForeignModel& foreign_;
  int region_;
};

}  // namespace

void map_shares(Mapping& mapping) {
  for (int region = 0; region < mapping.foreign.count(Set::region); ++region) {
    ShareRows(mapping, region).add_reserve_margin();
    ShareRows(mapping, region).add_renewable_share();
  }
}

}  // namespace pinchpoint::importers::osemosys
