// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/ruled_flows.hpp"

namespace pinchpoint::plan {

bool rules(const World& world, const Measure& measure, const Flow& flow) {
  return is_about(measure, flow.commodity) && is_in_force(world, measure, flow.period) &&
         covers(world, measure, flow.origin, flow.destination, world.timeline.begin_of(flow.period));
}

std::map<PeriodId, std::vector<ColumnId>> ruled_columns(const Assembly& assembly, const Measure& measure) {
  std::map<PeriodId, std::vector<ColumnId>> columns;
  for (const Flow& flow : assembly.flows) {
    if (rules(assembly.world, measure, flow)) columns[flow.period].push_back(flow.column);
  }
  return columns;
}

double tariff_on(const Assembly& assembly, const Measure& measure, const Flow& flow) {
  if (!measure.value_is_share) return measure.value;
  return measure.value * assembly.price(flow.commodity, flow.destination, flow.period).value_or(0);
}

}  // namespace pinchpoint::plan
