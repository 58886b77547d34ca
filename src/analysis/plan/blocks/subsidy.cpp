// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"
#include "analysis/plan/capital.hpp"

namespace pinchpoint::plan {

namespace {

/// True if the measure supports this asset in the period: it makes the commodity in the place named.
bool supports(const World& world, const Measure& measure, const Asset& asset, PeriodId period) {
  if (!is_about(measure, world.technologies[asset.technology].output) || !is_in_force(world, measure, period))
    return false;
  return !measure.destination.is_given ||
         world.contains(measure.destination, asset.region, world.timeline.begin_of(period));
}

void support_output(Assembly& assembly, const Measure& measure, AssetId id, PeriodId period) {
  const Asset& asset = assembly.network.assets[id];
  const Technology& technology = assembly.world.technologies[asset.technology];
  for (int slice = 0; slice < assembly.slice_count(technology); ++slice) {
    for (const ColumnId column : assembly.activity(id, period, slice)) {
      assembly.cost(column, period, -measure.value);
      assembly.outlay(asset.owner, period, column, -measure.value);
    }
  }
}

void support_orders(Assembly& assembly, const Measure& measure, AssetId id, PeriodId ordered) {
  const ColumnId column = assembly.order(id, ordered);
  if (!column.is_valid()) return;
  const Asset& asset = assembly.network.assets[id];
  const double part = -measure.value * assembly.order_size(asset);
  const Capital capital = assembly.capital.of(asset, ordered);
  for (const CapitalPayment& payment : capital.charged)
    assembly.cost_at(column, payment.at_years, part * payment.money);
  for (const CapitalPayment& payment : capital.spent)
    assembly.outlay(asset.owner, payment.period, column, part * payment.money);
}

}  // namespace

/// cost −= subsidy per unit made, or its share of capital spending
void add_subsidy(Assembly& assembly) {
  for (const Measure& measure : assembly.world.measures) {
    if (measure.kind != MeasureKind::subsidy) continue;
    for (const AssetId id : ids(assembly.network.assets)) {
      for (const PeriodId period : assembly.timeline().periods()) {
        if (!supports(assembly.world, measure, assembly.network.assets[id], period)) continue;
        if (measure.value_is_share) {
          support_orders(assembly, measure, id, period);
        } else {
          support_output(assembly, measure, id, period);
        }
      }
    }
  }
}

}  // namespace pinchpoint::plan
