// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "domain/world/world_ids.hpp"

namespace pinchpoint::stress {

/// A rule's value in one period, and by how many thousandths of it a scenario changes it: -1000 takes it away.
using RulePeriod = std::pair<MeasureId, std::int32_t>;
using ForceChanges = std::map<RulePeriod, std::set<int>>;

/// Columns of an operating problem of which one is open: what a rule's value does in a period is added to rows and
/// costs as often as the open one says. docs/formulation/stress.md
struct ForceSwitch {
  std::int32_t as_planned = -1;
  std::map<int, std::int32_t> changed;  ///< by thousandths
};
using ForceSwitches = std::map<RulePeriod, std::vector<ForceSwitch>>;

/// Nearest change in thousandths that makes the value `factor` times what it is.
[[nodiscard]] int thousandths_of(double factor);

}  // namespace pinchpoint::stress
