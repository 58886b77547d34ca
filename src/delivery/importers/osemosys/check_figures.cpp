// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/osemosys/check_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "delivery/importers/folder_text.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

constexpr double no_limit = -1;

/// Less by more than rounding.
bool is_below(double left, double right) { return left < right - 1e-9 * std::abs(right); }

class Checker {
 public:
  Checker(const ForeignModel& model, Diagnostics& problems) : model_(model), problems_(problems) {}

  void run() {
    check_ranges();
    check_year_split();
    for (int region = 0; region < model_.count(Set::region); ++region) {
      for (int technology = 0; technology < model_.count(Set::technology); ++technology) {
        for (int year = 0; year < model_.count(Set::year); ++year) check_bounds(region, technology, year);
        check_model_period(region, technology);
        report_clashes();
      }
    }
    check_trade();
  }

 private:
  using Indices = std::initializer_list<int>;

  /// A figure with its name and place.
  struct Figure {
    double value;
    std::string name;
    Place place;
  };

  [[nodiscard]] Figure figure(std::string_view name, Indices indices) const {
    const Parameter& parameter = model_.parameter(name);
    return {parameter.at(indices), parameter.name(parameter.key_of(indices), model_.sets), parameter.place(indices)};
  }

  /// Two figures that contradict each other, and how often the same two do so for one technology.
  struct Clash {
    Figure first, second;
    std::string_view relation;
    int others = 0;
  };

  /// A figure's name without its indices.
  static std::string kind_of(const Figure& figure) {
    std::string kind;
    bool is_inside = false;
    for (const char letter : figure.name) {
      if (letter == '[') is_inside = true;
      if (!is_inside) kind += letter;
      if (letter == ']') is_inside = false;
    }
    return kind;
  }

  /// One complaint for all years in which two parameters of a technology clash: the first of them stands for the rest.
  void report_clash(const Figure& first, const Figure& second, std::string_view relation) {
    for (Clash& clash : clashes_) {
      if (kind_of(clash.first) != kind_of(first) || kind_of(clash.second) != kind_of(second)) continue;
      ++clash.others;
      return;
    }
    clashes_.push_back({first, second, relation, 0});
  }

  void report_clashes() {
    for (const Clash& clash : std::exchange(clashes_, {})) {
      const bool is_second_placed = clash.first.place.line == 0;
      const Place& place = is_second_placed ? clash.second.place : clash.first.place;
      std::string message = fmt::format("{} = {} {} {} = {}", clash.first.name, number_text(clash.first.value),
                                        clash.relation, clash.second.name, number_text(clash.second.value));
      if (clash.others > 0)
        message += fmt::format(", and so in {} other year{}", clash.others, clash.others == 1 ? "" : "s");
      Diagnostic& item = problems_.add(Code::import_clash, model_.where(place), std::move(message));
      if (!is_second_placed && clash.second.place.line > 0)
        item.notes.push_back({model_.where(clash.second.place), "the other figure"});
    }
  }

  void check_bounds(int region, int technology, int year) {
    const Indices at = {region, technology, year};
    const auto value = [&](std::string_view name) { return model_.parameter(name).at(at); };
    const auto clash = [&](std::string_view least, std::string_view most, std::string_view relation) {
      report_clash(figure(least, at), figure(most, at), relation);
    };
    const double most_new = value("TotalAnnualMaxCapacityInvestment");
    const double least_new = value("TotalAnnualMinCapacityInvestment");
    if (most_new != no_limit && least_new != 0 && most_new < least_new) {
      clash("TotalAnnualMinCapacityInvestment", "TotalAnnualMaxCapacityInvestment", "is more than");
    }
    const double most_activity = value("TotalTechnologyAnnualActivityUpperLimit");
    const double least_activity = value("TotalTechnologyAnnualActivityLowerLimit");
    if (most_activity != no_limit && most_activity != 0 && least_activity != 0 && most_activity < least_activity) {
      clash("TotalTechnologyAnnualActivityLowerLimit", "TotalTechnologyAnnualActivityUpperLimit", "is more than");
    }
    const double most = value("TotalAnnualMaxCapacity");
    if (most == no_limit) return;
    if (most < value("TotalAnnualMinCapacity"))
      clash("TotalAnnualMinCapacity", "TotalAnnualMaxCapacity", "is more than");
    check_residual(region, technology, year);
    check_reachable(region, technology, year);
  }

