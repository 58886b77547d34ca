// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace pinchpoint::importers::temoa {

/// A table of a Temoa database, version 4: the columns in their order (dumps name none), those that identify a row, and
/// those that hold its figures. Source: Temoa documentation, "The database".
struct TableForm {
  std::string_view name;
  std::string_view columns;  ///< separated by spaces
  std::string_view keys;
  std::string_view values;
};

/// Every input table.
[[nodiscard]] std::span<const TableForm> table_forms();

/// Columns of `technology` since schema 4.1, whose reserve margins name technologies themselves.
inline constexpr std::string_view later_technology_columns =
    "tech flag sector category sub_category unlim_cap annual curtail retire flex exchange seas_stor description";

/// A table that changes the plan in a way that is not read, what it is for, and the extension that reads it, if one
/// does.
struct UnsupportedTable {
  std::string_view name, about, extension = {};
};

/// Of Temoa's extensions, and of schema 4.1.
[[nodiscard]] std::span<const UnsupportedTable> unsupported_tables();
inline constexpr std::string_view later_reserves = "reserve margins in the form of schema 4.1";

}  // namespace pinchpoint::importers::temoa
