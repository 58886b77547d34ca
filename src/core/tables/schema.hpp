// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace pinchpoint::tables {

enum class ColumnType { id, ids, text, number, integer, boolean, date, choice, unit };
[[nodiscard]] const char* to_string(ColumnType type);

/// Allowed range of numbers.
struct Range {
  std::optional<double> minimum, maximum, minimum_exclusive;
};

// Texts and lists of these are constants of the program: nothing is built at its start.

/// One column of a table, as data/schema/<table>.toml states it.
struct ColumnSchema {
  std::string_view name;
  ColumnType type = ColumnType::text;
  bool required = false;
  std::string_view about;
  std::span<const std::string_view> choices = {};
  std::span<const std::string_view> refers_to = {};  ///< tables whose ids are allowed ("groups" = its `group` column)
  Range range = {};
  std::string_view default_text = {};  ///< used where the cell is empty; empty = no default
  std::string_view dimension = {};     ///< see docs/tables/dimensions.md: time, share, money/amount, capacity …
};

/// One parameter of a long table (technology_parameters and its kind).
struct ParameterSchema {
  std::string_view name;
  std::string_view dimension;
  std::string_view about;
  Range range;
  std::string_view default_text;  ///< "30 years": number and unit
};

struct TableSchema {
  std::string_view name;
  std::string_view about;
  std::string_view figure;                ///< the column that holds the row's figure; empty = no figures
  std::span<const std::string_view> key;  ///< columns that together name a row
  std::span<const ColumnSchema> columns;  ///< provenance columns included where figure is set
  std::span<const ParameterSchema> parameters;

  [[nodiscard]] int find_column(std::string_view column) const;  ///< index, or -1
  [[nodiscard]] const ParameterSchema* find_parameter(std::string_view parameter) const;
};

/// All tables of a model folder, in reading order (a table after those it refers to where possible).
/// Made from data/schema/*.toml at build time.
[[nodiscard]] std::span<const TableSchema> schemas();
[[nodiscard]] const TableSchema* find_schema(std::string_view table);
/// The schema file itself, as published.
[[nodiscard]] std::string_view schema_text(std::string_view table);

}  // namespace pinchpoint::tables
