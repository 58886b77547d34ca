// SPDX-License-Identifier: Apache-2.0
#include "core/tables/schema.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "core/tables/internal/embedded_schemas.hpp"

namespace pinchpoint::tables {

namespace {

constexpr std::array column_type_names = {"id",      "ids",  "text",   "number", "integer",
                                          "boolean", "date", "choice", "unit"};
std::vector<std::string> strings_of(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

ColumnSchema column_of(const internal::EmbeddedColumn& column) {
  return {std::string(column.name),
          column.type,
          column.required,
          std::string(column.about),
          strings_of(column.choices),
          strings_of(column.refers_to),
          column.range,
          std::string(column.default_text),
          std::string(column.dimension)};
}

ParameterSchema parameter_of(const internal::EmbeddedParameter& parameter) {
  return {std::string(parameter.name), std::string(parameter.dimension), std::string(parameter.about), parameter.range,
          std::string(parameter.default_text)};
}

TableSchema schema_of(const internal::EmbeddedSchema& embedded) {
  TableSchema schema{std::string(embedded.name),
                     std::string(embedded.about),
                     std::string(embedded.figure),
                     strings_of(embedded.key),
                     {},
                     {}};
  schema.columns.reserve(embedded.columns.size());
  for (const auto& column : embedded.columns) schema.columns.push_back(column_of(column));
  for (const auto& parameter : embedded.parameters) schema.parameters.push_back(parameter_of(parameter));
  return schema;
}

std::vector<TableSchema> read_embedded() {
  std::vector<TableSchema> schemas;
  schemas.reserve(internal::embedded_schemas.size());
  for (const auto& embedded : internal::embedded_schemas) schemas.push_back(schema_of(embedded));
  return schemas;
}

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

const std::vector<TableSchema>& schemas() {
  static const std::vector<TableSchema> all = read_embedded();
  return all;
}

const TableSchema* find_schema(std::string_view table) {
  const auto& all = schemas();
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
