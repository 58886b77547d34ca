// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

struct Target {
  RegionalValue* value = nullptr;
  Unit unit;
};

Target money_parameter(const Loader& loader, Technology& technology, const std::string& parameter) {
  const UnitSystem& units = *loader.folder.units;
  const Unit capacity = natural_capacity_unit(loader, technology);
  const Unit money_per_capacity = units.divide(money_unit(loader), capacity);
  if (parameter == "capex") return {&technology.capex, money_per_capacity};
  if (parameter == "fixed_cost") return {&technology.fixed_cost, per_year(loader, money_per_capacity)};
  if (parameter == "variable_cost") {
    return {&technology.variable_cost, units.divide(money_unit(loader), technology.activity_unit)};
  }
  return {};
}

Target capacity_parameter(const Loader& loader, Technology& technology, const std::string& parameter) {
  const Unit capacity = natural_capacity_unit(loader, technology);
  if (parameter == "minimum_size") return {&technology.minimum_size, capacity};
  if (parameter == "block") return {&technology.block, capacity};
  if (parameter == "opening_level") return {&technology.opening_level, capacity};
  if (parameter == "growth_seed") return {&technology.growth_seed, per_year(loader, capacity)};
  return {};
}

Target time_parameter(const Loader& loader, Technology& technology, const std::string& parameter) {
  const Unit year = parsed_unit(loader, "year");
  if (parameter == "lifetime") return {&technology.lifetime, year};
  if (parameter == "build_time") return {&technology.build_time, year};
  if (parameter == "ramp_time") return {&technology.ramp_time, year};
  const Unit rate = per_year(loader, parsed_unit(loader, "1"));
  if (parameter == "growth_limit") return {&technology.growth_limit, rate};
  if (parameter == "standing_loss") return {&technology.standing_loss, rate};
  if (parameter == "charge_rate") return {&technology.charge_rate, rate};
  if (parameter == "discharge_rate") return {&technology.discharge_rate, rate};
  return {};
}

Target share_parameter(const Loader& loader, Technology& technology, const std::string& parameter) {
  const Unit share = parsed_unit(loader, "1");
  if (parameter == "ramp_start") return {&technology.ramp_start, share};
  if (parameter == "availability") return {&technology.availability, share};
  if (parameter == "annual_availability") return {&technology.annual_availability, share};
  if (parameter == "least_level") return {&technology.least_level, share};
  if (parameter == "reactance") return {&technology.reactance, share};
  return {};
}

Target parameter_of(const Loader& loader, Technology& technology, const std::string& parameter) {
  for (const auto find : {money_parameter, capacity_parameter, time_parameter, share_parameter}) {
    const Target target = find(loader, technology, parameter);
    if (target.value != nullptr) return target;
  }
  throw InternalError("a technology parameter that the schema does not have", std::source_location::current());
}

void take_units(const Row& row, Loader& loader, Technology& technology) {
  const UnitSystem& units = *loader.folder.units;
  const bool has_output = technology.output.is_valid();
  if (has_output == row.has("activity_unit")) {
    row.complain(Code::one_of_two, "activity_unit",
                 "exactly one of output and activity_unit must be filled: activity is measured in one of them");
  }
  if (!has_output && technology.kind == TechnologyKind::store) {
    row.complain(Code::missing_value, "output", "a store needs the commodity that it keeps");
  }
  technology.activity_unit = has_output ? loader.world.commodities[technology.output].unit
                                        : units.parse(row.text("activity_unit")).value_or(Unit{});
  technology.capacity_unit = units.parse(row.text("capacity_unit")).value_or(Unit{});
  if (!technology.activity_unit.is_valid() || !technology.capacity_unit.is_valid()) return;
  const Unit natural = natural_capacity_unit(loader, technology);
  const auto factor = units.factor(technology.capacity_unit, natural);
  if (factor) technology.capacity_in_natural = *factor;
  if (factor) return;
  const bool is_store = technology.kind == TechnologyKind::store;
  const std::string what = has_output ? row.text("output") : row.text("activity_unit");
  row.complain(Code::wrong_dimension, "capacity_unit",
               fmt::format("capacity unit '{}' is no amount of '{}'{}", row.text("capacity_unit"), what,
                           is_store ? "" : " per time"),
               fmt::format("a unit like {}", natural.text()));
}

