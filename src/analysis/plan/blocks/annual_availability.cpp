// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// Σ slices activity − annual availability · Σ slices (availability · profile · hours) · available ≤ 0
void add_row(Assembly& assembly, AssetId id, PeriodId period) {
  const Asset& asset = assembly.network.assets[id];
  const Technology& technology = assembly.world.technologies[asset.technology];
  const auto at = static_cast<std::size_t>(period.index());
  const Date date = assembly.timeline().begin_of(period);
  const auto row = assembly.builder.add_row(assembly.key(Family::annual_availability_, {id.index(), period.index()}),
                                            -optim::infinity, 0);
  for (int slice = 0; slice < assembly.slice_count(technology); ++slice) {
    for (const ColumnId column : assembly.activity(id, period, slice)) assembly.builder.add_entry(row, column, 1);
  }
  double share = 0;
  for (int slice = 0; slice < static_cast<int>(assembly.world.slices.size()); ++slice) {
    share += assembly.slice_weight(slice, period) *
             assembly.world.profile(asset.technology, asset.region, SliceId(slice), date);
  }
  const double most = asset.annual_availability[at] * asset.availability[at] * share * assembly.years(period);
  if (most != 0) assembly.builder.add_entry(row, assembly.available(id, period), -most);
}

}  // namespace

void add_annual_availability(Assembly& assembly) {
  for (const AssetId id : ids(assembly.network.assets)) {
    const Asset& asset = assembly.network.assets[id];
    if (assembly.world.technologies[asset.technology].kind == TechnologyKind::store) continue;
    for (const PeriodId period : assembly.timeline().periods()) {
      if (asset.annual_availability[static_cast<std::size_t>(period.index())] < 1) add_row(assembly, id, period);
    }
  }
}

}  // namespace pinchpoint::plan
