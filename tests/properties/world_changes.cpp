// SPDX-License-Identifier: Apache-2.0
#include "properties/world_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/ensure.hpp"
#include "core/tables/schema.hpp"

namespace pinchpoint::properties {

using test_support::Cells;

namespace {

const tables::TableSchema& schema_of(const std::string& table) {
  const tables::TableSchema* const schema = tables::find_schema(table);
  ensure(schema != nullptr, "a table without schema");
  return *schema;
}

/// Calls visit(cell) for every cell that holds an id.
template <class Visit>
void for_each_id(WorldText& world, Visit visit) {
  for (auto& [table, rows] : world.tables) {
    for (const tables::ColumnSchema& column : schema_of(table).columns) {
      if (column.type != tables::ColumnType::id) continue;
      for (Cells& row : rows) {
        const auto cell = row.find(std::string(column.name));
        if (cell != row.end() && !cell->second.empty()) visit(cell->second);
      }
    }
  }
}

void multiply_cell(Cells& row, const std::string& column, double factor) {
  std::string& cell = row.at(column);
  cell = fmt::format("{}", std::stod(cell) * factor);
}

struct OtherUnit {
  const char* unit;
  double factor;
};

// A year is twelve months and a tonne a thousand kilograms, in every product of them.
const std::map<std::string, OtherUnit>& other_units() {
  static const std::map<std::string, OtherUnit> units = {
      {"t", {"kg", 1000}},
      {"t/year", {"kg/month", 1000.0 / 12}},
      {"t/year/year", {"kg/year/month", 1000.0 / 12}},
      {"t/t", {"kg/t", 1000}},
      {"t/(t/year)", {"kg/(t/month)", 1000.0 * 12}},
      {"USD/t", {"USD/kg", 1.0 / 1000}},
      {"USD/t/year", {"USD/kg/month", 1.0 / 12000}},
      {"USD/(t/year)", {"USD/(kg/month)", 12.0 / 1000}},
      {"USD/year", {"USD/month", 1.0 / 12}},
      {"USD/MWh", {"USD/kWh", 1.0 / 1000}},
      {"MWh/t", {"kWh/t", 1000}},
      {"kW", {"MW", 1.0 / 1000}},
      {"years", {"months", 12}},
      {"months", {"years", 1.0 / 12}},
      {"%", {"1", 1.0 / 100}},
      {"%/year", {"1/year", 1.0 / 100}},
      {"1", {"%", 100}},
  };
  return units;
}

bool is_limit(const std::string& table, const Cells& row) {
  const auto is = [&](const char* column, std::initializer_list<const char*> wanted) {
    const auto cell = row.find(column);
    return cell != row.end() && std::find(wanted.begin(), wanted.end(), cell->second) != wanted.end();
  };
  if (table == "options" || table == "budgets" || table == "facilities" || table == "limit_values") return true;
  if (table == "measures") return is("kind", {"quota", "licence_share"});
  if (table == "lane_parameters") return is("parameter", {"capacity"});
  if (table == "technology_parameters") return is("parameter", {"growth_limit", "growth_seed"});
  return table == "stocks" && is("parameter", {"limit"});
}

}  // namespace

WorldText with_rows_shuffled(WorldText world) {
  for (auto& [table, rows] : world.tables) {
    for (std::size_t left = rows.size(); left > 1; --left) {
      const auto other = *rc::gen::inRange<std::size_t>(0, left);
      std::swap(rows[left - 1], rows[other]);
    }
  }
  return world;
}

WorldText with_ids_renamed(WorldText world) {
  std::map<std::string, std::string> names;
  for_each_id(world, [&](const std::string& id) { names[id]; });
  std::size_t number = names.size();
  for (auto& [id, name] : names) name = fmt::format("n{:03}-{}", --number, id);
  for_each_id(world, [&](std::string& id) { id = names.at(id); });
  return world;
}

WorldText with_figures_in_other_units(WorldText world) {
  for (auto& [table, rows] : world.tables) {
    const std::string figure(schema_of(table).figure);
    for (Cells& row : rows) {
      const auto unit = figure.empty() ? row.end() : row.find("unit");
      if (unit == row.end()) continue;
      const auto other = other_units().find(unit->second);
      if (other == other_units().end()) continue;
      multiply_cell(row, figure, other->second.factor);
      unit->second = other->second.unit;
    }
  }
  return world;
}

WorldText with_goods_in_other_units(WorldText world) {
  for (Cells& row : world.tables["commodities"]) {
    if (row.at("unit") == "t") row.at("unit") = "kg";
  }
  for (Cells& row : world.tables["technologies"]) {
    if (row.at("capacity_unit") == "t/year") row.at("capacity_unit") = "kg/month";
  }
  return world;
}

std::vector<Place> limits_of(const WorldText& world) {
  std::vector<Place> places;
  for (const auto& [table, rows] : world.tables) {
    const std::string figure(schema_of(table).figure);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto cell = figure.empty() ? rows[row].end() : rows[row].find(figure);
      if (cell != rows[row].end() && !cell->second.empty() && is_limit(table, rows[row]))
        places.push_back({table, row});
    }
  }
  return places;
}

std::vector<Place> demands_of(const WorldText& world) {
  std::vector<Place> places;
  const std::vector<Cells>& rows = world.tables.at("programme_parameters");
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (rows[row].at("parameter") == "demand") places.push_back({"programme_parameters", row});
  }
  return places;
}

void multiply(WorldText& world, const Place& place, double factor) {
  Cells& row = world.tables.at(place.table).at(place.row);
  const std::string figure(schema_of(place.table).figure);
  multiply_cell(row, figure, factor);
  if (place.table == "measures" && row.at("unit") == "%" && std::stod(row.at(figure)) > 100) row.at(figure) = "100";
}

}  // namespace pinchpoint::properties
