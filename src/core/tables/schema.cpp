// SPDX-License-Identifier: Apache-2.0
#include "core/tables/schema.hpp"

#include <algorithm>
#include <array>

#include "core/tables/internal/embedded_schemas.hpp"

namespace pinchpoint::tables {

namespace {

constexpr std::array column_type_names = {"id",      "ids",  "text",   "number", "integer",
                                          "boolean", "date", "choice", "unit"};

}  // namespace

const char* to_string(ColumnType type) { return column_type_names.at(static_cast<std::size_t>(type)); }

int TableSchema::find_column(std::string_view column) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const ColumnSchema& item) { return item.name == column; });
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

const ParameterSchema* TableSchema::find_parameter(std::string_view parameter) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const ParameterSchema& item) { return item.name == parameter; });
  return found == parameters.end() ? nullptr : &*found;
}

std::span<const TableSchema> schemas() { return internal::embedded_schemas; }

const TableSchema* find_schema(std::string_view table) {
  const auto all = schemas();
  const auto found = std::find_if(all.begin(), all.end(), [&](const TableSchema& item) { return item.name == table; });
  return found == all.end() ? nullptr : &*found;
}

std::string_view schema_text(std::string_view table) {
  for (const auto& [name, text] : internal::embedded_files) {
    if (name == table) return text;
  }
  return {};
}

}  // namespace pinchpoint::tables