  void check_residual(int region, int technology, int year) {
    const Indices at = {region, technology, year};
    const Figure most = figure("TotalAnnualMaxCapacity", at);
    const Figure residual = figure("ResidualCapacity", at);
    if (residual.value == 0) return;
    if (most.value < residual.value) return report_clash(residual, most, "is more than");
    Figure sum = figure("TotalAnnualMinCapacityInvestment", at);
    sum.value += residual.value;
    if (!is_below(most.value, sum.value)) return;
    sum.name = fmt::format("{} + {}", residual.name, sum.name);
    report_clash(sum, most, "is more than");
  }

  /// Can the least activity be reached with the most capacity?
  void check_reachable(int region, int technology, int year) {
    const Indices at = {region, technology, year};
    const Figure most = figure("TotalAnnualMaxCapacity", at);
    const Figure least = figure("TotalTechnologyAnnualActivityLowerLimit", at);
    const double share = model_.parameter("AvailabilityFactor").at(at);
    const double unit = model_.parameter("CapacityToActivityUnit").at({region, technology});
    if (most.value == 0 || least.value == 0 || share == 0 || unit == 0) return;
    double hours = 0;
    for (int slice = 0; slice < model_.count(Set::timeslice); ++slice) {
      hours += model_.parameter("CapacityFactor").at({region, technology, slice, year}) *
               model_.parameter("YearSplit").at({slice, year});
    }
    Figure reached = most;
    reached.value = hours * most.value * share * unit;
    if (!is_below(reached.value, least.value)) return;
    reached.name = fmt::format("the most activity that {} allows", most.name);
    report_clash(least, reached, "is more than");
  }

  void check_model_period(int region, int technology) {
    const Figure period = figure("TotalTechnologyModelPeriodActivityLowerLimit", {region, technology});
    const Figure most = figure("TotalTechnologyModelPeriodActivityUpperLimit", {region, technology});
    if (most.value != no_limit && most.value < period.value) report_clash(period, most, "is more than");
    if (period.value == 0) return;
    Figure sum = period;
    sum.value = 0;
    for (int year = 0; year < model_.count(Set::year); ++year) {
      sum.value += model_.parameter("TotalTechnologyAnnualActivityLowerLimit").at({region, technology, year});
    }
    if (!is_below(period.value, sum.value)) return;
    sum.name = fmt::format("the sum over years of TotalTechnologyAnnualActivityLowerLimit[{},{}]",
                           model_.set(Set::region)[region], model_.set(Set::technology)[technology]);
    report_clash(period, sum, "is less than");
  }

  /// One complaint for all years that add up to the same. Data of MUIO, whose text checks nothing, may be rounded to a
  /// thousandth: lengths of slices are kept, with a warning.
  void check_year_split() {
    std::map<double, std::vector<int>> years_by_sum;
    for (int year = 0; year < model_.count(Set::year); ++year) {
      double sum = 0;
      for (int slice = 0; slice < model_.count(Set::timeslice); ++slice) {
        sum += model_.parameter("YearSplit").at({slice, year});
      }
      if (std::abs(sum - 1) > 1e-4 * (1 + 1e-9)) years_by_sum[sum].push_back(year);
    }
    for (const auto& [sum, years] : years_by_sum) {
      std::string message = fmt::format("YearSplit of {} adds up to {} and not to 1",
                                        model_.set(Set::year)[years.front()], number_text(sum));
      if (years.size() > 1)
        message += fmt::format(", and so in {} other year{}", years.size() - 1, years.size() == 2 ? "" : "s");
      const bool is_rounded = model_.is_muio && std::abs(sum - 1) <= 1e-3;
      problems_.add(is_rounded ? Code::import_unused : Code::import_clash,
                    model_.where(model_.parameter("YearSplit").place({0, years.front()})), std::move(message));
    }
  }

  void check_trade() {
    const Parameter& route = model_.parameter("TradeRoute");
    for (const Parameter::Entry& entry : route.entries()) {
      const std::vector<int> at = route.indices_of(entry.key);
      const Figure there = figure("TradeRoute", {at[0], at[1], at[2], at[3]});
      const Figure back = figure("TradeRoute", {at[1], at[0], at[2], at[3]});
      if (there.value <= back.value) continue;
      report_clash(there, back, "has no way back:");
      report_clashes();  // each route by itself
    }
  }

