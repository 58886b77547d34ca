// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/headlines.hpp"

#include <algorithm>
#include <map>

namespace pinchpoint::explain {

std::map<std::pair<ProgrammeId, PeriodId>, Served> served_by_period(const ShownValues& values, const plan::Plan& plan) {
  std::map<std::pair<ProgrammeId, PeriodId>, Served> served;
  for (const std::size_t row : values.members(plan::Family::demand_)) {
    const optim::Key& key = plan.problem.model.row_key[row];
    served[{ProgrammeId(key.index[0]), PeriodId(key.index[1])}].asked += plan.problem.model.row_lower[row];
  }
  for (const std::size_t column : values.members(plan::Family::met_)) {
    const optim::Key& key = plan.problem.model.column_key[column];
    if (values.has_values()) served[{ProgrammeId(key.index[0]), PeriodId(key.index[1])}].met += values.natural(column);
  }
  return served;
}

std::vector<ProgrammeLine> sum_programmes(const World& world, const ShownValues& values, const plan::Plan& plan) {
  std::vector<ProgrammeLine> lines;
  for (const auto& [key, served] : served_by_period(values, plan)) {
    const auto& [programme, period] = key;
    if (lines.empty() || lines.back().programme != programme) lines.push_back({programme, 0, 0, 0, 0, 0, {}, {}});
    ProgrammeLine& line = lines.back();
    line.asked += served.asked;
    line.met += served.met;
    line.final_period = period;
    line.final_asked = served.asked / world.timeline.years(period);
    line.final_met = served.met / world.timeline.years(period);
    const int year = world.timeline.begin_of(period).year();
    if (line.year_ends.empty() || line.year_ends.back().first != year) line.year_ends.emplace_back(year, 0);
    line.year_ends.back().second = line.final_met;
  }
  for (ProgrammeLine& line : lines) line.share = line.asked > 0 ? line.met / line.asked : 1;
  std::stable_partition(lines.begin(), lines.end(),
                        [&](const ProgrammeLine& line) { return !world.programmes[line.programme].is_inherited; });
  return lines;
}

plan::Display capacity_display(const World& world, const plan::Asset& asset) {
  const Technology& technology = world.technologies[asset.technology];
  return {technology.capacity_unit.text(), 1 / technology.capacity_in_natural};
}

plan::Display rate_display(const World& world, CommodityId commodity) {
  for (const Technology& technology : world.technologies) {
    if (technology.output != commodity) continue;
    return {technology.capacity_unit.text(), 1 / technology.capacity_in_natural};
  }
  return {world.commodities[commodity].unit.text() + "/year", 1};
}

std::vector<BuildLine> list_builds(const ShownValues& values, const plan::Plan& plan) {
  std::vector<BuildLine> lines;
  if (!values.has_values()) return lines;
  for (const plan::Family family : {plan::Family::order_, plan::Family::block_order_}) {
    for (const std::size_t column : values.members(family)) {
      const double ordered = values.natural(column);
      if (ordered == 0) continue;
      const optim::Key& key = plan.problem.model.column_key[column];
      const plan::Asset& asset = plan.problem.network.assets[plan::AssetId(key.index[0])];
      const auto at = static_cast<std::size_t>(key.index[1]);
      BuildLine line{plan::AssetId(key.index[0]), PeriodId(key.index[1]), {}, ordered, 0, 0};
      line.on_line = PeriodId(key.index[1] + asset.build_periods[at]);
      if (family == plan::Family::block_order_) {
        line.blocks = ordered;
        line.capacity = ordered * asset.block;
      }
      line.capex = line.capacity * asset.capex[at];
      lines.push_back(line);
    }
  }
  std::sort(lines.begin(), lines.end(), [](const BuildLine& left, const BuildLine& right) {
    return std::pair(left.asset, left.ordered) < std::pair(right.asset, right.ordered);
  });
  return lines;
}

namespace {

void add_budgets(const World& world, std::map<OrganisationId, OwnerLine>& owners) {
  for (const Budget& budget : world.budgets) {
    OwnerLine& line = owners[budget.owner];
    line.has_budget = true;
    for (const PeriodId period : world.timeline.periods()) {
      const double share = world.timeline.share_within(period, budget.from, budget.until);
      line.allowed += budget.per_year * world.timeline.years(period) * share;
    }
  }
}

}  // namespace

std::vector<OwnerLine> sum_owners(const World& world, const plan::Plan& plan) {
  std::map<OrganisationId, OwnerLine> owners;
  add_budgets(world, owners);
  for (const plan::OutlayLine& outlay : plan.outlays) {
    OwnerLine& line = owners[outlay.owner];
    line.spent += outlay.money;
    if (outlay.kind == plan::OutlayKind::capital) line.capital += outlay.money;
  }
  std::vector<OwnerLine> lines;
  for (auto& [owner, line] : owners) {
    line.owner = owner;
    lines.push_back(line);
  }
  std::stable_sort(lines.begin(), lines.end(), [](const OwnerLine& left, const OwnerLine& right) {
    return std::pair(left.has_budget, left.spent) > std::pair(right.has_budget, right.spent);
  });
  return lines;
}

}  // namespace pinchpoint::explain
