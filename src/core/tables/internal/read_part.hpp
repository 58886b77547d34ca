// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/diagnostic.hpp"
#include "core/tables/internal/table_data.hpp"

namespace pinchpoint::tables::internal {

/// Reads one file of a table and finds its columns.
/// errors    CSV-001 to CSV-005, TAB-001 (a warning if lenient), TAB-002, TAB-003
[[nodiscard]] TablePart read_part(std::string text, std::string file, const TableSchema& schema, bool is_lenient,
                                  Diagnostics& diagnostics);

}  // namespace pinchpoint::tables::internal
