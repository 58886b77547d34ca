// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "delivery/importers/foreign_names.hpp"
#include "delivery/importers/importers.hpp"
#include "delivery/importers/osemosys/foreign_model.hpp"
#include "delivery/importers/osemosys/map/money_factors.hpp"

namespace pinchpoint::importers::osemosys {

/// What every part of the mapping knows: the foreign model, ids of its members in ours, units, and the folder that is
/// being made. docs/guide/import-osemosys.md
class Mapping {
 public:
  Mapping(const ForeignModel& foreign, std::string currency, Import& import);

  const ForeignModel& foreign;
  FolderText& folder;
  Diagnostics& problems;
  const MoneyFactors money;
  const std::string currency;

  // Ids by index in the foreign set.
  std::vector<std::string> regions, technologies, slices, fuels, emissions, stores, stored;
  std::string owner;
  std::vector<int> slice_order;  ///< foreign slices as the folder orders them

  static constexpr const char* activity = "activity_unit";
  static constexpr const char* emission = "emission_unit";
  static constexpr const char* source = "osemosys";

  [[nodiscard]] int years() const { return foreign.count(Set::year); }
  [[nodiscard]] double at(std::string_view parameter, std::initializer_list<int> indices) const {
    return foreign.parameter(parameter).at(indices);
  }
  /// "1995", or empty for the first year: holds from the start.
  [[nodiscard]] std::string from(int year) const;
  /// The year itself, or the one after the last.
  [[nodiscard]] std::string date(int year) const;
  /// The region's id where there are several; with one, rows hold everywhere.
  [[nodiscard]] std::string region_filter(int region) const;
  /// "UTOPIA.E01" where there are several regions, "E01" otherwise.
  [[nodiscard]] std::string in_region(const std::string& id, int region) const;
  [[nodiscard]] std::string region_words(int region) const;
  /// Unit of capacity of a technology in a region: CapacityToActivityUnit units of activity a year.
  [[nodiscard]] const std::string& capacity_unit(int region, int technology) const;
  /// Unit of a factor on capacity or orders in a limit that counts activity a year, so that the factor is the foreign
  /// one.
  [[nodiscard]] std::string per_capacity(int region, int technology) const;
  /// What the shares of the year add up to: a little off 1 where they are rounded. Weights of slices are divided by it.
  [[nodiscard]] double year_length(int year) const { return year_lengths_[static_cast<std::size_t>(year)]; }

  /// Technology stands in the region: it makes, uses, emits, stores, or is there already.
  [[nodiscard]] bool stands(int region, int technology) const {
    return stands_[static_cast<std::size_t>(region * foreign.count(Set::technology) + technology)];
  }
  /// Modes that rows name; empty = the technology has one way of running.
  [[nodiscard]] const std::vector<int>& modes(int technology) const {
    return modes_[static_cast<std::size_t>(technology)];
  }
  [[nodiscard]] std::string mode_text(int technology, int mode) const;
  /// Some technology of the region fills or empties the store.
  [[nodiscard]] bool is_linked(int region, int store) const;
  [[nodiscard]] bool has_linked_stores() const;

  /// Calls with `from` and value where a value starts to hold.
  using Emit = std::function<void(const std::string& from, double value)>;
  static void for_each_change(const Mapping& mapping, const std::vector<double>& values, const Emit& emit);

  /// Base of the ids of limits and the like.
  ForeignNames limit_names, facility_names, option_names, programme_names, lane_names;

  /// Units of capacity by their size in units of activity a year.
  [[nodiscard]] const std::map<double, std::string>& capacity_units() const { return capacity_units_; }

 private:
  void name_members();
  void name_units();
  void find_stands();
  void find_modes();

  std::vector<double> year_lengths_;
  std::map<double, std::string> capacity_units_;
  std::vector<bool> stands_;
  std::vector<std::vector<int>> modes_;
};

// Parts of the mapping, one file each.
void map_places_and_goods(Mapping& mapping);
void map_time(Mapping& mapping);
void map_technologies(Mapping& mapping);
void map_recipes(Mapping& mapping);
void map_demand(Mapping& mapping);
void map_trade(Mapping& mapping);
void map_stores(Mapping& mapping);
/// What MUIO's text asks of the levels of a storage, as limits on what is put in and taken out.
void map_storage_rules(Mapping& mapping, int region, int store);
void map_capacity_and_activity_limits(Mapping& mapping);
void map_emission_limits(Mapping& mapping);
void map_shares(Mapping& mapping);
void map_mode_limits(Mapping& mapping);
void map_user_limits(Mapping& mapping);
void map_inputs_of_capacity(Mapping& mapping);
/// Names what OSeMOSYS' official texts plan differently.
void warn_of_texts(Mapping& mapping);

}  // namespace pinchpoint::importers::osemosys
