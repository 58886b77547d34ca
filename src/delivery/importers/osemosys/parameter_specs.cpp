// SPDX-License-Identifier: Apache-2.0
// Names, indices and order of OSeMOSYS_GNU_MathProg (src/osemosys.txt, version 2017_11_08 and later); defaults of
// otoole (src/otoole/preprocess/config.yaml). What MUIO (its model text 5.4) adds: COMMODITY for FUEL, the set UDC,
// limits by mode, inputs of capacity, financing that is given.
#include <algorithm>
#include <map>

#include "delivery/importers/osemosys/foreign_model.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

constexpr std::array<std::string_view, set_count> set_names = {
    "REGION", "TECHNOLOGY", "TIMESLICE",        "FUEL",    "EMISSION", "MODE_OF_OPERATION",
    "SEASON", "DAYTYPE",    "DAILYTIMEBRACKET", "STORAGE", "YEAR",     "UDC"};

std::vector<ParameterSpec> make_specs() {
  using enum Set;
  return {
      {"AccumulatedAnnualDemand", {region, fuel, year}, 0},
      {"AnnualEmissionLimit", {region, emission, year}, -1},
      {"AnnualExogenousEmission", {region, emission, year}, 0},
      {"AvailabilityFactor", {region, technology, year}, 1},
      {"CapacityFactor", {region, technology, timeslice, year}, 1},
      {"CapacityOfOneTechnologyUnit", {region, technology, year}, 0},
      {"CapacityToActivityUnit", {region, technology}, 1},
      {"CapitalCost", {region, technology, year}, 0},
      {"CapitalCostStorage", {region, storage, year}, 0},
      {"CapitalRecoveryFactor", {region, technology}, 0},  // MUIO: where not given, the formula of the model text
      {"Conversionld", {timeslice, daytype}, 0},
      {"Conversionlh", {timeslice, bracket}, 0},
      {"Conversionls", {timeslice, season}, 0},
      {"DaySplit", {bracket, year}, 0.00137},
      {"DaysInDayType", {season, daytype, year}, 7},
      {"DepreciationMethod", {region}, 1},
      {"DiscountRate", {region}, 0.05},
      {"DiscountRateIdv", {region, technology}, 0},  // where not given: DiscountRate
      {"DiscountRateStorage", {region, storage}, 0.05},
      {"EmissionActivityRatio", {region, technology, emission, mode, year}, 0},
      {"EmissionToActivityChangeRatio", {region, technology, emission, mode, year}, 0},
      {"EmissionsPenalty", {region, emission, year}, 0},
      {"FixedCost", {region, technology, year}, 0},
      {"InputActivityRatio", {region, technology, fuel, mode, year}, 0},
      {"InputToNewCapacityRatio", {region, technology, fuel, year}, 0},
      {"InputToTotalCapacityRatio", {region, technology, fuel, year}, 0},
      {"MinStorageCharge", {region, storage, year}, 0},
      {"ModelPeriodEmissionLimit", {region, emission}, -1},
      {"ModelPeriodExogenousEmission", {region, emission}, 0},
      {"OperationalLife", {region, technology}, 1},
      {"OperationalLifeStorage", {region, storage}, 0},
      {"OutputActivityRatio", {region, technology, fuel, mode, year}, 0},
      {"PvAnnuity", {region, technology}, 0},
      {"REMinProductionTarget", {region, year}, 0},
      {"RETagFuel", {region, fuel, year}, 0},
      {"RETagTechnology", {region, technology, year}, 0},
      {"ReserveMargin", {region, year}, 1},
      {"ReserveMarginTagFuel", {region, fuel, year}, 0},
      {"ReserveMarginTagTechnology", {region, technology, year}, 0},
      {"ResidualCapacity", {region, technology, year}, 0},
      {"ResidualStorageCapacity", {region, storage, year}, 999},
      {"SpecifiedAnnualDemand", {region, fuel, year}, 0},
      {"SpecifiedDemandProfile", {region, fuel, timeslice, year}, 0},
      {"StorageLevelStart", {region, storage}, 0},
      {"StorageMaxChargeRate", {region, storage}, 0},
      {"StorageMaxDischargeRate", {region, storage}, 0},
      {"TechnologyActivityByModeLowerLimit", {region, technology, mode, year}, 0},
      {"TechnologyActivityByModeUpperLimit", {region, technology, mode, year}, 0},
      {"TechnologyActivityDecreaseByModeLimit", {region, technology, mode, year}, 0},
      {"TechnologyActivityIncreaseByModeLimit", {region, technology, mode, year}, 0},
      {"TechnologyFromStorage", {region, technology, storage, mode}, 0},
      {"TechnologyToStorage", {region, technology, storage, mode}, 0},
      {"TotalAnnualMaxCapacity", {region, technology, year}, -1},
      {"TotalAnnualMaxCapacityInvestment", {region, technology, year}, -1},
      {"TotalAnnualMinCapacity", {region, technology, year}, 0},
      {"TotalAnnualMinCapacityInvestment", {region, technology, year}, 0},
      {"TotalTechnologyAnnualActivityLowerLimit", {region, technology, year}, 0},
      {"TotalTechnologyAnnualActivityUpperLimit", {region, technology, year}, -1},
      {"TotalTechnologyModelPeriodActivityLowerLimit", {region, technology}, 0},
      {"TotalTechnologyModelPeriodActivityUpperLimit", {region, technology}, -1},
      {"TradeRoute", {region, region, fuel, year}, 0},
      {"UDCConstant", {region, udc, year}, 0},
      {"UDCMultiplierActivity", {region, technology, udc, year}, 0},
      {"UDCMultiplierNewCapacity", {region, technology, udc, year}, 0},
      {"UDCMultiplierTotalCapacity", {region, technology, udc, year}, 0},
      {"UDCTag", {region, udc}, -1},
      {"VariableCost", {region, technology, mode, year}, 0},
      {"YearSplit", {timeslice, year}, 0},
  };
}

}  // namespace

std::string_view name_of(Set set) { return set_names[static_cast<std::size_t>(set)]; }

std::optional<Set> find_set(std::string_view name) {
  if (name == "COMMODITY") return Set::fuel;
  const auto* const found = std::find(set_names.begin(), set_names.end(), name);
  if (found == set_names.end()) return std::nullopt;
  return static_cast<Set>(found - set_names.begin());
}

const std::vector<ParameterSpec>& parameter_specs() {
  static const std::vector<ParameterSpec> specs = make_specs();
  return specs;
}

const ParameterSpec* find_spec(std::string_view name) {
  static const std::map<std::string_view, const ParameterSpec*> by_name = [] {
    std::map<std::string_view, const ParameterSpec*> names;
    for (const ParameterSpec& spec : parameter_specs()) names[spec.name] = &spec;
    return names;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

}  // namespace pinchpoint::importers::osemosys
