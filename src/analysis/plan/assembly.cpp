// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/assembly.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/plan/blocks/blocks.hpp"
#include "analysis/plan/facts/facts.hpp"

namespace pinchpoint::plan {

Assembly::Assembly(const World& the_world, const Network& the_network, bool relax)
    : world(the_world), network(the_network), relax_integers(relax), capital(the_world) {
  const int periods = world.timeline.count();
  const int slices = static_cast<int>(world.slices.size());
  activity.resize(network.assets.size(), periods, slices);
  order.resize(network.assets.size(), periods);
  available.resize(network.assets.size(), periods);
  choice.resize(network.choices.size(), periods);
  level.resize(network.assets.size(), periods, slices);
  stock.resize(network.nodes.size(), periods);
  met.resize(world.programmes.size(), periods, slices);
  unmet.resize(world.programmes.size(), periods, slices);
  balance.resize(network.nodes.size(), periods, slices);
  origin.resize(network.nodes.size(), periods, slices);
  market.resize(network.pools.size(), periods, slices);
  cover.resize(network.nodes.size(), periods);
  budget.resize(world.organisations.size(), periods);
  for (const Node& node : network.nodes) node_slices_.push_back(slice_count(node.commodity));
  for (const PeriodId period : world.timeline.periods()) discounts_.push_back(world.discount(period));
  for (const SliceId slice : ids(world.slices)) {
    for (const PeriodId period : world.timeline.periods()) weights_.push_back(world.weight(slice, period));
  }
  reserve();
}

/// About what models need, rather more: memory that is not touched costs little.
void Assembly::reserve() {
  const auto periods = static_cast<std::size_t>(world.timeline.count());
  std::size_t rows = 0;
  std::size_t columns = 0;
  for (const Asset& asset : network.assets) {
    const Technology& technology = world.technologies[asset.technology];
    const auto slices = static_cast<std::size_t>(slice_count(technology));
    const std::size_t orders = asset.can_be_ordered ? 1 : 0;
    columns += 1 + orders + slices * std::max<std::size_t>(1, technology.modes.size());
    rows += orders + slices;
  }
  for (const NodeId node : ids(network.nodes)) {
    columns += world.commodities[network.nodes[node].commodity].is_storable ? 1 : 0;
    rows += 1 + static_cast<std::size_t>(slice_count(node));
  }
  for (const Pool& pool : network.pools) {
    const auto slices = static_cast<std::size_t>(slice_count(pool.commodity));
    columns += slices * (pool.origins.size() + pool.destinations.size());
    rows += slices;
  }
  for (const Route& route : network.routes) columns += static_cast<std::size_t>(slice_count(route.origin));
  const std::size_t demands = world.programmes.size() * world.slices.size();
  constexpr std::size_t entries_of_column = 5;
  rows = (rows + demands + world.lanes.size()) * periods;
  columns = (columns + 2 * demands) * periods;
  builder.reserve(rows, columns, entries_of_column * columns);
  constants.reserve(2 * network.assets.size() * periods);
  ready(rows, columns);
}

/// Large problems only: for others, what reading the tables readied is enough.
void Assembly::ready(std::size_t rows, std::size_t columns) {
  constexpr std::size_t many_columns = 250'000;
  constexpr std::size_t sure_entries_of_column = 3;
  constexpr std::size_t most_bytes = std::size_t{256} << 20;
  if (columns < many_columns) return;
  std::vector<ReadiedRoom::Room> room = builder.room(rows, columns, sure_entries_of_column * columns);
  std::size_t bytes = 0;
  for (const ReadiedRoom::Room& part : room) bytes += part.size();
  // The problem is copied next: scaled, or by a solver.
  room_.emplace(std::move(room), std::min(bytes, most_bytes));
}

int Assembly::slice_count(CommodityId commodity) const {
  return world.commodities[commodity].is_by_slice ? static_cast<int>(world.slices.size()) : 1;
}

int Assembly::slice_count(const Technology& technology) const {
  return technology.is_by_slice ? static_cast<int>(world.slices.size()) : 1;
}

std::optional<double> Assembly::price(CommodityId commodity, RegionId region, PeriodId period) const {
  const RegionalValue& value = world.commodities[commodity].price;
  if (value.empty()) return std::nullopt;
  return value.at(world.lineage(region), {}, world.timeline.begin_of(period));
}

void Assembly::supply(NodeId node, PeriodId period, ColumnId column, double amount, std::optional<int> slice) {
  const int slices = slice_count(node);
  if (slices == 1) {
    builder.add_entry(balance(node, period), column, amount);
  } else if (slice) {
    builder.add_entry(balance(node, period, *slice), column, amount);
  } else {
    for (int at = 0; at < slices; ++at)
      builder.add_entry(balance(node, period, at), column, amount * slice_weight(at, period));
  }
}

void Assembly::make(NodeId node, PeriodId period, ColumnId column, double amount, std::optional<int> slice) {
  supply(node, period, column, amount, slice);
  const int slices = slice_count(node);
  const bool is_one = slices > 1 && slice;
  for (int at = is_one ? *slice : 0; at < (is_one ? *slice + 1 : slices); ++at) {
    const RowId row = origin(node, period, at);
    if (!row.is_valid()) continue;
    builder.add_entry(row, column, amount * (slices > 1 && !slice ? slice_weight(at, period) : 1));
  }
}

void Assembly::supply_constant(NodeId node, PeriodId period, double amount) {
  const int slices = slice_count(node);
  for (int slice = 0; slice < slices; ++slice) {
    builder.shift_row(balance(node, period, slice), -amount * (slices == 1 ? 1 : slice_weight(slice, period)));
  }
}

void Assembly::make_constant(NodeId node, PeriodId period, double amount) {
  supply_constant(node, period, amount);
  const int slices = slice_count(node);
  for (int slice = 0; slice < slices; ++slice) {
    const RowId row = origin(node, period, slice);
    if (row.is_valid()) builder.shift_row(row, -amount * (slices == 1 ? 1 : slice_weight(slice, period)));
  }
}

void Assembly::cost_at(ColumnId column, double at_years, double money) {
  builder.add_cost(column, money * world.discount(at_years));
}

void Assembly::cost(ColumnId column, PeriodId period, double money) {
  builder.add_cost(column, money * discount(period));
}

void Assembly::cost_constant(PeriodId period, double money) {
  constants.push_back({{}, money * discount(period)});
  builder.add_offset(constants.back().value);
}

void Assembly::outlay(OrganisationId owner, PeriodId period, ColumnId column, double money) {
  const RowId row = budget(owner, period);
  if (row.is_valid()) builder.add_entry(row, column, money);
}

void Assembly::outlay_constant(OrganisationId owner, PeriodId period, double money) {
  const RowId row = budget(owner, period);
  if (!row.is_valid()) return;
  constants.push_back({row, -money});
  builder.shift_row(row, -money);
}

void Assembly::use(NodeId node, PeriodId period, ColumnId column, double amount, std::optional<int> slice) {
  supply(node, period, column, -amount, slice);
  const Cover& asked = cover(node, period);
  if (asked.row.is_valid()) builder.add_entry(asked.row, column, -amount * asked.periods);
}

void Assembly::purchase(OrganisationId owner, NodeId node, PeriodId period, ColumnId column, double amount,
                        std::optional<int> slice) {
  use(node, period, column, amount, slice);
  const Node& at = network.nodes[node];
  if (const auto paid = price(at.commodity, at.region, period)) outlay(owner, period, column, *paid * amount);
}

PlanProblem assemble_plan(const World& world, bool relax_integers) {
  PlanProblem problem;
  problem.network = make_network(world);
  problem.spaces = make_space_tables(world, problem.network);
  Assembly assembly(world, problem.network, relax_integers);
  for (const AddBlock add_block : blocks) add_block(assembly);
  problem.facts = make_fact_forms(assembly);
  problem.constants = std::move(assembly.constants);
  problem.model = assembly.builder.build(world.name, make_names(problem.spaces));
  return problem;
}

}  // namespace pinchpoint::plan
