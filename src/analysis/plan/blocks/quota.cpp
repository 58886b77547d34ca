// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"
#include "analysis/plan/ruled_flows.hpp"

namespace pinchpoint::plan {

/// Σ ruled flows ≤ quota
void add_quota(Assembly& assembly) {
  for (const MeasureId id : ids(assembly.world.measures)) {
    const Measure& measure = assembly.world.measures[id];
    if (measure.kind != MeasureKind::quota) continue;
    for (const auto& [period, columns] : ruled_columns(assembly, measure)) {
      const double most = measure.value * assembly.years(period) *
                          assembly.timeline().share_within(period, measure.from, measure.until);
      const auto row =
          assembly.builder.add_row(assembly.key(Family::quota_, {id.index(), period.index()}), -optim::infinity, most);
      for (const ColumnId column : columns) assembly.builder.add_entry(row, column, 1);
    }
  }
}

}  // namespace pinchpoint::plan
