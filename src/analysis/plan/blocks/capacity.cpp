// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"

namespace pinchpoint::plan {

namespace {

/// An asset in one period.
struct Place {
  AssetId id;
  const Asset& asset;
  const Technology& technology;
  PeriodId period;
  std::size_t at;  ///< index of the period
};

void add_goods(Assembly& assembly, const Place& place, ColumnId column, std::optional<int> slice) {
  const Date date = assembly.timeline().begin_of(place.period);
  for (const RecipeLine& line : place.technology.recipe) {
    const double amount = line.amount.at(date).value_or(0);
    const NodeId node = assembly.network.find_node(line.commodity, place.asset.region);
    if (line.role == RecipeRole::output) assembly.make(node, place.period, column, amount, slice);
    if (line.role == RecipeRole::input && line.group.empty()) {
      assembly.purchase(place.asset.owner, node, place.period, column, amount, slice);
    }
  }
}

/// activity − availability · profile · hours · available ≤ 0
void add_limit(Assembly& assembly, const Place& place, ColumnId column, int slice, int slices) {
  double hours = assembly.years();
  if (slices > 1) {
    hours *= assembly.slice_weight(slice) *
             assembly.world.profile(place.asset.technology, place.asset.region, SliceId(slice));
  }
  const auto row = assembly.builder.add_row(
      assembly.key(Family::capacity_, {place.id.index(), place.period.index(), slices == 1 ? -1 : slice}),
      -optim::infinity, 0);
  assembly.builder.add_entry(row, column, 1);
  assembly.builder.add_entry(row, assembly.available(place.id, place.period),
                             -hours * place.asset.availability[place.at]);
}

void add_activity(Assembly& assembly, const Place& place, int slice, int slices) {
  const double most = place.asset.is_banned[place.at] ? 0 : optim::infinity;
  const auto key = assembly.key(Family::activity_, {place.id.index(), place.period.index(), slices == 1 ? -1 : slice});
  const ColumnId column = assembly.builder.add_column(key, 0, 0, most);
  assembly.activity(place.id, place.period, slice) = column;
  const NodeId output = assembly.network.find_node(place.technology.output, place.asset.region);
  assembly.make(output, place.period, column, 1, slice);
  add_goods(assembly, place, column, slices == 1 ? std::nullopt : std::optional(slice));
  assembly.cost(column, place.period, place.asset.variable_cost[place.at]);
  assembly.outlay(place.asset.owner, place.period, column, place.asset.variable_cost[place.at]);
  add_limit(assembly, place, column, slice, slices);
}

void add_standing(Assembly& assembly, const Place& place) {
  const double fixed = place.asset.fixed_cost[place.at] * place.asset.standing[place.at] * assembly.years();
  assembly.cost_constant(place.period, fixed);
  assembly.outlay_constant(place.asset.owner, place.period, fixed);
  // Orders can only add: without them what stands is a bound, and the build rows are needed only with them.
  const double most = place.asset.can_be_ordered ? optim::infinity : place.asset.standing[place.at];
  assembly.available(place.id, place.period) = assembly.builder.add_column(
      assembly.key(Family::available_, {place.id.index(), place.period.index()}), 0, 0, most);
}

void add_retirement(Assembly& assembly, const Place& place) {
  if (place.asset.retiring[place.at] == 0) return;
  for (const RecipeLine& line : place.technology.recipe) {
    if (line.role != RecipeRole::retire) continue;
    const double amount = line.amount.at(assembly.timeline().begin_of(place.period)).value_or(0);
    const NodeId node = assembly.network.find_node(line.commodity, place.asset.region);
    assembly.make_constant(node, place.period, amount * place.asset.retiring[place.at]);
  }
}

}  // namespace

void add_capacity(Assembly& assembly) {
  for (const AssetId id : ids(assembly.network.assets)) {
    const Asset& asset = assembly.network.assets[id];
    const Technology& technology = assembly.world.technologies[asset.technology];
    const int slices = assembly.slice_count(technology.output);
    for (const PeriodId period : assembly.timeline().periods()) {
      const Place place{id, asset, technology, period, static_cast<std::size_t>(period.index())};
      add_standing(assembly, place);
      add_retirement(assembly, place);
      for (int slice = 0; slice < slices; ++slice) add_activity(assembly, place, slice, slices);
    }
  }
}

}  // namespace pinchpoint::plan
