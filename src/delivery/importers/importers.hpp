// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "delivery/importers/folder_text.hpp"

namespace pinchpoint::importers {

struct ImportOptions {
  std::string name = {};              ///< name of the model; empty = made of the path
  std::string currency = "USD";       ///< of figures that name none
  bool is_lenient = false;            ///< OSeMOSYS: figures of parameters that it lacks are left out, not refused
  bool penalties_are_income = false;  ///< OSeMOSYS: where they are below zero, as texts other than the official have it
};

/// A model folder made of another tool's model, not yet written.
struct Import {
  FolderText folder;
  std::vector<std::pair<std::string, std::size_t>> read;  ///< what was found: {"technologies", 21}
  Diagnostics warnings;                                   ///< what was read and not used, say
};

// One a format, in a folder each. Errors: IMP-…, all that could be found, with the places of the foreign text. What the
// engine cannot say is refused by name (IMP-003); figures that contradict each other are refused with both (IMP-004).

/// OSeMOSYS: a GNU MathProg data file (or model and data in one), a folder of CSV files as otoole writes it, or a
/// datapackage.json.
[[nodiscard]] Result<Import> import_osemosys(const std::filesystem::path& path, const ImportOptions& options);

/// Temoa, version 4: a SQLite database, or SQL text that makes one. What its configuration says of time slices and
/// reserves is read from a config*.toml beside it.
[[nodiscard]] Result<Import> import_temoa(const std::filesystem::path& path, const ImportOptions& options);

/// PyPSA: a folder of CSV files as Network.export_to_csv_folder writes it; the optimisation of one investment period
/// without unit commitment.
[[nodiscard]] Result<Import> import_pypsa(const std::filesystem::path& path, const ImportOptions& options);

}  // namespace pinchpoint::importers
