// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/source_span.hpp"

namespace pinchpoint::tables {

/// A key and its value as text: numbers and dates as they were written, so that a decimal keeps all its digits; flags
/// as yes and no; the texts of an array joined by ';'.
struct TomlCell {
  std::string key;
  SourceSpan key_where;
  std::string text;
  SourceSpan where;
};

struct TomlRow {
  SourceSpan where;
  std::vector<TomlCell> cells;  ///< as they stand in the file
};

/// Rows by name of their table: one of [table], as many of [[table]] as there are.
using TomlTables = std::map<std::string, std::vector<TomlRow>>;

/// Reads a TOML document whose top level holds tables only.
///
/// errors    MOD-001 no TOML; MOD-004 a value at the top, a table in a table, a ';' in an element of an array
[[nodiscard]] Result<TomlTables> read_toml_tables(std::string_view text, const std::string& file);

}  // namespace pinchpoint::tables
