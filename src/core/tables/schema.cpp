// SPDX-License-Identifier: Apache-2.0
#include "core/tables/schema.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include "core/base/ensure.hpp"
#include "core/tables/internal/embedded_schemas.hpp"
#include "core/tables/internal/toml.hpp"

namespace pinchpoint::tables {

namespace {

constexpr std::array column_type_names = {"id",      "ids",  "text",   "number", "integer",
                                          "boolean", "date", "choice", "unit"};
constexpr std::string_view provenance = "provenance";

void ensure_schema(bool condition, const std::string& table, std::string_view what) {
  ensure(condition, "data/schema/" + table + ".toml: " + std::string(what));
}

ColumnType type_of(const std::string& table, std::string_view name) {
  const auto* const found = std::find(column_type_names.begin(), column_type_names.end(), name);
  ensure_schema(found != column_type_names.end(), table, "column type '" + std::string(name) + "'");
  return static_cast<ColumnType>(found - column_type_names.begin());
}

std::string text_of(const toml::table& entry, std::string_view key) { return entry[key].value_or(std::string()); }

Range range_of(const toml::table& entry) {
  return {entry["minimum"].value<double>(), entry["maximum"].value<double>(),
          entry["minimum_exclusive"].value<double>()};
}

std::vector<std::string> list_of(const toml::table& entry, std::string_view key) {
  std::vector<std::string> list;
  if (const toml::array* const values = entry[key].as_array()) {
    for (const toml::node& value : *values) list.push_back(value.value_or(std::string()));
  }
  return list;
}

std::vector<std::string> split_at_bars(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, '|');) parts.push_back(part);
  return parts;
}

void ensure_keys_known(const std::string& table, const toml::table& entry, const std::set<std::string_view>& known) {
  for (const auto& [key, value] : entry) ensure_schema(known.contains(key.str()), table, key.str());
}

ColumnSchema column_of(const std::string& table, const toml::table& entry) {
  ensure_keys_known(table, entry,
                    {"name", "type", "required", "about", "choices", "refers_to", "minimum", "maximum",
                     "minimum_exclusive", "default", "dimension"});
  ColumnSchema column;
  column.name = text_of(entry, "name");
  column.type = type_of(table, text_of(entry, "type"));
  column.required = entry["required"].value_or(false);
  column.about = text_of(entry, "about");
  column.choices = list_of(entry, "choices");
  column.refers_to = split_at_bars(text_of(entry, "refers_to"));
  column.range = range_of(entry);
  column.default_text = text_of(entry, "default");
  column.dimension = text_of(entry, "dimension");
  ensure_schema(!column.name.empty() && !column.about.empty(), table, "a column needs name and about");
  ensure_schema((column.type == ColumnType::choice) == !column.choices.empty(), table, column.name + ": choices");
  return column;
}

ParameterSchema parameter_of(const std::string& table, const toml::table& entry) {
  ensure_keys_known(table, entry, {"name", "dimension", "about", "minimum", "maximum", "minimum_exclusive", "default"});
  ParameterSchema parameter{text_of(entry, "name"), text_of(entry, "dimension"), text_of(entry, "about"),
                            range_of(entry), text_of(entry, "default")};
  ensure_schema(!parameter.name.empty() && !parameter.dimension.empty(), table, "a parameter needs name and dimension");
  return parameter;
}

template <class Entry, class Make>
std::vector<Entry> entries_of(const std::string& table, const toml::table& file, std::string_view key, Make make) {
  std::vector<Entry> entries;
  if (const toml::array* const list = file[key].as_array()) {
    for (const toml::node& node : *list) entries.push_back(make(table, *node.as_table()));
  }
  return entries;
}

toml::table parse_schema(const std::string& table, std::string_view text) {
  toml::parse_result parsed = toml::parse(text);
  ensure_schema(parsed.succeeded(), table, parsed.succeeded() ? "" : parsed.error().description());
  return std::move(parsed).table();
}

