// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"
#include "analysis/plan/capital.hpp"

namespace pinchpoint::plan {

namespace {

/// An asset in one period.
struct Place {
  AssetId id;
  const Asset& asset;
  const Technology& technology;
  PeriodId period;
  std::size_t at;  ///< index of the period
  int slices;      ///< in which activity may differ
  Date date;       ///< first day of the period
};

/// Activity of one slice in one way of running.
struct Run {
  ColumnId column;
  ModeId mode;               ///< invalid = the technology has no modes
  std::optional<int> slice;  ///< nothing = all hours alike
};

double penalty_on(const Assembly& assembly, const Place& place, CommodityId commodity, RegionId region) {
  return assembly.world.figure_at(assembly.world.commodities[commodity].penalty, region, {}, place.date, 0);
}

/// What the run makes of a good: supply, and its penalty.
void deliver(Assembly& assembly, const Place& place, const Run& run, NodeId node, double amount) {
  assembly.make(node, place.period, run.column, amount, run.slice);
  const Node& at = assembly.network.nodes[node];
  const double penalty = penalty_on(assembly, place, at.commodity, at.region) * amount;
  if (penalty == 0) return;
  assembly.cost(run.column, place.period, penalty);
  assembly.outlay(place.asset.owner, place.period, run.column, penalty);
}

void add_goods(Assembly& assembly, const Place& place, const Run& run) {
  if (place.technology.output.is_valid()) {
    deliver(assembly, place, run, assembly.network.find_node(place.technology.output, place.asset.region), 1);
  }
  for (const RecipeLine& line : place.technology.recipe) {
    if (line.mode.is_valid() && line.mode != run.mode) continue;
    if (line.role != RecipeRole::output && (line.role != RecipeRole::input || !line.group.empty())) continue;
    const double amount = assembly.world.amount_of(line, place.asset.region, place.date);
    const NodeId node = assembly.network.find_node(line, place.asset);
    if (line.role == RecipeRole::output) {
      deliver(assembly, place, run, node, amount);
    } else {
      assembly.purchase(place.asset.owner, node, place.period, run.column, amount, run.slice);
    }
  }
}

/// Output that one unit of available capacity allows in a slice, or in the whole period.
double hours_of(const Assembly& assembly, const Place& place, int slice) {
  const World& world = assembly.world;
  const auto part = [&](int at) {
    return assembly.slice_weight(at, place.period) *
           world.profile(place.asset.technology, place.asset.region, SliceId(at), place.date);
  };
  double hours = 1;
  if (place.slices > 1) {
    hours = part(slice);
  } else if (!place.technology.profile.empty()) {
    hours = 0;
    for (int at = 0; at < static_cast<int>(world.slices.size()); ++at) hours += part(at);
  }
  return hours * assembly.years(place.period) * place.asset.availability[place.at];
}

/// Σ modes activity − availability · profile · hours · available ≤ 0
void add_limit(Assembly& assembly, const Place& place, int slice) {
  const auto row = assembly.builder.add_row(
      assembly.key(Family::capacity_, {place.id.index(), place.period.index(), place.slices == 1 ? -1 : slice}),
      -optim::infinity, 0);
  for (const ColumnId column : assembly.activity(place.id, place.period, slice))
    assembly.builder.add_entry(row, column, 1);
  if (const double hours = hours_of(assembly, place, slice); hours != 0)
    assembly.builder.add_entry(row, assembly.available(place.id, place.period), -hours);
}

ColumnId add_column(Assembly& assembly, const Place& place, ModeId mode, int slice) {
  const double most = place.asset.is_banned[place.at] ? 0 : optim::infinity;
  const std::int32_t slice_index = place.slices == 1 ? -1 : slice;
  const auto key =
      mode.is_valid()
          ? assembly.key(Family::mode_activity_, {place.id.index(), mode.index(), place.period.index(), slice_index})
          : assembly.key(Family::activity_, {place.id.index(), place.period.index(), slice_index});
  return assembly.builder.add_column(key, 0, 0, most);
}

void add_activity(Assembly& assembly, const Place& place, int slice) {
  static const std::vector<ModeId> no_modes(1);
  const std::vector<ModeId>& modes = place.technology.modes.empty() ? no_modes : place.technology.modes;
  ActivityColumns columns;
  for (std::size_t mode = 0; mode < modes.size(); ++mode) {
    const ColumnId column = add_column(assembly, place, modes[mode], slice);
    if (mode == 0) columns.first = column;
    ++columns.count;
    const double cost = place.technology.modes.empty() ? place.asset.variable_cost[place.at]
                                                       : place.asset.mode_variable_cost[mode][place.at];
    add_goods(assembly, place, {column, modes[mode], place.slices == 1 ? std::nullopt : std::optional(slice)});
    assembly.cost(column, place.period, cost);
    assembly.outlay(place.asset.owner, place.period, column, cost);
  }
  assembly.activity(place.id, place.period, slice) = columns;
  add_limit(assembly, place, slice);
}

void add_standing(Assembly& assembly, const Place& place) {
  const double fixed = place.asset.fixed_cost[place.at] * place.asset.standing[place.at] * assembly.years(place.period);
  assembly.cost_constant(place.period, fixed);
  assembly.outlay_constant(place.asset.owner, place.period, fixed);
  // What stands and is never available is used by nothing.
  const bool is_idle = place.asset.availability[place.at] == 0 && place.technology.kind != TechnologyKind::store;
  if (is_idle && !place.asset.can_be_ordered) return;
  // Orders can only add: without them what stands is a bound, and the build rows are needed only with them.
  const double most = place.asset.can_be_ordered ? optim::infinity : place.asset.standing[place.at];
  assembly.available(place.id, place.period) = assembly.builder.add_column(
      assembly.key(Family::available_, {place.id.index(), place.period.index()}), 0, 0, most);
}

void add_retirement(Assembly& assembly, const Place& place) {
  if (place.asset.retiring[place.at] == 0) return;
  for (const RecipeLine& line : place.technology.recipe) {
    if (line.role != RecipeRole::retire) continue;
    const double amount = assembly.world.amount_of(line, place.asset.region, place.date);
    const NodeId node = assembly.network.find_node(line, place.asset);
    assembly.make_constant(node, place.period, amount * place.asset.retiring[place.at]);
  }
  const double penalty = retirement_penalty(assembly.world, place.asset, place.period) * place.asset.retiring[place.at];
  assembly.cost_constant(place.period, penalty);
  assembly.outlay_constant(place.asset.owner, place.period, penalty);
}

}  // namespace

void add_capacity(Assembly& assembly) {
  for (const AssetId id : ids(assembly.network.assets)) {
    const Asset& asset = assembly.network.assets[id];
    const Technology& technology = assembly.world.technologies[asset.technology];
    const int slices = assembly.slice_count(technology);
    for (const PeriodId period : assembly.timeline().periods()) {
      const auto at = static_cast<std::size_t>(period.index());
      const Place place{id, asset, technology, period, at, slices, assembly.timeline().begin_of(period)};
      add_standing(assembly, place);
      add_retirement(assembly, place);
      if (technology.kind == TechnologyKind::store) continue;
      for (int slice = 0; slice < slices; ++slice) add_activity(assembly, place, slice);
    }
  }
}

}  // namespace pinchpoint::plan