  /// Every value of a parameter lies in its range.
  void check_range(std::string_view name, double least, double most, std::string_view expected) {
    const Parameter& parameter = model_.parameter(name);
    const auto report = [&](double value, const Place& place, const std::string& label) {
      problems_.add(Code::import_bad_value, model_.where(place), fmt::format("{} = {}", label, number_text(value)))
          .expected = expected;
    };
    const auto is_bad = [&](double value) { return value < least || value > most; };
    for (const Parameter::Entry& entry : parameter.entries()) {
      if (is_bad(entry.value)) report(entry.value, entry.place, parameter.name(entry.key, model_.sets));
    }
    std::size_t members = 1;
    for (const Set set : parameter.spec().indices) members *= static_cast<std::size_t>(model_.count(set));
    if (is_bad(parameter.default_value()) && parameter.entries().size() < members) {
      report(parameter.default_value(), parameter.default_place(), fmt::format("{} by default", name));
    }
  }

  void check_ranges() {
    constexpr double infinite = HUGE_VAL;
    for (const std::string_view name : {"AccumulatedAnnualDemand",
                                        "AvailabilityFactor",
                                        "CapacityFactor",
                                        "CapacityOfOneTechnologyUnit",
                                        "CapacityToActivityUnit",
                                        "CapitalCost",
                                        "CapitalCostStorage",
                                        "DaysInDayType",
                                        "DaySplit",
                                        "FixedCost",
                                        "InputActivityRatio",
                                        "OutputActivityRatio",
                                        "ResidualCapacity",
                                        "ResidualStorageCapacity",
                                        "SpecifiedAnnualDemand",
                                        "SpecifiedDemandProfile",
                                        "StorageLevelStart",
                                        "DiscountRate",
                                        "DiscountRateIdv",
                                        "DiscountRateStorage",
                                        "OperationalLifeStorage",
                                        "TechnologyToStorage",
                                        "TechnologyFromStorage"}) {
      check_range(name, 0, infinite, "a number of at least 0");
    }
    for (const std::string_view name :
         {"DiscountRate", "MinStorageCharge", "ReserveMarginTagTechnology", "Conversionls", "Conversionld",
          "Conversionlh", "RETagFuel", "RETagTechnology", "ReserveMarginTagFuel", "TradeRoute"}) {
      check_range(name, 0, 1, "a number from 0 to 1");
    }
    for (const std::string_view name : {"YearSplit", "OperationalLife"}) {
      check_range(name, 1e-12, infinite, "a number above 0");
    }
    for (const std::string_view name :
         {"TotalAnnualMaxCapacity", "TotalAnnualMaxCapacityInvestment", "TotalTechnologyAnnualActivityUpperLimit",
          "TotalTechnologyModelPeriodActivityUpperLimit"}) {
      check_limit(name);
    }
    check_whole("DepreciationMethod", {1, 2});
    for (const std::string_view name : {"TradeRoute", "RETagFuel", "RETagTechnology", "ReserveMarginTagFuel",
                                        "Conversionls", "Conversionld", "Conversionlh"}) {
      check_whole(name, {0, 1});
    }
  }

  /// Limits are at least 0, or -1 for none.
  void check_limit(std::string_view name) {
    const Parameter& parameter = model_.parameter(name);
    for (const Parameter::Entry& entry : parameter.entries()) {
      if (entry.value >= 0 || entry.value == no_limit) continue;
      problems_
          .add(Code::import_bad_value, model_.where(entry.place),
               fmt::format("{} = {}", parameter.name(entry.key, model_.sets), number_text(entry.value)))
          .expected = "a number of at least 0, or -1 for no limit";
    }
  }

  void check_whole(std::string_view name, std::initializer_list<double> allowed) {
    const Parameter& parameter = model_.parameter(name);
    const auto is_allowed = [&](double value) {
      return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
    };
    for (const Parameter::Entry& entry : parameter.entries()) {
      if (is_allowed(entry.value)) continue;
      problems_
          .add(Code::import_bad_value, model_.where(entry.place),
               fmt::format("{} = {}", parameter.name(entry.key, model_.sets), number_text(entry.value)))
          .expected = fmt::format("{} or {}", *allowed.begin(), *(allowed.end() - 1));
    }
    if (!is_allowed(parameter.default_value())) {
      problems_
          .add(Code::import_bad_value, model_.where(parameter.default_place()),
               fmt::format("{} by default = {}", name, parameter.default_value()))
          .expected = fmt::format("{} or {}", *allowed.begin(), *(allowed.end() - 1));
    }
  }

  const ForeignModel& model_;
  Diagnostics& problems_;
  std::vector<Clash> clashes_;  ///< of the technology at hand
};

}  // namespace

void check_figures(const ForeignModel& model, Diagnostics& problems) { Checker(model, problems).run(); }

}  // namespace pinchpoint::importers::osemosys
