// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// met + unmet ≥ asked, with unmet ≤ asked at the programme's value
void add_slice(Assembly& assembly, ProgrammeId id, PeriodId period, int slice, double asked) {
  const Programme& programme = assembly.world.programmes[id];
  optim::ModelBuilder& builder = assembly.builder;
  const int slices = assembly.slice_count(programme.commodity);
  const std::int32_t slice_index = slices == 1 ? -1 : slice;
  const auto row =
      builder.add_row(assembly.key(Family::demand_, {id.index(), period.index(), slice_index}), asked, optim::infinity);
  const ColumnId met =
      builder.add_column(assembly.key(Family::met_, {id.index(), period.index(), slice_index}), 0, 0, asked);
  const ColumnId unmet =
      builder.add_column(assembly.key(Family::unmet_, {id.index(), period.index(), slice_index}), 0, 0, asked);
  builder.add_entry(row, met, 1);
  builder.add_entry(row, unmet, 1);
  const NodeId node = assembly.network.find_node(programme.commodity, programme.region);
  assembly.use(node, period, met, 1, slices == 1 ? std::nullopt : std::optional(slice));
  const double value = programme.value.at(assembly.timeline().begin_of(period)).value_or(0);
  assembly.cost(unmet, period, value);
  assembly.met(id, period, slice) = met;
  assembly.unmet(id, period, slice) = unmet;
}

}  // namespace

void add_demand(Assembly& assembly) {
  for (const ProgrammeId id : ids(assembly.world.programmes)) {
    const Programme& programme = assembly.world.programmes[id];
    const int slices = assembly.slice_count(programme.commodity);
    for (const PeriodId period : assembly.timeline().periods()) {
      const double asked = programme.asked(assembly.timeline(), period) * assembly.years();
      if (asked <= 0) continue;
      for (int slice = 0; slice < slices; ++slice) {
        const double part = slices == 1 ? 1 : assembly.slice_weight(slice) * assembly.world.profile(id, SliceId(slice));
        add_slice(assembly, id, period, slice, asked * part);
      }
    }
  }
}

}  // namespace pinchpoint::plan