StoreChain chain_of(const std::string& text) {
  if (text == "carry") return StoreChain::carry;
  if (text == "daily") return StoreChain::daily;
  ensure(text == "cyclic", "a chain that the schema does not have");
  return StoreChain::cyclic;
}

void load_names(Loader& loader) {
  for_each_row(loader, "technologies", [&](const Row& row) {
    Technology technology;
    technology.id = row.text("id");
    technology.name = row.has("name") ? row.text("name") : technology.id;
    technology.kind = row.text("kind") == "store" ? TechnologyKind::store : TechnologyKind::process;
    technology.chain = chain_of(row.text("chain"));
    technology.output = row.id("output", loader.commodities);
    take_units(row, loader, technology);
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

void check_recipe_amount(const Row& row, RecipeRole role) {
  const bool may_be_negative = role != RecipeRole::input;
  if (!may_be_negative && row.number("amount") < 0) {
    row.complain(Code::number_out_of_range, "amount", "an amount below zero", "a number of at least 0");
  }
  if (row.has("group") && row.number("amount") == 0) {
    row.complain(Code::number_out_of_range, "amount", "a substitute of which nothing is needed", "a number above 0");
  }
}

void check_recipe_row(const Row& row, const Technology& technology, RecipeRole role, CommodityId commodity) {
  const bool is_of_building = role == RecipeRole::build || role == RecipeRole::retire;
  if (row.has("group") && role != RecipeRole::input) {
    row.complain(Code::recipe_role_mismatch, "group", "only inputs substitute for each other", "an empty group");
  }
  if (row.has("group") && row.has("mode")) {
    row.complain(Code::recipe_role_mismatch, "mode", "inputs that substitute for each other belong to every mode",
                 "an empty mode, or a mode for each of them");
  }
  if (row.has("mode") && is_of_building) {
    row.complain(Code::recipe_role_mismatch, "mode", "building and retiring have no modes", "an empty mode");
  }
  if (row.has("lead_months") && role != RecipeRole::build) {
    row.complain(Code::recipe_role_mismatch, "lead_months", "only goods of building have a lead time", "an empty cell");
  }
  if (technology.kind == TechnologyKind::store && !is_of_building) {
    row.complain(Code::recipe_role_mismatch, "role", "a store keeps its commodity and neither uses nor makes goods",
                 "build or retire; or a technology of kind process that fills or empties the store");
  }
  if (role == RecipeRole::output && commodity == technology.output && !row.has("at")) {
    row.complain(Code::recipe_role_mismatch, "commodity",
                 "the primary output is made at 1 per unit; only by-products need a row");
  }
  check_recipe_amount(row, role);
}

/// The mode named in the row; a new one is added to the world and to the technology.
ModeId take_mode(const Row& row, Loader& loader, Technology& technology) {
  if (!row.has("mode")) return {};
  ModeId mode = row.id("mode", loader.modes);
  if (!mode.is_valid()) {
    mode = loader.world.modes.push_back({row.text("mode")});
    loader.modes.add(row.text("mode"), mode);
  }
  if (std::find(technology.modes.begin(), technology.modes.end(), mode) == technology.modes.end()) {
    technology.modes.push_back(mode);
    technology.mode_variable_cost.emplace_back();
  }
  return mode;
}

RecipeLine& line_of(Technology& technology, const RecipeLine& wanted) {
  for (RecipeLine& line : technology.recipe) {
    if (line.commodity == wanted.commodity && line.role == wanted.role && line.group == wanted.group &&
        line.mode == wanted.mode && line.at == wanted.at) {
      return line;
    }
  }
  technology.recipe.push_back(wanted);
  return technology.recipe.back();
}

void load_recipe_row(const Row& row, Loader& loader) {
  World& world = loader.world;
  Technology& technology = world.technologies[row.id("technology", loader.technologies)];
  RecipeLine line;
  line.commodity = row.id("commodity", loader.commodities);
  line.role = role_of(row.text("role"));
  check_recipe_row(row, technology, line.role, line.commodity);
  line.group = row.text("group");
  line.mode = take_mode(row, loader, technology);
  line.at = row.id("at", loader.regions);
  if (row.has("lead_months")) line.lead_years = row.number("lead_months") / 12;
  const bool by_capacity = line.role == RecipeRole::build || line.role == RecipeRole::retire;
  const Unit base = by_capacity ? natural_capacity_unit(loader, technology) : technology.activity_unit;
  const auto amount = row.figure(loader.folder.units->divide(world.commodities[line.commodity].unit, base));
  if (!amount) return;
  line_of(technology, line).amount.entry(row.id("region", loader.regions), {}).set(row.date("from"), *amount);
}

/// The value that a row of technology_parameters sets; nothing, reported, if the row cannot have a mode or it is not
/// one of the recipe's.
RegionalValue* value_of(const Row& row, Loader& loader, Technology& technology, const Target& target) {
  if (!row.has("mode")) return target.value;
  const auto place = std::find(technology.modes.begin(), technology.modes.end(), loader.modes.find(row.text("mode")));
  if (row.text("parameter") != "variable_cost" || place == technology.modes.end()) {
    row.complain(Code::recipe_role_mismatch, "mode",
                 fmt::format("'{}' has no {} in mode '{}'", technology.id, row.text("parameter"), row.text("mode")),
                 "an empty mode; a variable_cost may name a mode of the technology's recipe");
    return nullptr;
  }
  return &technology.mode_variable_cost[static_cast<std::size_t>(place - technology.modes.begin())];
}

/// Figures of stores stand at stores, those of lines at processes.
void check_place(const Row& row, const Technology& technology) {
  const std::string parameter = row.text("parameter");
  constexpr std::array of_stores = {"standing_loss", "least_level", "charge_rate", "discharge_rate", "opening_level"};
  const bool is_of_stores = std::find(of_stores.begin(), of_stores.end(), parameter) != of_stores.end();
  const bool is_store = technology.kind == TechnologyKind::store;
  if (is_of_stores && !is_store) {
    row.complain(Code::parameter_out_of_place, "parameter",
                 fmt::format("'{}' is no store and has no {}", technology.id, parameter), "a technology of kind store");
  }
  if (is_store && (parameter == "reactance" || parameter == "annual_availability")) {
    row.complain(Code::parameter_out_of_place, "parameter",
                 fmt::format("'{}' is a store and has no {}", technology.id, parameter),
                 "a technology of kind process");
  }
  if (is_store && parameter == "opening_level" && technology.chain != StoreChain::carry) {
    row.complain(Code::parameter_out_of_place, "parameter",
                 fmt::format("'{}' does not carry over and has no {}", technology.id, parameter), "chain = carry");
  }
}

/// Goods that one unit of activity moves in a mode, by commodity and place.
std::map<std::pair<CommodityId, RegionId>, bool> moved_in(const Technology& technology, ModeId mode) {
  std::map<std::pair<CommodityId, RegionId>, bool> is_delivered;
  for (const RecipeLine& line : technology.recipe) {
    if (line.mode.is_valid() && line.mode != mode) continue;
    if (line.role == RecipeRole::input || line.role == RecipeRole::output)
      is_delivered[{line.commodity, line.at}] = line.role == RecipeRole::output;
  }
  return is_delivered;
}

/// Two modes, of which one moves a commodity from a place to another and one moves it back.
bool is_line(const Technology& technology) {
  if (technology.modes.size() != 2) return false;
  const auto there = moved_in(technology, technology.modes[0]);
  const auto back = moved_in(technology, technology.modes[1]);
  const auto is_end = [&](const auto& good, bool is_delivered) {
    const auto place = back.find(good.first);
    return good.second == is_delivered && place != back.end() && place->second != is_delivered;
  };
  return std::any_of(there.begin(), there.end(), [&](const auto& from) {
    return is_end(from, false) && std::any_of(there.begin(), there.end(), [&](const auto& to) {
             return is_end(to, true) && to.first.first == from.first.first;
           });
  });
}

void load_parameters(Loader& loader) {
  for_each_row(loader, "technology_parameters", [&](const Row& row) {
    Technology& technology = loader.world.technologies[row.id("technology", loader.technologies)];
    check_place(row, technology);
    if (row.text("parameter") == "reactance" && technology.kind == TechnologyKind::process && !is_line(technology)) {
      row.complain(Code::not_a_line, "technology", fmt::format("'{}' is no line between two regions", technology.id),
                   "two modes, one that moves a commodity from one region to another and one that moves it back");
    }
    const Target target = parameter_of(loader, technology, row.text("parameter"));
    const auto value = row.figure(target.unit);
    RegionalValue* const place = value_of(row, loader, technology, target);
    if (!value || place == nullptr) return;
    place->entry(row.id("region", loader.regions), row.id("owner", loader.organisations)).set(row.date("from"), *value);
  });
}

SurvivalCurve& curve_of(Technology& technology, RegionId region) {
  const auto found = std::find_if(technology.survival.begin(), technology.survival.end(),
                                  [&](const SurvivalCurve& curve) { return curve.region == region; });
  return found != technology.survival.end() ? *found : technology.survival.emplace_back(SurvivalCurve{region, {}});
}

void load_survival(Loader& loader) {
  for_each_row(loader, "survival", [&](const Row& row) {
    const auto share = row.figure(parsed_unit(loader, "1"));
    if (!share) return;
    Technology& technology = loader.world.technologies[row.id("technology", loader.technologies)];
    curve_of(technology, row.id("region", loader.regions))
        .points.push_back({row.number("age_years"), *share, row.text("path") == "step"});
  });
  for (Technology& technology : loader.world.technologies) {
    for (SurvivalCurve& curve : technology.survival) {
      std::sort(curve.points.begin(), curve.points.end(),
                [](const auto& left, const auto& right) { return left.age_years < right.age_years; });
    }
  }
}

/// What is gone does not come back.
void check_survival(Loader& loader) {
  for_each_row(loader, "survival", [&](const Row& row) {
    const Technology& technology = loader.world.technologies[row.id("technology", loader.technologies)];
    for (const SurvivalCurve& curve : technology.survival) {
      if (curve.region != row.id("region", loader.regions)) continue;
      for (const SurvivalCurve::Point& point : curve.points) {
        if (point.age_years >= row.number("age_years") || point.share >= row.number("share") - 1e-12) continue;
        row.complain(Code::survival_rises, "share",
                     fmt::format("share {} at {} years is more than the share {} at {} years", row.number("share"),
                                 row.number("age_years"), point.share, point.age_years),
                     "a share that never rises with age");
        return;
      }
    }
  });
}

/// Whether activity differs by slice, once the recipe is known.
void settle_slices(Loader& loader) {
  World& world = loader.world;
  for_each_row(loader, "technologies", [&](const Row& row) {
    Technology& technology = world.technologies[row.id("id", loader.technologies)];
    const std::string by_slice = row.text("by_slice");
    const auto is_sliced = [&](const RecipeLine& line) { return world.commodities[line.commodity].is_by_slice; };
    const bool by_goods = technology.output.is_valid()
                              ? world.commodities[technology.output].is_by_slice
                              : std::any_of(technology.recipe.begin(), technology.recipe.end(), is_sliced);
    technology.is_by_slice = by_slice == "yes" || (by_slice == "auto" && by_goods);
  });
}

}  // namespace

void load_technologies(Loader& loader) {
  load_names(loader);
  for_each_row(loader, "recipes", [&](const Row& row) { load_recipe_row(row, loader); });
  load_parameters(loader);
  load_survival(loader);
  check_survival(loader);
  settle_slices(loader);
}

}  // namespace pinchpoint::internal
