// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "core/tables/schema.hpp"

namespace pinchpoint::tables::internal {

// data/schema/*.toml as they were when the library was built; tools/embed_schemas.py has checked them.

/// ColumnSchema, ParameterSchema and TableSchema without allocations.
struct EmbeddedColumn {
  std::string_view name;
  ColumnType type;
  bool required;
  std::string_view about;
  std::span<const std::string_view> choices;
  std::span<const std::string_view> refers_to;
  Range range;
  std::string_view default_text;
  std::string_view dimension;
};
struct EmbeddedParameter {
  std::string_view name;
  std::string_view dimension;
  std::string_view about;
  Range range;
  std::string_view default_text;
};
struct EmbeddedSchema {
  std::string_view name;
  std::string_view about;
  std::string_view figure;
  std::span<const std::string_view> key;
  std::span<const EmbeddedColumn> columns;  ///< provenance columns included where figure is set
  std::span<const EmbeddedParameter> parameters;
};
struct EmbeddedFile {
  std::string_view table;
  std::string_view text;
};

extern const std::span<const EmbeddedSchema> embedded_schemas;  ///< in reading order
extern const std::span<const EmbeddedFile> embedded_files;      ///< by name, provenance included

}  // namespace pinchpoint::tables::internal
