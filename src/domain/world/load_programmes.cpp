// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

void load_parameter(const Row& row, Loader& loader) {
  Programme& programme = loader.world.programmes[row.id("programme", loader.programmes)];
  const Unit amount = loader.world.commodities[programme.commodity].unit;
  if (row.text("parameter") == "value") {
    const auto value = row.figure(loader.folder.units->divide(money_unit(loader), amount));
    if (value) programme.value.set(row.date("from"), *value);
    return;
  }
  const auto demand = row.figure(per_year(loader, amount));
  if (demand) programme.demand.push_back({row.date("from"), *demand, row.text("path") == "linear"});
}

void check_programme(const Row& row, const Programme& programme) {
  if (programme.demand.empty()) {
    row.complain(Code::missing_parameter, "id", fmt::format("programme '{}' asks for nothing", programme.id),
                 "a row parameter=demand in programme_parameters");
  }
}

void load_budgets(Loader& loader) {
  const Unit money = money_unit(loader);
  const Unit rate = per_year(loader, money);
  const Timeline& timeline = loader.world.timeline;
  for_each_row(loader, "budgets", [&](const Row& row) {
    Budget budget;
    budget.owner = row.id("owner", loader.organisations);
    budget.from = row.date("from");
    budget.until = row.date("until");
    budget.carries_over = row.boolean("carry_over");
    const Date from = budget.from.value_or(timeline.start());
    const Date until = budget.until.value_or(timeline.end());
    if (const auto in_all = row.figure_if_fits(money)) {
      budget.per_year = *in_all * 12.0 / std::max(1, until.months - from.months);
    } else if (const auto yearly = row.figure(rate)) {
      budget.per_year = *yearly;
    }
    loader.world.budgets.push_back(budget);
  });
}

}  // namespace

void load_programmes(Loader& loader) {
  World& world = loader.world;
  for_each_row(loader, "programmes", [&](const Row& row) {
    Programme programme;
    programme.id = row.text("id");
    programme.name = row.has("name") ? row.text("name") : programme.id;
    programme.commodity = row.id("commodity", loader.commodities);
    programme.region = row.id("region", loader.regions);
    programme.payer = row.id("payer", loader.organisations);
    programme.is_inherited = row.is_inherited();
    programme.is_timed_freely = row.text("timing") == "any";
    loader.programmes.add(programme.id, world.programmes.push_back(programme));
  });
  for_each_row(loader, "programme_parameters", [&](const Row& row) { load_parameter(row, loader); });
  for (Programme& programme : world.programmes) {
    std::stable_sort(programme.demand.begin(), programme.demand.end(),
                     [](const DemandPoint& left, const DemandPoint& right) { return left.from < right.from; });
  }
  for_each_row(loader, "programmes",
               [&](const Row& row) { check_programme(row, world.programmes[loader.programmes.find(row.text("id"))]); });
  load_budgets(loader);
}

}  // namespace pinchpoint::internal
