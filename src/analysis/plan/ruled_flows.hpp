// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include "analysis/plan/assembly.hpp"

namespace pinchpoint::plan {

/// Columns of the flows between regions that a measure in force covers, by period.
[[nodiscard]] std::map<PeriodId, std::vector<ColumnId>> ruled_columns(const Assembly& assembly, const Measure& measure);

/// True if the measure is in force in the flow's period and covers it.
[[nodiscard]] bool rules(const World& world, const Measure& measure, const Flow& flow);

/// Tariff on one unit of a flow: a share of its price where it arrives, or money per unit.
[[nodiscard]] double tariff_on(const Assembly& assembly, const Measure& measure, const Flow& flow);

}  // namespace pinchpoint::plan