/// A bound other than 0 of a figure depends on its unit; only shares are converted before they are compared.
void ensure_unit_free(const std::string& table, const std::string& name, const Range& range,
                      std::string_view dimension) {
  const bool is_zero = range.minimum.value_or(0) == 0 && range.minimum_exclusive.value_or(0) == 0 && !range.maximum;
  ensure_schema(dimension == "share" || is_zero, table, name + ": a bound that depends on the unit");
}

void ensure_consistent(const TableSchema& schema) {
  for (const std::string& column : schema.key) ensure_schema(schema.find_column(column) >= 0, schema.name, column);
  ensure_schema(schema.parameters.empty() || schema.find_column("parameter") >= 0, schema.name, "parameter column");
  for (const ParameterSchema& parameter : schema.parameters) {
    ensure_unit_free(schema.name, parameter.name, parameter.range, parameter.dimension);
  }
  if (schema.figure.empty()) return;
  const int figure = schema.find_column(schema.figure);
  ensure_schema(figure >= 0, schema.name, "figure column");
  const ColumnSchema& column = schema.columns[static_cast<std::size_t>(figure)];
  ensure_schema(column.type == ColumnType::number, schema.name, "the figure is a number");
  ensure_unit_free(schema.name, column.name, column.range, column.dimension);
}

TableSchema schema_of(const std::string& table, const toml::table& file, const toml::table& provenance_file) {
  ensure_keys_known(table, file, {"about", "figure", "key", "column", "parameter"});
  TableSchema schema;
  schema.name = table;
  schema.about = text_of(file, "about");
  schema.figure = text_of(file, "figure");
  schema.key = list_of(file, "key");
  schema.columns = entries_of<ColumnSchema>(table, file, "column", column_of);
  schema.parameters = entries_of<ParameterSchema>(table, file, "parameter", parameter_of);
  if (!schema.figure.empty()) {
    const auto more = entries_of<ColumnSchema>(std::string(provenance), provenance_file, "column", column_of);
    schema.columns.insert(schema.columns.end(), more.begin(), more.end());
  }
  ensure_consistent(schema);
  return schema;
}

/// Puts a table after those it refers to; tables that refer to each other stand as they came.
class ReadingOrder {
 public:
  explicit ReadingOrder(std::vector<TableSchema> schemas)
      : left_(std::move(schemas)), is_placed_(left_.size(), false) {}

  std::vector<TableSchema> order() {
    for (std::size_t index = 0; index < left_.size(); ++index) place(index);
    return std::move(ordered_);
  }

 private:
  void place(std::size_t index) {
    if (is_placed_[index]) return;
    is_placed_[index] = true;
    for (const ColumnSchema& column : left_[index].columns) {
      for (const std::string& table : column.refers_to) place(index_of(left_[index].name, table));
    }
    ordered_.push_back(left_[index]);
  }
  [[nodiscard]] std::size_t index_of(const std::string& from, const std::string& table) const {
    const auto found =
        std::find_if(left_.begin(), left_.end(), [&](const TableSchema& schema) { return schema.name == table; });
    ensure_schema(found != left_.end(), from, "refers to '" + table + "'");
    return static_cast<std::size_t>(found - left_.begin());
  }

  std::vector<TableSchema> left_;
  std::vector<bool> is_placed_;
  std::vector<TableSchema> ordered_;
};

std::vector<TableSchema> read_embedded() {
  const toml::table provenance_file = parse_schema(std::string(provenance), schema_text(provenance));
  std::vector<TableSchema> schemas;
  for (const auto& [name, text] : internal::embedded_schemas()) {
    if (name == provenance) continue;
    const std::string table(name);
    schemas.push_back(schema_of(table, parse_schema(table, text), provenance_file));
  }
  return ReadingOrder(std::move(schemas)).order();
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
  for (const auto& [name, text] : internal::embedded_schemas()) {
    if (name == table) return text;
  }
  return {};
}

}  // namespace pinchpoint::tables
