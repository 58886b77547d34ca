// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/world/internal/loader.hpp"
#include "domain/world/shocks/shock.hpp"

namespace pinchpoint::internal {

/// Columns against the kind; true if they fit. errors SHK-001
bool check_shock_form(const Row& row, Loader& loader);
/// Depths, durations, recovery, probability, window and cluster. errors SHK-003 to SHK-005
void check_shock_figures(const Row& row, const Loader& loader, const Shock& shock);
/// That something in the world matches. errors SHK-002, and SHK-001 for ends that are the same
void check_shock_matches(const Row& row, Loader& loader, const Shock& shock);

}  // namespace pinchpoint::internal
