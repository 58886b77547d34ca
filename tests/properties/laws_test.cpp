// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <filesystem>

#include "properties/random_world.hpp"
#include "properties/world_changes.hpp"
#include "support/solved_plan.hpp"

namespace pinchpoint::properties {

using plan::Plan;
using plan::PlanStatus;
using test_support::world_of;
using test_support::WorldText;

namespace {

// Plans are certified to 1e-7, so two of them may differ by twice that.
constexpr double gap = 1e-7;
constexpr double tolerance = 2 * gap;

/// Keeps the last failing world of a law where one can look at it: with RapidCheck's shrinking, the smallest.
std::string kept(const char* law, const WorldText& world, const WorldText& changed) {
  const auto folder = std::filesystem::temp_directory_path() / "pinchpoint-laws" / law;
  std::filesystem::remove_all(folder);
  world.write(folder / "world");
  changed.write(folder / "changed");
  return folder.string();
}

void demand(bool holds, const char* law, const WorldText& world, const WorldText& changed, const std::string& why) {
  if (!holds) RC_FAIL(fmt::format("{}; the worlds are in {}", why, kept(law, world, changed)));
}

Plan solved(const char* law, const WorldText& world, bool relax_integers = false) {
  plan::PlanOptions options;
  options.relax_integers = relax_integers;
  options.solve.relative_gap = gap;
  Plan plan = plan::make_plan(world_of(world), options);
  demand(plan.status == PlanStatus::optimal, law, world, world,
         fmt::format("the plan is {}: {}, gap {}", plan::to_string(plan.status), plan.message, plan.certificate.gap));
  return plan;
}

double worth(const char* law, const WorldText& world) { return solved(law, world).solution.objective; }

double slack(double left, double right) { return tolerance * std::max({1.0, std::abs(left), std::abs(right)}); }

void demand_equal(const char* law, const WorldText& world, const WorldText& changed) {
  const double before = worth(law, world);
  const double after = worth(law, changed);
  demand(std::abs(before - after) <= slack(before, after), law, world, changed,
         fmt::format("{} became {}", before, after));
}

void demand_no_more(const char* law, const WorldText& world, const WorldText& changed) {
  const double before = worth(law, world);
  const double after = worth(law, changed);
  demand(after <= before + slack(before, after), law, world, changed, fmt::format("{} rose to {}", before, after));
}

std::size_t index_below(std::size_t count) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, count));
}

}  // namespace

RC_GTEST_PROP(Laws, every_plan_is_certified_and_its_costs_add_up, ()) {
  const WorldText world = *random_world();
  const Plan plan = solved("certified", world);
  demand(plan.certificate.gap <= gap, "certified", world, world,
         fmt::format("gap {} (upper {})", plan.certificate.gap, plan.certificate.upper_is_proved));
  demand(plan.cost_check.is_reconciled, "certified", world, world,
         fmt::format("costs differ by {}", plan.cost_check.difference));
}

RC_GTEST_PROP(Laws, without_budgets_shortage_makes_every_world_feasible, ()) {
  solved("feasible", *random_world({.integers = true, .budgets = false, .lanes = false}));
}

RC_GTEST_PROP(Laws, relaxing_a_limit_never_hurts, ()) {
  const WorldText world = *random_world();
  const std::vector<Place> limits = limits_of(world);
  RC_PRE(!limits.empty());
  WorldText changed = world;
  multiply(changed, limits[index_below(limits.size())], 1 + *rc::gen::inRange(1, 20) / 4.0);
  demand_no_more("relaxing", world, changed);
}

RC_GTEST_PROP(Laws, one_more_option_never_hurts, ()) {
  const WorldText world = *random_world();
  WorldText changed = world;
  const auto& technologies = world.tables.at("technologies");
  const auto& regions = world.tables.at("regions");
  const std::string technology = technologies[index_below(technologies.size())].at("id");
  changed.option(technology, regions[index_below(regions.size())].at("id"),
                 technology == "plant" ? "figure=5 kW" : "figure=5 t/year");
  demand_no_more("one more option", world, changed);
}

RC_GTEST_PROP(Laws, closing_a_lane_never_helps, ()) {
  const WorldText world = *random_world({.integers = false, .budgets = true, .lanes = true});
  WorldText changed = world;
  const auto& lanes = world.tables.at("lanes");
  const std::string lane = lanes[index_below(lanes.size())].at("id");
  changed.remove("lanes", "id=" + lane).remove("lane_parameters", "lane=" + lane);
  demand_no_more("closing", changed, world);
}

