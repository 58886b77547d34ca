// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/tables/model_folder.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint {

/// Shocks that stand in files beside the model: each path is a CSV of the shocks table, or a folder of shocks(.csv) and
/// sources(.csv). Their names are those of the world; their sources may also be their own.
///
/// errors    those of tables (FIL, CSV, TAB, UNI) and of shocks (SHK), at their places in these files
[[nodiscard]] Result<Shocks> load_shocks(const World& world, const tables::ModelFolder& folder,
                                         const std::vector<std::filesystem::path>& paths);

/// Those of the ids given, in that order. errors    TAB-010
[[nodiscard]] Result<Shocks> select_shocks(const Shocks& shocks, const std::vector<std::string>& ids);

/// Facilities of outages, earthquakes and power cuts: all that the row's columns let through, on its first date for
/// groups with dates, whether they stand then or not. Empty for the other kinds.
[[nodiscard]] std::vector<FacilityId> facilities_of(const World& world, const Shock& shock);

}  // namespace pinchpoint
