// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

struct Target {
  RegionalValue* value;
  Unit unit;
};

Target capacity_parameter(const Loader& loader, Technology& technology, const std::string& parameter) {
  const UnitSystem& units = *loader.folder.units;
  const Unit amount = loader.world.commodities[technology.output].unit;
  const Unit rate = per_year(loader, amount);
  const Unit money_per_rate = units.divide(money_unit(loader), rate);
  if (parameter == "capex") return {&technology.capex, money_per_rate};
  if (parameter == "fixed_cost") return {&technology.fixed_cost, per_year(loader, money_per_rate)};
  if (parameter == "variable_cost") return {&technology.variable_cost, units.divide(money_unit(loader), amount)};
  if (parameter == "minimum_size") return {&technology.minimum_size, rate};
  if (parameter == "block") return {&technology.block, rate};
  ensure(parameter == "growth_seed", "a technology parameter that the schema does not have");
  return {&technology.growth_seed, per_year(loader, rate)};
}

Target parameter_of(const Loader& loader, Technology& technology, const std::string& parameter) {
  const Unit year = parsed_unit(loader, "year");
  const Unit share = parsed_unit(loader, "1");
  if (parameter == "lifetime") return {&technology.lifetime, year};
  if (parameter == "build_time") return {&technology.build_time, year};
  if (parameter == "ramp_time") return {&technology.ramp_time, year};
  if (parameter == "ramp_start") return {&technology.ramp_start, share};
  if (parameter == "availability") return {&technology.availability, share};
  if (parameter == "growth_limit") return {&technology.growth_limit, per_year(loader, share)};
  return capacity_parameter(loader, technology, parameter);
}

void load_names(Loader& loader) {
  for_each_row(loader, "technologies", [&](const Row& row) {
    Technology technology;
    technology.id = row.text("id");
    technology.name = row.has("name") ? row.text("name") : technology.id;
    technology.output = row.id("output", loader.commodities);
    technology.capacity_unit = loader.folder.units->parse(row.text("capacity_unit")).value_or(Unit{});
    const Unit rate = per_year(loader, loader.world.commodities[technology.output].unit);
    const auto factor = loader.folder.units->factor(technology.capacity_unit, rate);
    if (factor) technology.capacity_in_amount_per_year = *factor;
    if (!factor) {
      row.complain(Code::wrong_dimension, "capacity_unit",
                   fmt::format("capacity unit '{}' is no amount of '{}' per time", row.text("capacity_unit"),
                               row.text("output")),
                   fmt::format("a unit like {}", rate.text()));
    }
    loader.technologies.add(technology.id, loader.world.technologies.push_back(technology));
  });
}

RecipeRole role_of(const std::string& text) {
  if (text == "input") return RecipeRole::input;
  if (text == "output") return RecipeRole::output;
  if (text == "build") return RecipeRole::build;
  ensure(text == "retire", "a recipe role that the schema does not have");
  return RecipeRole::retire;
}

void check_recipe_row(const Row& row, const Technology& technology, RecipeRole role, CommodityId commodity) {
  if (row.has("group") && role != RecipeRole::input) {
    row.complain(Code::recipe_role_mismatch, "group", "only inputs substitute for each other", "an empty group");
  }
  if (row.has("lead_months") && role != RecipeRole::build) {
    row.complain(Code::recipe_role_mismatch, "lead_months", "only goods of building have a lead time", "an empty cell");
  }
  if (role == RecipeRole::output && commodity == technology.output) {
    row.complain(Code::recipe_role_mismatch, "commodity",
                 "the primary output is made at 1 per unit; only by-products need a row");
  }
  if (role != RecipeRole::retire && row.number("amount") < 0) {
    row.complain(Code::number_out_of_range, "amount", "an amount below zero", "a number of at least 0");
  }
  if (row.has("group") && row.number("amount") == 0) {
    row.complain(Code::number_out_of_range, "amount", "a substitute of which nothing is needed", "a number above 0");
  }
}

void load_recipes(Loader& loader) {
  World& world = loader.world;
  for_each_row(loader, "recipes", [&](const Row& row) {
    Technology& technology = world.technologies[row.id("technology", loader.technologies)];
    const CommodityId commodity = row.id("commodity", loader.commodities);
    const RecipeRole role = role_of(row.text("role"));
    check_recipe_row(row, technology, role, commodity);
    const Unit output = world.commodities[technology.output].unit;
    const bool by_capacity = role == RecipeRole::build || role == RecipeRole::retire;
    const Unit base = by_capacity ? per_year(loader, output) : output;
    const auto amount = row.figure(loader.folder.units->divide(world.commodities[commodity].unit, base));
    if (!amount) return;
    std::optional<double> lead;
    if (row.has("lead_months")) lead = row.number("lead_months") / 12;
    for (RecipeLine& line : technology.recipe) {
      if (line.commodity == commodity && line.role == role && line.group == row.text("group")) {
        line.amount.set(row.date("from"), *amount);
        return;
      }
    }
    technology.recipe.push_back({commodity, role, row.text("group"), lead, {}});
    technology.recipe.back().amount.set(row.date("from"), *amount);
  });
}

}  // namespace

void load_technologies(Loader& loader) {
  load_names(loader);
  for_each_row(loader, "technology_parameters", [&](const Row& row) {
    Technology& technology = loader.world.technologies[row.id("technology", loader.technologies)];
    const Target target = parameter_of(loader, technology, row.text("parameter"));
    const auto value = row.figure(target.unit);
    if (!value) return;
    target.value->entry(row.id("region", loader.regions), row.id("owner", loader.organisations))
        .set(row.date("from"), *value);
  });
  load_recipes(loader);
}

}  // namespace pinchpoint::internal
