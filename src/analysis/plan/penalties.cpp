// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/penalties.hpp"

#include <algorithm>

#include "analysis/plan/capital.hpp"

namespace pinchpoint::plan {

namespace {

/// Of one unit made on a date where the line delivers.
double penalty_of(const World& world, const Asset& asset, const RecipeLine& line, PeriodId period) {
  const RegionId place = line.at.is_valid() ? line.at : asset.region;
  return world.figure_at(world.commodities[line.commodity].penalty, place, {}, world.timeline.begin_of(period), 0);
}

}  // namespace

std::vector<PeriodMoney> order_penalties(const World& world, const Asset& asset, PeriodId ordered) {
  std::vector<PeriodMoney> penalties;
  const Date date = world.timeline.begin_of(ordered);
  for (const RecipeLine& line : world.technologies[asset.technology].recipe) {
    const double amount = world.amount_of(line, asset.region, date);
    if (line.role == RecipeRole::build && amount < 0) {
      for (const Draw& draw : draws_of(world, asset, ordered, line))
        penalties.push_back({draw.period, -amount * draw.share * penalty_of(world, asset, line, draw.period)});
    }
    if (line.role == RecipeRole::retire && amount > 0) {
      for (const Retirement& part : retirements_of(world, asset, ordered))
        penalties.push_back({part.period, amount * part.share * penalty_of(world, asset, line, part.period)});
    }
  }
  return penalties;
}

double retirement_penalty(const World& world, const Asset& asset, PeriodId period) {
  double money = 0;
  for (const RecipeLine& line : world.technologies[asset.technology].recipe) {
    if (line.role != RecipeRole::retire) continue;
    const double amount = std::max(0.0, world.amount_of(line, asset.region, world.timeline.begin_of(period)));
    money += amount * penalty_of(world, asset, line, period);
  }
  return money;
}

}  // namespace pinchpoint::plan
