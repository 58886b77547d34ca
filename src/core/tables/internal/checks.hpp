// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "core/base/diagnostic.hpp"
#include "core/tables/model_folder.hpp"
#include "core/tables/table.hpp"

/// What a schema can say about tables, check by check. None stops at the first complaint, and all pass over cells that
/// an earlier one has complained about.
namespace pinchpoint::tables::internal {

using Tables = std::map<std::string, Table>;

/// Cells by themselves. errors TAB-004 to TAB-009, TAB-012
void check_cells(const Table& table, Diagnostics& diagnostics);
void check_cell(const Table& table, std::size_t row, int column, Diagnostics& diagnostics);
/// Rows of the same key, inherited ones included. errors TAB-011
void check_keys(const Table& table, Diagnostics& diagnostics);
/// Names against the tables they refer to. errors TAB-010, TAB-016
void check_names(const Tables& tables, Diagnostics& diagnostics);
/// Dates against one another and, unless the caller moved it, the horizon. errors TAB-013, TAB-014, SHK-006
void check_dates(const Table& table, const ModelSettings& settings, Diagnostics& diagnostics);
/// Units of figures, and figures against their ranges and bands. errors UNI-001 to UNI-004, TAB-006, TAB-015
void check_figures(const Table& table, const UnitSystem& units, const ModelSettings& settings,
                   Diagnostics& diagnostics);

}  // namespace pinchpoint::tables::internal
