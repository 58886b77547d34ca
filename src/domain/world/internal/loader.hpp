// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/world/world.hpp"

namespace pinchpoint::internal {

/// Names of one kind of thing.
template <class IdType>
class NameIndex {
 public:
  void add(std::string_view name, IdType id) { ids_.emplace(name, id); }
  [[nodiscard]] IdType find(std::string_view name) const {
    const auto place = ids_.find(std::string(name));
    return place == ids_.end() ? IdType{} : place->second;
  }

 private:
  std::unordered_map<std::string, IdType> ids_;
};

/// What every load_ function needs: the tables, the world being made, names so far, complaints.
struct Loader {
  const tables::ModelFolder& folder;
  World& world;
  Diagnostics& diagnostics;
  NameIndex<LayerId> layers;
  NameIndex<RegionId> regions;
  NameIndex<OrganisationId> organisations;
  NameIndex<GroupId> groups;
  NameIndex<CommodityId> commodities;
  NameIndex<TechnologyId> technologies;
  NameIndex<LaneId> lanes;
  NameIndex<ProgrammeId> programmes;
  NameIndex<SliceId> slices;
  NameIndex<ModeId> modes;
  NameIndex<LimitId> limits;
  NameIndex<FactId> facts;
};

[[nodiscard]] Confidence confidence_of(std::string_view text);

/// One row of a table while it is loaded: cells by column name, and the figure in the unit that is wanted.
class Row {
 public:
  Row(Loader& loader, const tables::Table& table, std::size_t row) : loader_(loader), table_(table), row_(row) {}

  [[nodiscard]] std::string text(std::string_view column) const {
    return std::string(table_.text(row_, table_.column(column)));
  }
  [[nodiscard]] bool has_column(std::string_view column) const { return table_.schema().find_column(column) >= 0; }
  [[nodiscard]] bool has(std::string_view column) const { return table_.has(row_, table_.column(column)); }
  [[nodiscard]] bool boolean(std::string_view column) const { return table_.boolean(row_, table_.column(column)); }
  [[nodiscard]] double number(std::string_view column) const { return table_.number(row_, table_.column(column)); }
  [[nodiscard]] std::optional<Date> date(std::string_view column) const {
    return table_.date(row_, table_.column(column));
  }
  [[nodiscard]] Confidence confidence() const { return confidence_of(text("confidence")); }
  /// Parts of a cell with several ids.
  [[nodiscard]] std::vector<std::string> ids(std::string_view column) const {
    const auto parts = table_.ids(row_, table_.column(column));
    return {parts.begin(), parts.end()};
  }
  [[nodiscard]] SourceSpan where(std::string_view column) const { return table_.where(row_, table_.column(column)); }
  template <class IdType>
  [[nodiscard]] IdType id(std::string_view column, const NameIndex<IdType>& names) const {
    return has(column) ? names.find(text(column)) : IdType{};
  }

  /// The row's figure times the factor from its unit to `wanted`; complains and gives nothing if dimensions differ.
  [[nodiscard]] std::optional<double> figure(const Unit& wanted) const;
  /// As figure(), if the unit fits; no complaint otherwise.
  [[nodiscard]] std::optional<double> figure_if_fits(const Unit& wanted) const;
  [[nodiscard]] bool is_inherited() const { return table_.is_inherited(row_); }
  [[nodiscard]] bool has_figure() const { return has(table_.schema().figure); }
  void complain(Code code, std::string_view column, std::string message, std::string expected = {}) const;

 private:
  [[nodiscard]] Unit unit() const;
  Loader& loader_;
  const tables::Table& table_;
  std::size_t row_;
};

/// Calls `load` with every row of a table.
template <class Load>
void for_each_row(Loader& loader, std::string_view table, Load load) {
  const tables::Table& rows = loader.folder.table(table);
  for (std::size_t row = 0; row < rows.row_count(); ++row) load(Row(loader, rows, row));
}

/// Units that figures are converted to.
[[nodiscard]] Unit parsed_unit(const Loader& loader, std::string_view text);
[[nodiscard]] Unit money_unit(const Loader& loader);
[[nodiscard]] Unit per_year(const Loader& loader, const Unit& unit);
/// What capacities of a technology are kept in: activity per year; of a store, an amount.
[[nodiscard]] Unit natural_capacity_unit(const Loader& loader, const Technology& technology);

void load_places(Loader& loader);        // layers, regions, organisations, groups
void load_commodities(Loader& loader);   // and their parameters
void load_technologies(Loader& loader);  // parameters, recipes
void load_facilities(Loader& loader);    // and options, stocks
void load_lanes(Loader& loader);
void load_programmes(Loader& loader);  // and budgets
void load_slices(Loader& loader);      // and visits of their seasons
void load_profiles(Loader& loader);
void load_measures(Loader& loader);
void load_ruled(Loader& loader);   // rule_items, licence_outcomes, rule_places
void load_limits(Loader& loader);  // and their values and terms
void load_facts(Loader& loader);   // and their values and terms
void load_shocks(Loader& loader);
/// Reads one row of limit_terms or fact_terms into the terms of `limit`; complains about what cannot be measured.
void load_term(Loader& loader, const Row& row, Limit& limit);
/// Complains of rows of the tables <kind>s ("limit", "fact") that have no value, or no term in <kind>_terms.
void check_sums(Loader& loader, const std::string& kind, std::string_view without_terms,
                const std::function<const Limit&(const std::string& id)>& sum_of);

/// Regions and groups named in a cell, as members with dates; complains if it covers nothing.
[[nodiscard]] RegionSet load_region_set(const Row& row, Loader& loader, std::string_view column);
/// The commodity named, or all of the layer named; complains unless exactly one of the two is filled.
[[nodiscard]] std::vector<CommodityId> load_commodity_or_layer(const Row& row, Loader& loader);

}  // namespace pinchpoint::internal
