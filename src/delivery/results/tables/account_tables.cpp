// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/tables/result_tables.hpp"

namespace pinchpoint::results {

namespace {

using enum CellType;

void write_run(const std::vector<std::pair<std::string, std::string>>& run, Database& database) {
  TableWriter table(database, {"run", {{"key"}, {"value"}}});
  for (const auto& [key, value] : run) table.row({std::string_view(key), std::string_view(value)});
}

void write_certificate(const World& world, const plan::Plan& plan, Database& database) {
  const optim::Certificate& proof = plan.certificate;
  TableWriter table(database, {"certificate", {{"key"}, {"value", number}, {"unit"}}});
  const std::string_view money = world.currency;
  const auto add = [&](std::string_view key, double value, std::string_view unit) { table.row({key, value, unit}); };
  if (!plan.solution.has_values) return;
  add("primal_violation", proof.primal_violation, "1");
  add("primal_violation_scaled", proof.primal_violation_scaled, "1");
  add("dual_violation", proof.dual_violation, "1");
  add("dual_violation_scaled", proof.dual_violation_scaled, "1");
  add("claimed", proof.claimed, money);
  add("recomputed", proof.recomputed, money);
  add("dual_objective", proof.dual_objective, money);
  add("lower", proof.lower, money);
  add("upper", proof.upper, money);
  add("gap", proof.gap, "1");
  add("repair_cost", proof.repair_cost, money);
  if (proof.is_mip) {
    add("mip_bound_claimed", proof.mip_bound_claimed, money);
    add("mip_gap_claimed", proof.mip_gap_claimed, "1");
    add("relaxation_lower", proof.relaxation_lower, money);
  }
  add("cost_lines_sum", plan.cost_check.sum, money);
  add("cost_lines_difference", plan.cost_check.difference, "1");
}

void write_conditioning(const TableSource& source, Database& database) {
  const optim::Conditioning& found = source.plan.conditioning;
  const optim::Model& model = source.plan.problem.model;
  TableWriter ranges(database, {"conditioning", {{"numbers"}, {"scaled"}, {"smallest", number}, {"largest", number}}});
  for (const auto& [scaled, all] : {std::pair{"no", &found.given}, {"yes", &found.scaled}}) {
    const auto add = [&, scaled = scaled](std::string_view numbers, const optim::CoefficientRanges::Range& range) {
      ranges.row({numbers, std::string_view(scaled), range.smallest, range.largest});
    };
    add("matrix", all->matrix);
    add("cost", all->cost);
    add("bounds", all->bounds);
    add("right_hand_sides", all->right_hand_sides);
  }
  TableWriter extremes(
      database, {"conditioning_extremes", {{"end"}, {"row"}, {"column"}, {"given", number}, {"scaled", number}}});
  for (const auto& [end, entries] : {std::pair{"smallest", &found.smallest}, {"largest", &found.largest}}) {
    for (const optim::MatrixEntry& entry : *entries) {
      const std::string row = model.row_name(entry.row), column = model.column_name(entry.column);
      extremes.row({std::string_view(end), std::string_view(row), std::string_view(column), entry.given, entry.scaled});
    }
  }
}

void write_contradictions(const TableSource& source, Database& database) {
  TableWriter table(
      database,
      {"contradictions", {{"rule"}, {"family"}, {"subject"}, {"period"}, {"amount", number}, {"unit"}, {"sentence"}}});
  for (const plan::Contradiction& item : source.plan.contradictions) {
    table.row({std::string_view(item.rule), std::string_view(item.family), std::string_view(item.subject),
               std::string_view(item.period), item.amount, std::string_view(item.unit),
               std::string_view(item.sentence)});
  }
}

void write_cost_lines(const TableSource& source, Database& database) {
  const World& world = source.world;
  TableWriter table(
      database,
      {"cost_lines",
       {{"payer_kind"}, {"payer"}, {"kind"}, {"period"}, {"money", number}, {"discounted", number}, {"unit"}}});
  for (const plan::CostLine& line : source.plan.costs) {
    const bool is_organisation = line.payer.organisation.is_valid();
    const std::string& payer =
        is_organisation ? world.organisations[line.payer.organisation].id : world.regions[line.payer.region].id;
    const std::string period = world.timeline.label(line.period);
    table.row({std::string_view(is_organisation ? "organisation" : "region"), std::string_view(payer),
               std::string_view(to_string(line.kind)), std::string_view(period), line.money, line.discounted,
               std::string_view(world.currency)});
  }
}

void write_outlays(const TableSource& source, Database& database) {
  const World& world = source.world;
  TableWriter table(database, {"outlays", {{"owner"}, {"kind"}, {"period"}, {"money", number}, {"unit"}}});
  for (const plan::OutlayLine& line : source.plan.outlays) {
    const std::string period = world.timeline.label(line.period);
    table.row({std::string_view(world.organisations[line.owner].id), std::string_view(to_string(line.kind)),
               std::string_view(period), line.money, std::string_view(world.currency)});
  }
}

void write_budgets(const TableSource& source, Database& database) {
  const World& world = source.world;
  TableWriter table(database, {"budgets", {{"owner"}, {"period"}, {"money", number}, {"unit"}}});
  for (const Budget& budget : world.budgets) {
    for (const PeriodId period : world.timeline.periods()) {
      const double years =
          world.timeline.share_within(period, budget.from, budget.until) * world.timeline.years(period);
      if (years <= 0) continue;
      const std::string label = world.timeline.label(period);
      table.row({std::string_view(world.organisations[budget.owner].id), std::string_view(label),
                 budget.per_year * years, std::string_view(world.currency)});
    }
  }
}

}  // namespace

void write_account_tables(const TableSource& source, Database& database) {
  write_conditioning(source, database);
  write_contradictions(source, database);
  write_cost_lines(source, database);
  write_outlays(source, database);
  write_budgets(source, database);
}

void write_proof_tables(const World& world, const plan::Plan& plan,
                        const std::vector<std::pair<std::string, std::string>>& run, Database& database) {
  write_run(run, database);
  write_certificate(world, plan, database);
}

}  // namespace pinchpoint::results
