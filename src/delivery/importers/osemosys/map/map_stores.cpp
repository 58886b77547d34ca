// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "delivery/importers/osemosys/map/limit_rows.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

using Values = std::vector<double>;

/// Figures of one store in one region.
class StoreRows {
 public:
  StoreRows(Mapping& mapping, int region, int store)
      : mapping_(mapping),
        region_(region),
        store_(store),
        id_(mapping.stores[static_cast<std::size_t>(store)]),
        unit_(capacity_unit(mapping)) {}

  static std::string capacity_unit(const Mapping& mapping) {
    return mapping.foreign.has_storage_rules ? fmt::format("{}/year", Mapping::activity) : Mapping::activity;
  }

  void add() {
    if (mapping_.foreign.has_storage_rules) {
      add_investment();
      add_capacity();
      return map_storage_rules(mapping_, region_, store_);
    }
    add_levels();
    add_investment();
    add_capacity();
    add_rate("StorageMaxChargeRate", "most-charge", "made");
    add_rate("StorageMaxDischargeRate", "most-discharge", "used");
  }

 private:
  [[nodiscard]] Values values_of(std::string_view parameter) const {
    Values values;
    for (int year = 0; year < mapping_.years(); ++year)
      values.push_back(mapping_.at(parameter, {region_, store_, year}));
    return values;
  }

  void add_figure(const std::string& parameter, const Values& values, const std::string& unit,
                  const std::string& note = {}) {
    Mapping::for_each_change(mapping_, values, [&](const std::string& from, double value) {
      mapping_.folder.add("technology_parameters", {{"technology", id_},
                                                    {"parameter", parameter},
                                                    {"region", mapping_.region_filter(region_)},
                                                    {"from", from},
                                                    {"value", number_text(value)},
                                                    {"unit", unit},
                                                    {"source", Mapping::source},
                                                    {"note", note}});
    });
  }

  void add_levels() {
    add_figure("opening_level", {mapping_.at("StorageLevelStart", {region_, store_})}, Mapping::activity);
    const Values least = values_of("MinStorageCharge");
    if (std::any_of(least.begin(), least.end(), [](double share) { return share != 0; })) {
      add_figure("least_level", least, "1");
    }
  }

  void add_investment() {
    if (!can_be_built()) return;
    add_figure("lifetime", {std::ceil(mapping_.at("OperationalLifeStorage", {region_, store_}))}, "years");
    Values capex = values_of("CapitalCostStorage");
    bool is_scaled = false;
    for (int year = 0; year < mapping_.years(); ++year) {
      const double factor = mapping_.money.storage_capital(region_, store_, year);
      capex[static_cast<std::size_t>(year)] *= factor;
      is_scaled = is_scaled || factor != 1;
    }
    add_figure("capex", capex, fmt::format("{}/({})", mapping_.currency, unit_),
               is_scaled ? "times a factor for DiscountRateStorage or DepreciationMethod" : "");
  }

  /// With a life of zero years nothing that is built is ever there.
  [[nodiscard]] bool can_be_built() const { return mapping_.at("OperationalLifeStorage", {region_, store_}) > 0; }

