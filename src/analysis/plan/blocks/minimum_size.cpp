// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// order − minimum · open ≥ 0 and order − limit · open ≤ 0
void add_order(Assembly& assembly, AssetId id, PeriodId period) {
  const Asset& asset = assembly.network.assets[id];
  const ColumnId order = assembly.order(id, period);
  const double size = assembly.order_size(asset);
  const double limit = asset.order_limit_so_far[static_cast<std::size_t>(period.index())];
  ensure(std::isfinite(limit), "a smallest order needs a limit on orders (the loader asks for one)");
  optim::ModelBuilder& builder = assembly.builder;
  const ColumnId open = builder.add_column(assembly.key(Family::order_open_, {id.index(), period.index()}), 0, 0, 1,
                                           !assembly.relax_integers);
  const auto least =
      builder.add_row(assembly.key(Family::minimum_size_, {id.index(), period.index()}), 0, optim::infinity);
  builder.add_entry(least, order, size);
  builder.add_entry(least, open, -asset.minimum_size);
  const auto most =
      builder.add_row(assembly.key(Family::maximum_size_, {id.index(), period.index()}), -optim::infinity, 0);
  builder.add_entry(most, order, size);
  builder.add_entry(most, open, -limit);
}

}  // namespace

void add_minimum_size(Assembly& assembly) {
  for (const AssetId id : ids(assembly.network.assets)) {
    if (assembly.network.assets[id].minimum_size <= 0) continue;
    for (const PeriodId period : assembly.timeline().periods()) {
      if (assembly.order(id, period).is_valid()) add_order(assembly, id, period);
    }
  }
}

}  // namespace pinchpoint::plan
