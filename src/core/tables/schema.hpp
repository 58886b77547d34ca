// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pinchpoint::tables {

enum class ColumnType { id, ids, text, number, integer, boolean, date, choice, unit };
[[nodiscard]] const char* to_string(ColumnType type);

/// Allowed range of numbers.
struct Range {
  std::optional<double> minimum, maximum, minimum_exclusive;
};

/// One column of a table, as data/schema/<table>.toml states it.
struct ColumnSchema {
  std::string name;
  ColumnType type = ColumnType::text;
  bool required = false;
  std::string about;
  std::vector<std::string> choices;
  std::vector<std::string> refers_to;  ///< tables whose ids are allowed ("groups" = its `group` column)
  Range range;
  std::string default_text;  ///< used where the cell is empty; empty = no default
  std::string dimension;     ///< see docs/tables/dimensions.md: time, share, money/amount, capacity …
};

/// One parameter of a long table (technology_parameters and its kind).
struct ParameterSchema {
  std::string name;
  std::string dimension;
  std::string about;
  Range range;
  std::string default_text;  ///< "30 years": number and unit
};

struct TableSchema {
  std::string name;
  std::string about;
  std::string figure;                 ///< the column that holds the row's figure; empty = no figures
  std::vector<std::string> key;       ///< columns that together name a row
  std::vector<ColumnSchema> columns;  ///< provenance columns included where figure is set
  std::vector<ParameterSchema> parameters;

  [[nodiscard]] int find_column(std::string_view column) const;  ///< index, or -1
  [[nodiscard]] const ParameterSchema* find_parameter(std::string_view parameter) const;
};

/// All tables of a model folder, in reading order (a table after those it refers to where possible).
/// Made from data/schema/*.toml at build time.
[[nodiscard]] const std::vector<TableSchema>& schemas();
[[nodiscard]] const TableSchema* find_schema(std::string_view table);
/// The schema file itself, as published.
[[nodiscard]] std::string_view schema_text(std::string_view table);

}  // namespace pinchpoint::tables
