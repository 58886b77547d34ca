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
/// requires  `world` was made of `folder`
/// errors    those of tables (FIL, CSV, TAB, UNI) and of shocks (SHK), at their places in these files
[[nodiscard]] Result<Shocks> load_shocks(const World& world, const tables::ModelFolder& folder,
                                         const std::vector<std::filesystem::path>& paths);

/// Those of the ids given, in that order. errors    TAB-010
[[nodiscard]] Result<Shocks> select_shocks(const Shocks& shocks, const std::vector<std::string>& ids);

// What a shock strikes. Members of groups count if they are members on the shock's first date; a shock of another kind
// strikes nothing of these.

/// outage, earthquake, power-cut: capacity of a technology at a place. A shock that names a facility strikes only what
/// facilities_of says, besides.
[[nodiscard]] bool strikes_capacity(const World& world, const Shock& shock, TechnologyId technology, RegionId region,
                                    OrganisationId owner);
/// Rows of facilities, whether they stand on that date or not.
[[nodiscard]] std::vector<FacilityId> facilities_of(const World& world, const Shock& shock);
/// embargo, licence, and lane-closure without lane: goods on their way.
[[nodiscard]] bool strikes_flow(const World& world, const Shock& shock, CommodityId commodity, RegionId origin,
                                RegionId destination);
/// lane-closure with a lane: a commodity on a lane.
[[nodiscard]] bool strikes_lane(const Shock& shock, LaneId lane, CommodityId commodity);
/// demand-surge
[[nodiscard]] bool strikes_programme(const World& world, const Shock& shock, ProgrammeId programme);
/// budget-collapse: budgets of an owner.
[[nodiscard]] bool strikes_budget(const World& world, const Shock& shock, OrganisationId owner);

}  // namespace pinchpoint
