// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"
#include "analysis/plan/ruled_flows.hpp"

namespace pinchpoint::plan {

namespace {

void add_output_of_origin(Assembly& assembly, const Measure& measure, PeriodId period, RowId row) {
  const Date date = assembly.timeline().begin_of(period);
  for (const AssetId id : ids(assembly.network.assets)) {
    const Asset& asset = assembly.network.assets[id];
    const CommodityId output = assembly.world.technologies[asset.technology].output;
    if (!is_about(measure, output) || !assembly.world.contains(measure.origin, asset.region, date)) continue;
    for (int slice = 0; slice < assembly.slice_count(assembly.world.technologies[asset.technology]); ++slice) {
      for (const ColumnId column : assembly.activity(id, period, slice))
        assembly.builder.add_entry(row, column, -measure.value);
    }
  }
}

}  // namespace

/// Σ ruled flows − share · what the origin makes ≤ 0
void add_licence_share(Assembly& assembly) {
  for (const MeasureId id : ids(assembly.world.measures)) {
    const Measure& measure = assembly.world.measures[id];
    if (measure.kind != MeasureKind::licence_share) continue;
    for (const auto& [period, columns] : ruled_columns(assembly, measure)) {
      const auto row = assembly.builder.add_row(assembly.key(Family::licence_share_, {id.index(), period.index()}),
                                                -optim::infinity, 0);
      for (const ColumnId column : columns) assembly.builder.add_entry(row, column, 1);
      add_output_of_origin(assembly, measure, period, row);
    }
  }
}

}  // namespace pinchpoint::plan
