// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/blocks/blocks.hpp"
#include "analysis/plan/graph/cycle_basis.hpp"

namespace pinchpoint::plan {

namespace {

/// An asset that moves a commodity from one node to another in its first mode and back in its second.
struct Line {
  AssetId id;
  NodeId from, to;
  double reactance = 0;
};

/// What one unit of activity in a mode brings to each node.
std::map<NodeId, double> moved_in(const Assembly& assembly, const Asset& asset, ModeId mode, Date date) {
  const Technology& technology = assembly.world.technologies[asset.technology];
  std::map<NodeId, double> amounts;
  if (technology.output.is_valid()) amounts[assembly.network.find_node(technology.output, asset.region)] += 1;
  for (const RecipeLine& line : technology.recipe) {
    if (line.mode.is_valid() && line.mode != mode) continue;
    const double amount = assembly.world.amount_of(line, asset.region, date);
    if (line.role == RecipeRole::output) amounts[assembly.network.find_node(line, asset)] += amount;
    if (line.role == RecipeRole::input) amounts[assembly.network.find_node(line, asset)] -= amount;
  }
  return amounts;
}

/// The commodity's nodes between which the asset moves it; invalid nodes if it does not.
Line line_between(const Assembly& assembly, AssetId id, PeriodId period, double reactance) {
  const Asset& asset = assembly.network.assets[id];
  const Technology& technology = assembly.world.technologies[asset.technology];
  const Date date = assembly.timeline().begin_of(period);
  if (technology.modes.size() != 2) return {};
  const std::map<NodeId, double> there = moved_in(assembly, asset, technology.modes[0], date);
  const std::map<NodeId, double> back = moved_in(assembly, asset, technology.modes[1], date);
  const auto is_moved = [&](NodeId from, NodeId to) {
    return there.at(from) < 0 && there.at(to) > 0 && back.contains(from) && back.contains(to) && back.at(from) > 0 &&
           back.at(to) < 0;
  };
  for (const auto& [from, drawn] : there) {
    for (const auto& [to, delivered] : there) {
      const bool is_same = assembly.network.nodes[from].commodity == assembly.network.nodes[to].commodity;
      if (is_same && is_moved(from, to)) return {id, from, to, reactance};
    }
  }
  return {};
}

bool can_stand(const Assembly& assembly, AssetId id, PeriodId period) {
  const Asset& asset = assembly.network.assets[id];
  if (asset.standing[static_cast<std::size_t>(period.index())] > 0) return true;
  for (int ordered = 0; ordered <= period.index(); ++ordered) {
    if (assembly.order(id, PeriodId(ordered)).is_valid() &&
        ordered_share(assembly.world, asset, PeriodId(ordered), period) > 0)
      return true;
  }
  return false;
}

/// Lines with a reactance that stand or may stand in the period, by commodity.
std::map<CommodityId, std::vector<Line>> lines_of(const Assembly& assembly, PeriodId period) {
  std::map<CommodityId, std::vector<Line>> lines;
  for (const AssetId id : ids(assembly.network.assets)) {
    const Asset& asset = assembly.network.assets[id];
    const RegionalValue& reactance = assembly.world.technologies[asset.technology].reactance;
    if (reactance.empty()) continue;
    const auto value =
        reactance.at(assembly.world.lineage(asset.region), asset.owner, assembly.timeline().begin_of(period));
    if (!value || !can_stand(assembly, id, period)) continue;
    const Line line = line_between(assembly, id, period, *value);
    if (line.from.is_valid()) lines[assembly.network.nodes[line.from].commodity].push_back(line);
  }
  return lines;
}

/// Σ around the loop ± reactance · (there − back) = 0
void add_loop(Assembly& assembly, const std::vector<Line>& lines, const std::vector<CycleEdge>& loop, PeriodId period) {
  int slices = 1;
  const auto slices_of = [&](AssetId id) {
    return assembly.slice_count(assembly.world.technologies[assembly.network.assets[id].technology]);
  };
  for (const CycleEdge& step : loop)
    slices = std::max(slices, slices_of(lines[static_cast<std::size_t>(step.edge)].id));
  const AssetId closing = lines[static_cast<std::size_t>(loop.front().edge)].id;
  for (int slice = 0; slice < slices; ++slice) {
    const RowId row = assembly.builder.add_row(
        assembly.key(Family::power_flow_, {closing.index(), period.index(), slices == 1 ? -1 : slice}), 0, 0);
    for (const CycleEdge& step : loop) {
      const Line& line = lines[static_cast<std::size_t>(step.edge)];
      const bool is_by_slice = slices_of(line.id) > 1;
      const double part = slices > 1 && !is_by_slice ? assembly.slice_weight(slice, period) : 1;
      const double drop = line.reactance * part * (step.is_forward ? 1 : -1);
      const ActivityColumns& flow = assembly.activity(line.id, period, is_by_slice ? slice : 0);
      assembly.builder.add_entry(row, flow[0], drop);
      assembly.builder.add_entry(row, flow[1], -drop);
    }
  }
}

}  // namespace

void add_power_flow(Assembly& assembly) {
  for (const PeriodId period : assembly.timeline().periods()) {
    for (const auto& [commodity, lines] : lines_of(assembly, period)) {
      std::map<NodeId, int> vertices;
      std::vector<GraphEdge> edges;
      const auto vertex = [&](NodeId node) {
        return vertices.try_emplace(node, static_cast<int>(vertices.size())).first->second;
      };
      for (const Line& line : lines) {
        const int from = vertex(line.from);
        edges.push_back({from, vertex(line.to)});
      }
      for (const auto& loop : cycle_basis(static_cast<int>(vertices.size()), edges))
        add_loop(assembly, lines, loop, period);
    }
  }
}

}  // namespace pinchpoint::plan
