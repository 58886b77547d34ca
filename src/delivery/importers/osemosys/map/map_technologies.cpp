// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "delivery/importers/osemosys/map/mapping.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

/// Figures of one technology in one region.
class TechnologyRows {
 public:
  TechnologyRows(Mapping& mapping, int region, int technology)
      : mapping_(mapping),
        region_(region),
        technology_(technology),
        id_(mapping.technologies[static_cast<std::size_t>(technology)]),
        unit_(mapping.capacity_unit(region, technology)) {}

  void add() {
    add_costs();
    add_use();
    add_capacity();
    add_whole_units();
  }

 private:
  using Values = std::vector<double>;

  [[nodiscard]] Values values_of(std::string_view parameter) const {
    Values values;
    for (int year = 0; year < mapping_.years(); ++year) {
      values.push_back(mapping_.at(parameter, {region_, technology_, year}));
    }
    return values;
  }

  void add_figures(std::string_view parameter, const Values& values, const std::string& unit,
                   const std::string& mode = {}, const std::string& note = {}) {
    Mapping::for_each_change(mapping_, values, [&](const std::string& from, double value) {
      mapping_.folder.add("technology_parameters", {{"technology", id_},
                                                    {"parameter", std::string(parameter)},
                                                    {"mode", mode},
                                                    {"region", mapping_.region_filter(region_)},
                                                    {"from", from},
                                                    {"value", number_text(value)},
                                                    {"unit", unit},
                                                    {"source", Mapping::source},
                                                    {"note", note}});
    });
  }

  /// EmissionsPenalty on what a change of activity emits: a year's activity pays, and the next year's change pays back.
  [[nodiscard]] double penalty_of_change(int mode, int year) const {
    if (mapping_.foreign.parameter("EmissionToActivityChangeRatio").entries().empty()) return 0;
    const double rate = mapping_.at("DiscountRate", {region_});
    double cost = 0;
    for (int emission = 0; emission < mapping_.foreign.count(Set::emission); ++emission) {
      const auto penalty = [&](int at) {
        return mapping_.at("EmissionsPenalty", {region_, emission, at}) *
               mapping_.at("EmissionToActivityChangeRatio", {region_, technology_, emission, mode, at});
      };
      if (year > 0) cost += penalty(year);
      if (year + 1 < mapping_.years()) cost -= penalty(year + 1) / (1 + rate);
    }
    return cost;
  }

  static bool is_all(const Values& values, double wanted) {
    return std::all_of(values.begin(), values.end(), [wanted](double value) { return value == wanted; });
  }

  /// Multiplies by a factor a year; says in the note that it did.
  template <class Factor>
  std::string scale(Values& values, const Factor& factor_of, std::string_view why) {
    bool is_scaled = false;
    for (int year = 0; year < mapping_.years(); ++year) {
      const double factor = factor_of(year);
      values[static_cast<std::size_t>(year)] *= factor;
      is_scaled = is_scaled || factor != 1;
    }
    return is_scaled ? std::string(why) : std::string();
  }

  void add_costs() {
    constexpr std::string_view paid = "times a factor for the region's own DiscountRate";
    const auto running = [&](int year) { return mapping_.money.running(region_, year); };
    Values capex = values_of("CapitalCost");
    const std::string financed = scale(
        capex, [&](int year) { return mapping_.money.capital(region_, technology_, year); },
        "times a factor for DiscountRateIdv, DepreciationMethod or part of a year of life");
    if (!is_all(capex, 0)) add_figures("capex", capex, fmt::format("{}/{}", mapping_.currency, unit_), {}, financed);
    Values fixed = values_of("FixedCost");
    const std::string fixed_note = scale(fixed, running, paid);
    if (!is_all(fixed, 0)) {
      add_figures("fixed_cost", fixed, fmt::format("{}/({}.year)", mapping_.currency, unit_), {}, fixed_note);
    }
    for (const int mode : mapping_.modes(technology_)) {
      Values variable;
      for (int year = 0; year < mapping_.years(); ++year) {
        variable.push_back(mapping_.at("VariableCost", {region_, technology_, mode, year}) +
                           penalty_of_change(mode, year));
      }
      if (is_all(variable, 0)) continue;
      const std::string note = scale(variable, running, paid);
      add_figures("variable_cost", variable, fmt::format("{}/{}", mapping_.currency, Mapping::activity),
                  mapping_.mode_text(technology_, mode), note);
    }
  }

