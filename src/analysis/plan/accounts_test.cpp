// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/accounts.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "support/solved_plan.hpp"

namespace pinchpoint::plan {
namespace {

using test_support::plan_of;
using test_support::SolvedPlan;
using test_support::world_of;
using test_support::WorldText;

void add_goods(WorldText& world) {
  world.regions("A B C").row("slices", "id=day; figure=0.4 1").row("slices", "id=night; figure=0.6 1");
  world.commodity("ore", "t", "storable=yes").commodity_figure("ore", "price", "10 USD/t");
  world.commodity_figure("ore", "transport_cost", "1 USD/t").commodity_figure("ore", "transit_time", "2 months");
  world.commodity_figure("ore", "holding_cost", "2 USD/t/year").commodity_figure("ore", "decay", "1 %/year");
  world.commodity("scrap", "t", "trade=local").commodity_figure("scrap", "price", "12 USD/t");
  world.commodity("metal", "t").commodity_figure("metal", "price", "60 USD/t");
  world.commodity("power", "MWh", "by_slice=yes; trade=local").commodity("machine", "piece");
  world.commodity_figure("machine", "price", "40 USD/piece")
      .commodity_figure("metal", "transport_cost", "2 USD/t", "region=C");
}

void add_makers(WorldText& world) {
  world.technology("mine", "ore", "t/year").technology_figure("mine", "variable_cost", "3 USD/t");
  world.technology_figure("mine", "fixed_cost", "1 USD/(t/year)/year")
      .facility("mine", "A", "90 t/year", "owner=miner");
  world.technology("yard", "scrap", "t/year").facility("yard", "B", "8 t/year", "owner=miner");
  world.technology("plant", "power", "MW").facility("plant", "B", "1 MW", "owner=miner");
  world.technology("shop", "machine", "piece/year").facility("shop", "C", "3 piece/year", "owner=miner");
  world.technology("smelter", "metal", "t/year").technology_figure("smelter", "capex", "50 USD/(t/year)");
  world.technology_figure("smelter", "fixed_cost", "2 USD/(t/year)/year")
      .technology_figure("smelter", "build_time", "6 months");
  world.technology_figure("smelter", "ramp_time", "6 months").technology_figure("smelter", "variable_cost", "4 USD/t");
  world.technology_figure("smelter", "block", "2 t/year").option("smelter", "B", "figure=30 t/year");
  world.recipe("smelter", "build", "machine", "0.1 piece/(t/year)").recipe("smelter", "input", "power", "5 MWh/t");
  world.recipe("smelter", "input", "ore", "2 t/t", "group=feed")
      .recipe("smelter", "input", "scrap", "1.5 t/t", "group=feed");
  world.facility("smelter", "B", "6 t/year");
}

/// Something of everything: every kind of cost occurs in its plan.
WorldText rich_world() {
  WorldText world;
  world.horizon("2025-Q1", "2026-Q4", "quarter").money(0.08).row("organisations", "id=miner; kind=firm");
  add_goods(world);
  add_makers(world);
  world.programme("use", "metal", "C", "20 t/year", "300 USD/t")
      .programme("later", "metal", "A", "9 t/year", "200 USD/t");
  world.stock("ore", "B", "cover", "1 month").stock("ore", "B", "opening", "20 t");
  world.lane("road", "metal", "B", "A")
      .lane_figure("road", "cost", "5 USD/t")
      .lane_figure("road", "capacity", "3 t/year");
  world.measure("duty", "tariff", "metal", "origin=B; destination=C; figure=5 %");
  world.measure("grant", "subsidy", "metal", "destination=B; figure=20 %");
  world.measure("credit", "subsidy", "metal", "destination=B; figure=1 USD/t; from=2025-07");
  return world.budget("900 USD/year");
}

TEST(Accounts, cost_lines_add_up_to_the_objective) {
  const SolvedPlan plan = plan_of(rich_world());
  EXPECT_TRUE(plan.plan().cost_check.is_reconciled) << plan.plan().cost_check.difference;
  std::set<CostKind> kinds;
  for (const CostLine& line : plan.plan().costs) kinds.insert(line.kind);
  EXPECT_EQ(kinds.size(), 8U) << "every kind of cost occurs in this world";
}

TEST(Accounts, every_line_has_one_payer) {
  const SolvedPlan plan = plan_of(rich_world());
  for (const CostLine& line : plan.plan().costs) {
    EXPECT_NE(line.payer.organisation.is_valid(), line.payer.region.is_valid()) << to_string(line.kind);
  }
}

// A budget's row holds what leaves the purse and what is kept; fixed cost of what stands is on its other side.
TEST(Accounts, outlays_are_what_budgets_see) {
  const World world = world_of(rich_world());
  const SolvedPlan plan = plan_of(world);
  std::map<PeriodId, double> spent;
  for (const OutlayLine& line : plan.plan().outlays) {
    if (world.organisations[line.owner].id == "firm") spent[line.period] += line.money;
  }
  double carried = 0;
  for (const PeriodId period : world.timeline.periods()) {
    const std::string label = world.timeline.label(period);
    const std::string cash = "cash[firm," + label + "]";
    const double kept = plan.has_column(cash) ? plan.value(cash) : 0;
    const double money = 900.0 / 4;
    EXPECT_LE(spent[period] + kept - carried, money + 1e-6) << label;
    const double standing = money - plan.row_upper("budget[firm," + label + "]");
    EXPECT_NEAR(plan.activity("budget[firm," + label + "]"), spent[period] - standing + kept - carried, 1e-6) << label;
    carried = kept;
  }
}

// Capital is spent while building and charged over the life; the two differ, but each is the same in blocks or without.
TEST(Accounts, capital_is_spent_before_it_is_charged) {
  const SolvedPlan plan = plan_of(rich_world());
  PeriodId first_spent, first_charged;
  for (const OutlayLine& line : plan.plan().outlays) {
    if (line.kind == OutlayKind::capital && (!first_spent.is_valid() || line.period < first_spent))
      first_spent = line.period;
  }
  for (const CostLine& line : plan.plan().costs) {
    if (line.kind == CostKind::capital && (!first_charged.is_valid() || line.period < first_charged))
      first_charged = line.period;
  }
  EXPECT_EQ(first_charged.index(), first_spent.index() + 2) << "two quarters of building";
}

TEST(Accounts, nothing_done_costs_nothing_but_what_stands) {
  WorldText text = rich_world();
  for (const char* const programme : {"use", "later"}) {
    text.change("programme_parameters", std::string("parameter=demand; programme=") + programme, "figure=0 t/year");
  }
  const SolvedPlan plan = plan_of(text.remove("stocks", "parameter=opening"));
  EXPECT_NEAR(plan.cost(CostKind::fixed), 2 * (90 * 1 + 6 * 2), 1e-6);
  for (const CostLine& line : plan.plan().costs) EXPECT_EQ(line.kind, CostKind::fixed);
}

}  // namespace
}  // namespace pinchpoint::plan
