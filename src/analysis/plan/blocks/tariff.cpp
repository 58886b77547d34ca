// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"
#include "analysis/plan/ruled_flows.hpp"

namespace pinchpoint::plan {

/// cost(flow) += tariff
void add_tariff(Assembly& assembly) {
  for (const Measure& measure : assembly.world.measures) {
    if (measure.kind != MeasureKind::tariff) continue;
    for (const Flow& flow : assembly.flows) {
      if (rules(assembly.world, measure, flow)) {
        assembly.cost(flow.column, flow.period, tariff_on(assembly, measure, flow));
      }
    }
  }
}

}  // namespace pinchpoint::plan
