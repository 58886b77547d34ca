// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// available(t) − G · available(t−1) ≤ seed + what standing capacity grows by beyond that, with G = (1+g)^period
void add_row(Assembly& assembly, AssetId id, PeriodId period) {
  const Asset& asset = assembly.network.assets[id];
  const double factor = std::pow(1 + *asset.growth_limit, assembly.years(period));
  const auto at = static_cast<std::size_t>(period.index());
  const bool is_first = period.index() == 0;
  const double before = is_first ? asset.standing[0] : asset.standing[at - 1];
  const double own_growth = std::max(0.0, asset.standing[at] - factor * before);
  const double seed = asset.growth_seed * assembly.years(period);
  const auto row = assembly.builder.add_row(assembly.key(Family::growth_, {id.index(), period.index()}),
                                            -optim::infinity, seed + own_growth + (is_first ? factor * before : 0));
  assembly.builder.add_entry(row, assembly.available(id, period), 1);
  if (!is_first) assembly.builder.add_entry(row, assembly.available(id, PeriodId(period.index() - 1)), -factor);
}

}  // namespace

void add_growth(Assembly& assembly) {
  for (const AssetId id : ids(assembly.network.assets)) {
    const Asset& asset = assembly.network.assets[id];
    if (!asset.growth_limit || !asset.can_be_ordered) continue;
    for (const PeriodId period : assembly.timeline().periods()) add_row(assembly, id, period);
  }
}

}  // namespace pinchpoint::plan
