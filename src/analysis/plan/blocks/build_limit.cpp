// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// Limits of options add up as their windows open, so a row is needed where the sum is about to rise, and at the end.
bool is_binding_here(const Asset& asset, std::size_t at) {
  const double now = asset.order_limit_so_far[at];
  if (!std::isfinite(now)) return false;
  return at + 1 == asset.order_limit_so_far.size() || asset.order_limit_so_far[at + 1] > now;
}

}  // namespace

void add_build_limit(Assembly& assembly) {
  for (const AssetId id : ids(assembly.network.assets)) {
    const Asset& asset = assembly.network.assets[id];
    if (!asset.can_be_ordered) continue;
    for (const PeriodId period : assembly.timeline().periods()) {
      const auto at = static_cast<std::size_t>(period.index());
      if (!is_binding_here(asset, at)) continue;
      const auto row = assembly.builder.add_row(assembly.key(Family::build_limit_, {id.index(), period.index()}),
                                                -optim::infinity, asset.order_limit_so_far[at]);
      for (int ordered = 0; ordered <= period.index(); ++ordered) {
        const ColumnId column = assembly.order(id, PeriodId(ordered));
        if (column.is_valid()) assembly.builder.add_entry(row, column, assembly.order_size(asset));
      }
    }
  }
}

}  // namespace pinchpoint::plan