  void add_use() {
    const double life = mapping_.at("OperationalLife", {region_, technology_});
    add_figures("lifetime", {std::ceil(life)}, "years");
    if (mapping_.at("CapacityToActivityUnit", {region_, technology_}) == 0) {
      add_figures("availability", {0}, "1", {}, "CapacityToActivityUnit is 0");
    }
    Values share = values_of("AvailabilityFactor");
    for (double& value : share) value = std::min(value, 1.0);
    if (!is_all(share, 1)) add_figures("annual_availability", share, "1");
    add_profile();
  }

  void add_profile() {
    const int slices = mapping_.foreign.count(Set::timeslice);
    std::vector<Values> profile(static_cast<std::size_t>(slices));
    bool is_full = true;
    for (int slice = 0; slice < slices; ++slice) {
      for (int year = 0; year < mapping_.years(); ++year) {
        const double factor =
            mapping_.at("CapacityFactor", {region_, technology_, slice, year}) * mapping_.year_length(year);
        profile[static_cast<std::size_t>(slice)].push_back(factor);
        is_full = is_full && factor == 1;
      }
    }
    if (is_full) return;
    for (int slice = 0; slice < slices; ++slice) {
      const auto at = static_cast<std::size_t>(slice);
      Mapping::for_each_change(mapping_, profile[at], [&](const std::string& from, double value) {
        mapping_.folder.add("profiles", {{"technology", id_},
                                         {"region", mapping_.region_filter(region_)},
                                         {"slice", mapping_.slices[at]},
                                         {"from", from},
                                         {"value", number_text(value)},
                                         {"unit", "1"},
                                         {"source", Mapping::source}});
      });
    }
  }

  /// Residual capacity as facilities, a row for each time it is the same; new capacity as an option.
  void add_capacity() {
    const Values residual = values_of("ResidualCapacity");
    const std::string name = mapping_.in_region(id_, region_);
    for (int year = 0; year < mapping_.years();) {
      int end = year + 1;
      const double capacity = residual[static_cast<std::size_t>(year)];
      while (end < mapping_.years() && residual[static_cast<std::size_t>(end)] == capacity) ++end;
      if (capacity > 0) {
        mapping_.folder.add("facilities",
                            {{"id", mapping_.facility_names.fresh(fmt::format("{}.{}", name, mapping_.date(year)))},
                             {"technology", id_},
                             {"region", mapping_.regions[static_cast<std::size_t>(region_)]},
                             {"owner", mapping_.owner},
                             {"status", "existing"},
                             {"from", mapping_.date(year)},
                             {"until", mapping_.date(end)},
                             {"capacity", number_text(capacity)},
                             {"unit", unit_},
                             {"source", Mapping::source}});
      }
      year = end;
    }
    if (is_all(values_of("TotalAnnualMaxCapacityInvestment"), 0)) return;
    mapping_.folder.add("options", {{"id", mapping_.option_names.fresh(name)},
                                    {"technology", id_},
                                    {"region", mapping_.regions[static_cast<std::size_t>(region_)]},
                                    {"owner", mapping_.owner}});
  }

  void add_whole_units() {
    const Values size = values_of("CapacityOfOneTechnologyUnit");
    if (is_all(size, 0)) return;
    if (!is_all(size, size.front())) {
      const Place place = mapping_.foreign.parameter("CapacityOfOneTechnologyUnit").place({region_, technology_, 0});
      mapping_.problems.add(Code::import_unsupported, mapping_.foreign.where(place),
                            fmt::format("CapacityOfOneTechnologyUnit of {} changes from year to year",
                                        mapping_.foreign.set(Set::technology)[technology_]));
      return;
    }
    add_figures("block", {size.front()}, unit_);
  }

  Mapping& mapping_;
  int region_, technology_;
  const std::string& id_;
  const std::string& unit_;
};

}  // namespace

void map_technologies(Mapping& mapping) {
  const ForeignModel& foreign = mapping.foreign;
  for (int technology = 0; technology < foreign.count(Set::technology); ++technology) {
    const auto at = static_cast<std::size_t>(technology);
    const std::string& name = foreign.set(Set::technology)[technology];
    int first_region = -1;
    for (int region = foreign.count(Set::region) - 1; region >= 0; --region) {
      if (mapping.stands(region, technology)) first_region = region;
    }
    if (first_region < 0) continue;
    mapping.folder.add("technologies", {{"id", mapping.technologies[at]},
                                        {"name", name == mapping.technologies[at] ? std::string() : name},
                                        {"activity_unit", Mapping::activity},
                                        {"capacity_unit", mapping.capacity_unit(first_region, technology)},
                                        {"by_slice", "yes"}});
    for (int region = first_region; region < foreign.count(Set::region); ++region) {
      if (mapping.stands(region, technology)) TechnologyRows(mapping, region, technology).add();
    }
  }
}

}  // namespace pinchpoint::importers::osemosys
