// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// One row of a programme: a period, or one of its slices.
struct Call {
  ProgrammeId id;
  PeriodId period;
  std::optional<int> slice;  ///< nothing: over all hours of the period
  double asked = 0;

  [[nodiscard]] std::int32_t slice_index() const { return slice.value_or(-1); }
};

ColumnId add_met(Assembly& assembly, const Call& call, RowId row, std::optional<int> slice) {
  const Programme& programme = assembly.world.programmes[call.id];
  const auto key = assembly.key(Family::met_, {call.id.index(), call.period.index(), slice.value_or(-1)});
  const ColumnId met = assembly.builder.add_column(key, 0, 0, call.asked);
  assembly.builder.add_entry(row, met, 1);
  const NodeId node = assembly.network.find_node(programme.commodity, programme.region);
  assembly.use(node, call.period, met, 1, slice);
  assembly.met(call.id, call.period, slice.value_or(0)) = met;
  return met;
}

/// What is not met, at the programme's value; a programme without a value has no such column and must be met.
void add_unmet(Assembly& assembly, const Call& call, RowId row) {
  const auto value = assembly.world.programmes[call.id].value.at(assembly.timeline().begin_of(call.period));
  if (!value) return;
  const auto key = assembly.key(Family::unmet_, {call.id.index(), call.period.index(), call.slice_index()});
  const ColumnId unmet = assembly.builder.add_column(key, 0, 0, call.asked);
  assembly.builder.add_entry(row, unmet, 1);
  assembly.cost(unmet, call.period, *value);
  assembly.unmet(call.id, call.period, call.slice.value_or(0)) = unmet;
}

/// met + unmet ≥ asked, with unmet ≤ asked at the programme's value
RowId add_row(Assembly& assembly, const Call& call) {
  const auto key = assembly.key(Family::demand_, {call.id.index(), call.period.index(), call.slice_index()});
  return assembly.builder.add_row(key, call.asked, optim::infinity);
}

/// Met in one slice, or in a period without slices.
void add_call(Assembly& assembly, const Call& call) {
  const RowId row = add_row(assembly, call);
  add_met(assembly, call, row, call.slice);
  add_unmet(assembly, call, row);
}

/// Met in whatever slices suit: Σ slices met + unmet ≥ asked
void add_free_call(Assembly& assembly, const Call& call, int slices) {
  const RowId row = add_row(assembly, call);
  for (int slice = 0; slice < slices; ++slice) add_met(assembly, call, row, slice);
  add_unmet(assembly, call, row);
}

void add_period(Assembly& assembly, ProgrammeId id, PeriodId period, double asked) {
  const Programme& programme = assembly.world.programmes[id];
  const int slices = assembly.slice_count(programme.commodity);
  if (slices == 1) return add_call(assembly, {id, period, std::nullopt, asked});
  if (programme.is_timed_freely) return add_free_call(assembly, {id, period, std::nullopt, asked}, slices);
  const Date date = assembly.timeline().begin_of(period);
  for (int slice = 0; slice < slices; ++slice) {
    const double part = assembly.slice_weight(slice, period) * assembly.world.profile(id, SliceId(slice), date);
    if (part > 0) add_call(assembly, {id, period, slice, asked * part});
  }
}

}  // namespace

void add_demand(Assembly& assembly) {
  for (const ProgrammeId id : ids(assembly.world.programmes)) {
    for (const PeriodId period : assembly.timeline().periods()) {
      const double asked = assembly.world.programmes[id].asked(assembly.timeline(), period) * assembly.years(period);
      if (asked > 0) add_period(assembly, id, period, asked);
    }
  }
}

}  // namespace pinchpoint::plan
