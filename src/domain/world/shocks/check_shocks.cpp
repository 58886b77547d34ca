// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "domain/world/shocks/internal/shock_checks.hpp"
#include "domain/world/shocks/shock_list.hpp"

namespace pinchpoint::internal {

namespace {

using Columns = std::vector<std::string_view>;

/// What a kind's rows may fill, and of which columns one must be filled.
struct KindForm {
  std::string_view kind;
  Columns allowed;
  std::vector<Columns> needed;
};

const std::vector<KindForm>& kind_forms() {
  static const Columns capacity = {"commodity", "layer", "technology", "region", "owner"};
  static const Columns one_by_one = {"commodity", "layer", "technology", "region", "owner", "facility", "any_one"};
  static const Columns some_place = {"commodity", "layer", "technology", "region", "owner", "facility"};
  static const std::vector<KindForm> forms = {
      {"embargo", {"commodity", "layer", "region", "to"}, {{"region"}}},
      {"licence", {"commodity", "layer", "region", "to"}, {{"region"}}},
      {"outage", one_by_one, {some_place}},
      {"earthquake", capacity, {{"region"}}},
      {"power-cut", one_by_one, {some_place}},
      {"lane-closure", {"commodity", "layer", "region", "to", "lane"}, {{"lane", "region"}}},
      {"demand-surge",
       {"commodity", "layer", "region", "programme", "payer"},
       {{"programme", "commodity", "layer", "region", "payer"}}},
      {"budget-collapse", {"payer"}, {{"payer"}}},
      {"rule-change", {"measure", "change", "rules_as_of"}, {{"measure", "rules_as_of"}}},
  };
  return forms;
}

bool is_filled(const Row& row, std::string_view column) {
  return column == "any_one" ? row.boolean("any_one") : row.has(column);
}

void complain_of_column(const Row& row, const KindForm& form, std::string_view column) {
  row.complain(Code::shock_form, column, fmt::format("a shock of kind {} has no {}", form.kind, column),
               fmt::format("only {}", fmt::join(form.allowed, ", ")));
}

/// A lane by itself, or two ends.
void check_way(const Row& row) {
  const bool has_ends = row.has("region") || row.has("to");
  if (row.has("lane") && has_ends) {
    row.complain(Code::shock_form, "lane", "a lane-closure names a lane or two ends, not both",
                 "lane alone, or region and to");
  } else if (!row.has("lane") && row.has("region") && !row.has("to")) {
    row.complain(Code::shock_form, "to", "a lane-closure without lane needs both ends", "region and to");
  }
}

/// A measure and how it changes, or the rules that hold instead.
void check_change(const Row& row, const Loader& loader) {
  if (!row.has("rules_as_of")) {
    if (!row.has("change")) row.complain(Code::shock_form, "change", "a shock of kind rule-change needs change");
    return;
  }
  if (row.has("measure") || row.has("change")) {
    row.complain(Code::shock_form, row.has("measure") ? "measure" : "change",
                 "a rule-change names a measure or the rules of a day, not both", "measure and change, or rules_as_of");
  }
  if (!tables::is_vintage(row.text("rules_as_of"))) {
    row.complain(Code::shock_form, "rules_as_of", fmt::format("'{}' is no day", row.text("rules_as_of")),
                 "YYYY-MM-DD, or path");
  }
  if (!loader.folder.settings.rules) {
    row.complain(Code::shock_form, "rules_as_of", "the model has no rules that could change",
                 "a section [rules] in model.toml");
  }
  if (row.has("depth") && row.number("depth") != 1 && row.text("unit") != "%")
    row.complain(Code::shock_form, "depth", "the rules of another day hold in full", "1");
}

/// What may be taken away at most, of a measure that is tightened.
bool may_exceed_all(const World& world, const Shock& shock) {
  if (shock.kind == ShockKind::demand_surge) return true;
  if (shock.kind != ShockKind::rule_change || shock.change == RuleChange::lift) return false;
  if (!shock.measure.is_valid()) return false;
  const MeasureKind kind = world.measures[shock.measure].kind;
  return kind == MeasureKind::tariff || kind == MeasureKind::subsidy;
}

void check_depth(const Row& row, const Loader& loader, const Shock& shock) {
  // 100 % read as a share may differ from 1 in the last digit.
  constexpr double all = 1 + 1e-12;
  if (shock.depth_high <= all || may_exceed_all(loader.world, shock)) return;
  const std::string_view column = shock.depth > all ? "depth" : "high";
  row.complain(Code::shock_cuts_more_than_all, column,
               fmt::format("{} {} takes away more than all", column, row.text(column)), "at most 1 (100 %)");
}

void check_rule(const Row& row, const Loader& loader, const Shock& shock) {
  if (!shock.measure.is_valid() || shock.change != RuleChange::tighten) return;
  const Measure& measure = loader.world.measures[shock.measure];
  if (measure.kind == MeasureKind::ban) {
    row.complain(Code::shock_form, "change", fmt::format("'{}' is a ban, which cannot be tightened", measure.id),
                 "lift, or an embargo");
  }
  if (measure.kind == MeasureKind::content && measure.value * (1 + shock.depth_high) > 1) {
    row.complain(Code::shock_cuts_more_than_all, "depth",
                 fmt::format("the content share of '{}' would rise above all", measure.id),
                 fmt::format("a depth and high of at most {:g}", 1 / measure.value - 1));
  }
}

void check_duration(const Row& row, const Shock& shock) {
  if (!shock.duration_months) {
    for (const std::string_view column : {"duration_low", "duration_high", "recovery", "recovery_months"}) {
      if (!row.has(column) || (column == "recovery_months" && shock.recovery_months == 0)) continue;
      row.complain(Code::shock_recovery, column,
                   fmt::format("a shock without duration_months does not end, so it has no {}", column),
                   "an empty cell, or a duration");
    }
    return;
  }
  if (*shock.duration_low > *shock.duration_months) {
    row.complain(
        Code::shock_recovery, "duration_low",
        fmt::format("duration_low {:g} is above duration_months {:g}", *shock.duration_low, *shock.duration_months));
  }
  if (*shock.duration_high < *shock.duration_months) {
    row.complain(
        Code::shock_recovery, "duration_high",
        fmt::format("duration_high {:g} is below duration_months {:g}", *shock.duration_high, *shock.duration_months));
  }
}

void check_recovery(const Row& row, const Shock& shock) {
  if (!shock.duration_months || !row.has("recovery")) return;
  const bool is_step = shock.recovery == RecoveryShape::step;
  if (is_step && shock.recovery_months > 0) {
    row.complain(Code::shock_recovery, "recovery_months",
                 fmt::format("recovery step comes back at once, so it cannot take {:g} months", shock.recovery_months),
                 "0, or recovery linear or exponential");
  } else if (!is_step && shock.recovery_months <= 0) {
    row.complain(Code::shock_recovery, "recovery_months",
                 fmt::format("recovery {} needs recovery_months above 0", row.text("recovery")));
  }
}

void check_window(const Row& row, const Shock& shock) {
  if (!shock.from_until || *shock.from_until > shock.from) return;
  row.complain(Code::shock_chance, "from_until",
               fmt::format("from_until '{}' is not after from '{}'", row.text("from_until"), row.text("from")));
}

void check_chance(const Row& row, const Shock& shock) {
  if (!row.has("probability")) {
    for (const std::string_view column : {"probability_per", "any_one", "cluster"}) {
      if (!is_filled(row, column)) continue;
      row.complain(Code::shock_chance, column, fmt::format("{} is filled, and there is no probability", column),
                   "a probability, or an empty cell");
    }
  }
  if (row.has("cluster") == row.has("correlation")) return;
  row.complain(Code::shock_chance, row.has("cluster") ? "cluster" : "correlation",
               row.has("cluster") ? fmt::format("cluster '{}' has no correlation", shock.cluster)
                                  : "a correlation without cluster",
               "both of cluster and correlation, or neither");
}

bool has_lane_from(const World& world, const Shock& shock) {
  return std::any_of(world.lanes.begin(), world.lanes.end(), [&](const Lane& lane) {
    for (const CommodityId commodity : lane.commodities) {
      for (const RegionId origin : lane.origins) {
        for (const RegionId destination : lane.destinations) {
          if (strikes_flow(world, shock, commodity, origin, destination)) return true;
        }
      }
    }
    return false;
  });
}

/// True if a region of the world, of which all commodities come, lies at the other end.
bool is_way_out(const World& world, const Shock& shock, CommodityId commodity, RegionId origin) {
  for (const RegionId destination : ids(world.regions)) {
    if (strikes_flow(world, shock, commodity, origin, destination)) return true;
  }
  return false;
}

bool leaves_technology(const World& world, const Shock& shock, TechnologyId technology, RegionId region) {
  const Technology& maker = world.technologies[technology];
  if (maker.output.is_valid() && is_way_out(world, shock, maker.output, region)) return true;
  return std::any_of(maker.recipe.begin(), maker.recipe.end(), [&](const RecipeLine& line) {
    return line.role == RecipeRole::output && is_way_out(world, shock, line.commodity, region);
  });
}

/// Whether goods that the shock is about are made, stored or shipped where it looks.
bool matches_flow(const World& world, const Shock& shock) {
  for (const Facility& facility : world.facilities) {
    if (leaves_technology(world, shock, facility.technology, facility.region)) return true;
  }
  for (const Option& option : world.options) {
    if (leaves_technology(world, shock, option.technology, option.region)) return true;
  }
  for (const Stock& stock : world.stocks) {
    if (is_way_out(world, shock, stock.commodity, stock.region)) return true;
  }
  return has_lane_from(world, shock);
}

bool matches_capacity(const World& world, const Shock& shock) {
  if (!facilities_of(world, shock).empty()) return true;
  if (shock.facility.is_valid() || shock.any_one) return false;
  return std::any_of(world.options.begin(), world.options.end(), [&](const Option& option) {
    return strikes_capacity(world, shock, option.technology, option.region, option.owner);
  });
}

bool matches_programme(const World& world, const Shock& shock) {
  for (const ProgrammeId programme : ids(world.programmes)) {
    if (strikes_programme(world, shock, programme)) return true;
  }
  return false;
}

bool matches(const World& world, const Shock& shock) {
  switch (shock.kind) {
    case ShockKind::outage:
    case ShockKind::earthquake:
    case ShockKind::power_cut:
      return matches_capacity(world, shock);
    case ShockKind::embargo:
    case ShockKind::licence:
      return matches_flow(world, shock);
    case ShockKind::lane_closure: {
      if (!shock.lane.is_valid()) return matches_flow(world, shock);
      const auto& carried = world.lanes[shock.lane].commodities;
      return std::any_of(carried.begin(), carried.end(),
                         [&](CommodityId commodity) { return strikes_lane(shock, shock.lane, commodity); });
    }
    case ShockKind::demand_surge:
      return matches_programme(world, shock);
    case ShockKind::budget_collapse:
      return std::any_of(world.budgets.begin(), world.budgets.end(),
                         [&](const Budget& budget) { return strikes_budget(world, shock, budget.owner); });
    case ShockKind::rule_change:
      break;
  }
  if (!shock.measure.is_valid()) return true;  // what the rules of another day change is found when they are judged
  const auto& until = world.measures[shock.measure].until;
  return !until || *until > shock.from;
}

std::string_view nothing_of(ShockKind kind) {
  switch (kind) {
    case ShockKind::outage:
    case ShockKind::earthquake:
    case ShockKind::power_cut:
      return "no facility or option matches it";
    case ShockKind::embargo:
    case ShockKind::licence:
      return "nobody makes, keeps or ships such goods from there to outside";
    case ShockKind::lane_closure:
      return "no such goods take that way";
    case ShockKind::demand_surge:
      return "no programme matches it";
    case ShockKind::budget_collapse:
      return "the payer has no budget";
    case ShockKind::rule_change:
      break;
  }
  return "the rule is no longer in force then";
}

/// A column and what the shock is without it.
struct Without {
  std::string_view column;
  std::function<void(Shock&)> empty;
};

const std::vector<Without>& filters() {
  static const std::vector<Without> all = {
      {"owner", [](Shock& shock) { shock.owners.clear(); }},
      {"payer", [](Shock& shock) { shock.payers.clear(); }},
      {"technology", [](Shock& shock) { shock.technology = {}; }},
      {"commodity", [](Shock& shock) { shock.commodities.clear(); }},
      {"layer", [](Shock& shock) { shock.commodities.clear(); }},
      {"to", [](Shock& shock) { shock.to = {}; }},
      {"programme", [](Shock& shock) { shock.programme = {}; }},
      {"facility", [](Shock& shock) { shock.facility = {}; }},
      {"region", [](Shock& shock) { shock.region = {}; }},
  };
  return all;
}

}  // namespace

bool check_shock_form(const Row& row, Loader& loader) {
  const std::size_t before = loader.diagnostics.error_count();
  const std::string kind = row.text("kind");
  const auto form =
      std::find_if(kind_forms().begin(), kind_forms().end(), [&](const KindForm& known) { return known.kind == kind; });
  ensure(form != kind_forms().end(), "a kind of shock without a form");
  for (const std::string_view column : {"commodity", "layer", "technology", "region", "to", "owner", "facility", "lane",
                                        "programme", "payer", "measure", "change", "rules_as_of", "any_one"}) {
    const bool is_allowed = std::find(form->allowed.begin(), form->allowed.end(), column) != form->allowed.end();
    if (is_filled(row, column) && !is_allowed) complain_of_column(row, *form, column);
  }
  for (const Columns& needed : form->needed) {
    if (std::any_of(needed.begin(), needed.end(), [&](std::string_view column) { return row.has(column); })) continue;
    row.complain(Code::shock_form, needed.front(),
                 fmt::format("a shock of kind {} needs {}{}", kind, needed.size() > 1 ? "one of " : "",
                             fmt::join(needed, ", ")));
  }
  if (row.has("commodity") && row.has("layer")) {
    row.complain(Code::shock_form, "layer", "a shock names a commodity or a layer, not both");
  }
  if (kind == "lane-closure") check_way(row);
  if (kind == "rule-change") check_change(row, loader);
  return loader.diagnostics.error_count() == before;
}

void check_shock_figures(const Row& row, const Loader& loader, const Shock& shock) {
  check_depth(row, loader, shock);
  check_rule(row, loader, shock);
  check_duration(row, shock);
  check_recovery(row, shock);
  check_window(row, shock);
  check_chance(row, shock);
}

void check_shock_matches(const Row& row, Loader& loader, const Shock& shock) {
  if (matches(loader.world, shock)) return;
  Diagnostic& item =
      loader.diagnostics.add(Code::shock_hits_nothing, row.where("id"),
                             fmt::format("shock '{}' strikes nothing: {}", shock.id, nothing_of(shock.kind)));
  item.found = shock.id;
  if (shock.kind == ShockKind::budget_collapse) item.fix = "add a row to budgets, or correct payer";
  if (shock.kind == ShockKind::rule_change) item.fix = "start earlier, or name the measure that is in force";
  if (shock.kind == ShockKind::budget_collapse || shock.kind == ShockKind::rule_change) return;
  for (const Without& filter : filters()) {
    if (!row.has(filter.column)) continue;
    Shock wider = shock;
    filter.empty(wider);
    if (!matches(loader.world, wider)) continue;
    item.fix = fmt::format("empty '{}', or correct it: without it something matches", filter.column);
    return;
  }
}

}  // namespace pinchpoint::internal