RC_GTEST_PROP(Laws, a_ban_never_helps, ()) {
  const WorldText world = *random_world();
  WorldText changed = world;
  const auto& goods = world.tables.at("commodities");
  const auto& regions = world.tables.at("regions");
  const std::string origin = regions[index_below(regions.size())].at("id");
  const std::string destination = regions[index_below(regions.size())].at("id");
  const bool is_from_anywhere = *rc::gen::arbitrary<bool>();
  changed.measure("law", "ban", goods[index_below(goods.size())].at("id"),
                  (is_from_anywhere ? "" : "origin=" + origin + "; ") + "destination=" + destination);
  demand_no_more("ban", changed, world);
}

RC_GTEST_PROP(Laws, asking_for_more_never_costs_less, ()) {
  const WorldText world = *random_world();
  const std::vector<Place> demands = demands_of(world);
  WorldText changed = world;
  multiply(changed, demands[index_below(demands.size())], 1.5);
  demand_no_more("asking", changed, world);
}

RC_GTEST_PROP(Laws, the_order_of_rows_does_not_matter, ()) {
  const WorldText world = *random_world();
  demand_equal("order of rows", world, with_rows_shuffled(world));
}

RC_GTEST_PROP(Laws, names_do_not_matter, ()) {
  const WorldText world = *random_world();
  demand_equal("names", world, with_ids_renamed(world));
}

RC_GTEST_PROP(Laws, units_of_figures_do_not_matter, ()) {
  const WorldText world = *random_world();
  demand_equal("units of figures", world, with_figures_in_other_units(world));
}

RC_GTEST_PROP(Laws, units_of_goods_do_not_matter, ()) {
  const WorldText world = *random_world();
  demand_equal("units of goods", world, with_goods_in_other_units(world));
}

RC_GTEST_PROP(Laws, whole_blocks_cost_no_less_than_parts_of_them, ()) {
  const WorldText world = *random_world({.integers = true, .budgets = true, .lanes = false});
  const double whole = solved("blocks", world).solution.objective;
  const double parts = solved("blocks", world, true).solution.objective;
  demand(parts <= whole + slack(whole, parts), "blocks", world, world, fmt::format("{} below {}", whole, parts));
}

/// Loads one model, solves it, gives it the bounds of another and solves again: the objective.
static double updated_objective(const optim::Model& before, const optim::Model& after) {
  const auto session = optim::backends().front().open();
  session->load(before);
  RC_ASSERT(session->solve({}).status == optim::Status::optimal);
  for (std::int32_t row = 0; row < after.row_count(); ++row) {
    const auto at = static_cast<std::size_t>(row);
    session->set_row_bounds(optim::RowId(row), after.row_lower[at], after.row_upper[at]);
  }
  for (std::int32_t column = 0; column < after.column_count(); ++column) {
    const auto at = static_cast<std::size_t>(column);
    session->set_column_bounds(optim::ColumnId(column), after.lower[at], after.upper[at]);
  }
  return session->solve({}).objective + after.offset - before.offset;
}

/// What changes right-hand sides and bounds alone may be changed in a live session.
RC_GTEST_PROP(Laws, an_update_in_place_equals_a_rebuild, ()) {
  const WorldText world = *random_world();
  WorldText changed = world;
  for (const Place& limit : limits_of(world)) {
    if (limit.table == "technology_parameters" || limit.table == "measures" || limit.table == "stocks") continue;
    multiply(changed, limit, *rc::gen::inRange(1, 10) / 4.0);
  }
  for (const Place& demanded : demands_of(world)) multiply(changed, demanded, *rc::gen::inRange(1, 10) / 4.0);
  const optim::Model before = plan::assemble_plan(world_of(world)).model;
  const optim::Model after = plan::assemble_plan(world_of(changed)).model;
  RC_ASSERT(before.matrix.value == after.matrix.value && before.matrix.row == after.matrix.row);
  RC_ASSERT(before.cost == after.cost);
  const double updated = updated_objective(before, after);
  const double rebuilt = optim::solve(after).objective;
  demand(std::abs(updated - rebuilt) <= slack(updated, rebuilt), "update in place", world, changed,
         fmt::format("updated {}, rebuilt {}", updated, rebuilt));
}

}  // namespace pinchpoint::properties
