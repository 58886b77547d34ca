// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "analysis/plan/blocks/blocks.hpp"
#include "analysis/plan/capital.hpp"

namespace pinchpoint::plan {

namespace {

/// One asset's orders of one period.
struct Order {
  AssetId id;
  const Asset& asset;
  PeriodId period;
  std::size_t at;
  ColumnId column;
  double size;  ///< capacity per unit of the column, amount per year
};

void add_capital(Assembly& assembly, const Order& order) {
  const Capital capital = assembly.capital.of(order.asset, order.period);
  for (const CapitalPayment& payment : capital.charged) {
    assembly.cost_at(order.column, payment.at_years, payment.money * order.size);
  }
  for (const CapitalPayment& payment : capital.spent) {
    assembly.outlay(order.asset.owner, payment.period, order.column, payment.money * order.size);
  }
}

void add_fixed_cost(Assembly& assembly, const Order& order, PeriodId period, double share) {
  const double fixed = order.asset.fixed_cost[static_cast<std::size_t>(period.index())] * assembly.years(period);
  assembly.cost(order.column, period, fixed * share * order.size);
  assembly.outlay(order.asset.owner, period, order.column, fixed * share * order.size);
}

void add_goods(Assembly& assembly, const Order& order) {
  const Technology& technology = assembly.world.technologies[order.asset.technology];
  const Date date = assembly.timeline().begin_of(order.period);
  for (const RecipeLine& line : technology.recipe) {
    if (line.role != RecipeRole::build && line.role != RecipeRole::retire) continue;
    const double amount = assembly.world.amount_of(line, order.asset.region, date) * order.size;
    const NodeId node = assembly.network.find_node(line, order.asset);
    if (line.role == RecipeRole::build) {
      for (const Draw& draw : draws_of(assembly.world, order.asset, order.period, line)) {
        assembly.purchase(order.asset.owner, node, draw.period, order.column, amount * draw.share);
      }
    }
    if (line.role != RecipeRole::retire) continue;
    for (const Retirement& part : retirements_of(assembly.world, order.asset, order.period))
      assembly.make(node, part.period, order.column, amount * part.share);
  }
  for (const PeriodMoney& penalty : order_penalties(assembly.world, order.asset, order.period)) {
    assembly.cost(order.column, penalty.period, penalty.money * order.size);
    assembly.outlay(order.asset.owner, penalty.period, order.column, penalty.money * order.size);
  }
}

Order add_order(Assembly& assembly, AssetId id, PeriodId period) {
  const Asset& asset = assembly.network.assets[id];
  const bool in_blocks = asset.block > 0;
  const auto key = assembly.key(in_blocks ? Family::block_order_ : Family::order_, {id.index(), period.index()});
  const ColumnId column =
      assembly.builder.add_column(key, 0, 0, optim::infinity, in_blocks && !assembly.relax_integers);
  assembly.order(id, period) = column;
  return {id, asset, period, static_cast<std::size_t>(period.index()), column, assembly.order_size(asset)};
}

/// available − Σ share(ordered, now) · order ≤ standing
void add_rows(Assembly& assembly, AssetId id, PeriodGrid<AssetTag, RowId>& rows) {
  for (const PeriodId period : assembly.timeline().periods()) {
    const double standing = assembly.network.assets[id].standing[static_cast<std::size_t>(period.index())];
    const auto row = assembly.builder.add_row(assembly.key(Family::build_, {id.index(), period.index()}),
                                              -optim::infinity, standing);
    assembly.builder.add_entry(row, assembly.available(id, period), 1);
    rows(id, period) = row;
  }
}

}  // namespace

void add_build(Assembly& assembly) {
  PeriodGrid<AssetTag, RowId> rows;
  rows.resize(assembly.network.assets.size(), assembly.timeline().count());
  for (const AssetId id : ids(assembly.network.assets)) {
    const Asset& asset = assembly.network.assets[id];
    if (!asset.can_be_ordered) continue;
    add_rows(assembly, id, rows);
    for (const PeriodId ordered : assembly.timeline().periods()) {
      const auto at = static_cast<std::size_t>(ordered.index());
      const int online = ordered.index() + asset.build_periods[at];
      // What would come on line after the horizon only costs: it has no column.
      if (!asset.order_is_open[at] || online >= assembly.timeline().count()) continue;
      const Order order = add_order(assembly, id, ordered);
      add_capital(assembly, order);
      add_goods(assembly, order);
      for (int now = online; now < assembly.timeline().count(); ++now) {
        const double share = ordered_share(assembly.world, asset, ordered, PeriodId(now));
        assembly.builder.add_entry(rows(id, PeriodId(now)), order.column, -share * order.size);
        add_fixed_cost(assembly, order, PeriodId(now), share);
      }
    }
  }
}

}  // namespace pinchpoint::plan
