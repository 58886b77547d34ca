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

}  // namespace pinchpoint::importers::temoa
