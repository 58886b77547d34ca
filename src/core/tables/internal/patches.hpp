// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/diagnostic.hpp"
#include "core/tables/internal/checks.hpp"
#include "core/tables/schema.hpp"

namespace pinchpoint::tables::internal {

/// Columns of a patch file: table, where, column, action, value, note.
[[nodiscard]] const TableSchema& patch_schema();

/// Applies the rows of a patch file in order, and checks every cell they change.
///
/// A `where` of several conditions (column=value;column=value) means all of them; a value may end with `*`. Multiplying
/// a figure, or adding to it, moves its band with it; setting one leaves the band alone.
///
/// errors    TAB-001, TAB-010 (unknown table), MOD-006 to MOD-008, and those of check_cell at the patch's row
void apply_patch(const Table& patch, const std::string& name, Tables& tables, Diagnostics& diagnostics);

}  // namespace pinchpoint::tables::internal
