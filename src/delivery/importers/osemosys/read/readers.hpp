// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "core/base/diagnostic.hpp"
#include "delivery/importers/osemosys/read/raw_model.hpp"

namespace pinchpoint::importers::osemosys {

/// The data section of a GNU MathProg file: what follows `data;`, or the whole file if it has no such line.
///
/// Reads  set and param statements: default, simple data, slices [a,*,*], tables, (tr), several parameters over one
///        list of keys, comments, quotes, end;
/// errors IMP-002, IMP-003 parameters of an unknown name with figures; a statement that cannot be read is left out
void read_mathprog(const std::filesystem::path& path, RawModel& model, Diagnostics& problems);

/// IMP-003: a parameter that OSeMOSYS lacks and that has figures.
void complain_of_unknown(std::string_view name, const SourceSpan& where, Diagnostics& problems);

/// A folder of CSV files named like sets and parameters, as otoole writes it: columns named like the sets, and VALUE.
/// Defaults from config.yaml (otoole's) or default_values.csv in the folder or beside it.
void read_csv_folder(const std::filesystem::path& folder, RawModel& model, Diagnostics& problems);

/// The CSV files that a datapackage.json lists, with its defaults if it lists default_values.csv.
void read_datapackage(const std::filesystem::path& file, RawModel& model, Diagnostics& problems);

}  // namespace pinchpoint::importers::osemosys