  void add_capacity() {
    const Values residual = values_of("ResidualStorageCapacity");
    const std::string name = mapping_.in_region(id_, region_);
    const std::string& region = mapping_.regions[static_cast<std::size_t>(region_)];
    for (int year = 0; year < mapping_.years();) {
      int end = year + 1;
      const double capacity = residual[static_cast<std::size_t>(year)];
      while (end < mapping_.years() && residual[static_cast<std::size_t>(end)] == capacity) ++end;
      // A store of no size is a store, too: its technologies stand still.
      if (capacity > 0 || (year == 0 && !can_be_built())) {
        mapping_.folder.add("facilities",
                            {{"id", mapping_.facility_names.fresh(fmt::format("{}.{}", name, mapping_.date(year)))},
                             {"technology", id_},
                             {"region", region},
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
    if (!can_be_built()) return;
    mapping_.folder.add("options", {{"id", mapping_.option_names.fresh(name)},
                                    {"technology", id_},
                                    {"region", region},
                                    {"owner", mapping_.owner}});
  }

  /// SC5, SC6: what technologies put in or take out in a slice, whatever the size of the store.
  void add_rate(const char* parameter, const char* slug, const char* what) {
    const double most = mapping_.at(parameter, {region_, store_});
    LimitRows rows(mapping_,
                   {fmt::format("{}.{}", mapping_.in_region(id_, region_), slug),
                    fmt::format("{} of {}{}", std::string_view(what) == "made" ? "most charge" : "most discharge",
                                mapping_.foreign.set(Set::storage)[store_], mapping_.region_words(region_)),
                    "at_most", "slice"});
    rows.add_term(
        what,
        {{"commodity", mapping_.stored[static_cast<std::size_t>(store_)]}, {"region", mapping_.region_filter(region_)}},
        {1});
    std::vector<std::optional<double>> values;
    for (int year = 0; year < mapping_.years(); ++year) values.emplace_back(most * mapping_.year_length(year));
    rows.add_values(values, fmt::format("{}/year", Mapping::activity));
  }

  Mapping& mapping_;
  int region_, store_;
  const std::string& id_;
  const std::string unit_;
};

/// The level of a store that nothing fills or empties stays what it is at the start: it has to fit without being built.
void check_idle_store(Mapping& mapping, int region, int store) {
  const double start = mapping.foreign.has_storage_rules ? 0 : mapping.at("StorageLevelStart", {region, store});
  for (int year = 0; year < mapping.years(); ++year) {
    const double size = mapping.at("ResidualStorageCapacity", {region, store, year});
    const double least = size * mapping.at("MinStorageCharge", {region, store, year});
    if (start >= least && start <= size) continue;
    mapping.problems.add(
        Code::import_unsupported,
        mapping.foreign.where(mapping.foreign.parameter("StorageLevelStart").place({region, store})),
        fmt::format("no technology fills or empties storage {}{}, and its level {} lies outside {} to {} in {}",
                    mapping.foreign.set(Set::storage)[store], mapping.region_words(region), number_text(start),
                    number_text(least), number_text(size), mapping.date(year)));
    return;
  }
}

void add_technology(Mapping& mapping, int store) {
  const auto at = static_cast<std::size_t>(store);
  const std::string& name = mapping.foreign.set(Set::storage)[store];
  if (!mapping.foreign.has_storage_rules) {
    mapping.folder.add("technologies", {{"id", mapping.stores[at]},
                                        {"name", name},
                                        {"kind", "store"},
                                        {"output", mapping.stored[at]},
                                        {"capacity_unit", Mapping::activity},
                                        {"chain", "carry"}});
    return;
  }
  mapping.folder.add("technologies", {{"id", mapping.stores[at]},
                                      {"name", name},
                                      {"activity_unit", Mapping::activity},
                                      {"capacity_unit", StoreRows::capacity_unit(mapping)},
                                      {"by_slice", "no"},
                                      {"note", "room only: limits keep the level"}});
  mapping.folder.add("recipes", {{"technology", mapping.stores[at]},
                                 {"commodity", mapping.stored[at]},
                                 {"role", "output"},
                                 {"amount", "0"},
                                 {"unit", "1"},
                                 {"source", Mapping::source}});
}

}  // namespace

void map_stores(Mapping& mapping) {
  for (int store = 0; store < mapping.foreign.count(Set::storage); ++store) {
    bool is_listed = false;
    for (int region = 0; region < mapping.foreign.count(Set::region); ++region) {
      if (!mapping.is_linked(region, store)) {
        check_idle_store(mapping, region, store);
        continue;
      }
      if (!is_listed) add_technology(mapping, store);
      is_listed = true;
      StoreRows(mapping, region, store).add();
    }
  }
}

}  // namespace pinchpoint::importers::osemosys
