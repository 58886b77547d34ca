// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

void add_column(Assembly& assembly, NodeId node, PeriodId period) {
  const Node& at = assembly.network.nodes[node];
  const Commodity& commodity = assembly.world.commodities[at.commodity];
  const Date date = assembly.timeline().begin_of(period);
  const double limit = at.stock == nullptr ? optim::infinity : at.stock->limit.at(date).value_or(optim::infinity);
  const ColumnId column =
      assembly.builder.add_column(assembly.key(Family::stock_, {node.index(), period.index()}), 0, 0, limit);
  assembly.stock(node, period) = column;
  assembly.supply(node, period, column, -1);
  const PeriodId next(period.index() + 1);
  if (next.index() < assembly.timeline().count()) {
    const double decay = assembly.world.figure_at(commodity.decay, at.region, {}, date, 0);
    assembly.supply(node, next, column, std::exp(-decay * assembly.years(period)));
  }
  const double holding = assembly.world.figure_at(commodity.holding_cost, at.region, {}, date, 0);
  assembly.cost(column, period, holding * assembly.years(period));
}

/// stock ≥ floor: a row and no bound, so that a reserve that cannot be held is named
void add_floor(Assembly& assembly, NodeId node, PeriodId period, double floor) {
  const auto row = assembly.builder.add_row(assembly.key(Family::stock_floor_, {node.index(), period.index()}), floor,
                                            optim::infinity);
  assembly.builder.add_entry(row, assembly.stock(node, period), 1);
}

/// stock − cover · use/period length ≥ 0, where use is what leaves the node for inputs, building and demand.
void add_cover(Assembly& assembly, NodeId node, PeriodId period, double cover_years) {
  const double periods = cover_years / assembly.years(period);
  const auto row =
      assembly.builder.add_row(assembly.key(Family::stock_cover_, {node.index(), period.index()}), 0, optim::infinity);
  assembly.builder.add_entry(row, assembly.stock(node, period), 1);
  assembly.cover(node, period) = {row, periods};
}

}  // namespace

void add_stock(Assembly& assembly) {
  for (const NodeId node : ids(assembly.network.nodes)) {
    const Node& at = assembly.network.nodes[node];
    if (!assembly.world.commodities[at.commodity].is_storable) continue;
    for (const PeriodId period : assembly.timeline().periods()) {
      add_column(assembly, node, period);
      if (at.stock == nullptr) continue;
      const Date date = assembly.timeline().begin_of(period);
      const double floor = at.stock->floor.at(date).value_or(0);
      if (floor > 0) add_floor(assembly, node, period, floor);
      const auto cover = at.stock->cover.at(date);
      if (cover && *cover > 0) add_cover(assembly, node, period, *cover);
    }
  }
}

}  // namespace pinchpoint::plan
