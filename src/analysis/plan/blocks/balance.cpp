// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

void add_balance(Assembly& assembly) {
  for (const NodeId node : ids(assembly.network.nodes)) {
    const Node& at = assembly.network.nodes[node];
    const Commodity& commodity = assembly.world.commodities[at.commodity];
    const int slices = assembly.slice_count(at.commodity);
    for (const PeriodId period : assembly.timeline().periods()) {
      for (int slice = 0; slice < slices; ++slice) {
        const std::int32_t slice_index = slices == 1 ? -1 : slice;
        const auto key = assembly.key(Family::balance_, {node.index(), period.index(), slice_index});
        const double most = commodity.has_free_disposal ? optim::infinity : 0;
        const double least = commodity.is_balanced ? 0 : -optim::infinity;
        assembly.balance(node, period, slice) = assembly.builder.add_row(key, least, most);
      }
    }
    if (at.stock != nullptr) assembly.supply_constant(node, PeriodId(0), at.stock->opening);
  }
}

}  // namespace pinchpoint::plan
