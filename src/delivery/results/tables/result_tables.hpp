// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analysis/explain/shown_values.hpp"
#include "delivery/results/tables/database.hpp"

namespace pinchpoint::results {

/// What tables are made from.
struct TableSource {
  const World& world;
  const plan::Plan& plan;
  const explain::ShownValues& values;
};

// Tables of results.sqlite; docs/guide/results.md lists them. Nothing in them depends on clock, machine or threads.

/// value_<family> for every family of columns: what is not zero; dual_<family> for every family of rows: what has a
/// price.
void write_family_tables(const TableSource& source, Database& database);
/// layers, commodities, regions, organisations, technologies, lanes, measures, programmes, periods, slices, families.
void write_world_tables(const TableSource& source, Database& database);
/// rule_verdicts and rule_verdicts_by_period, after world tables; a run without [rules] has none of them.
void write_rule_tables(const TableSource& source, Database& database);
/// conditioning, conditioning_extremes, contradictions, cost_lines, outlays, budgets.
void write_account_tables(const TableSource& source, Database& database);
/// run, certificate.
void write_proof_tables(const World& world, const plan::Plan& plan,
                        const std::vector<std::pair<std::string, std::string>>& run, Database& database);
/// capacity_on_line, builds, made_by_year, programme_results, pinch, pinch_summary, compared_facts.
void write_answer_tables(const TableSource& source, Database& database);
/// flows, stocks, shortage, money_by_owner, cost_by_payer_and_kind, prices.
void write_views(Database& database);

/// All but the tables of the proof: what is known when values are, before status and certificate.
void write_value_tables(const World& world, const plan::Plan& plan, Database& database);
/// All of them into a new database, which is then finished.
void write_results(const World& world, const plan::Plan& plan,
                   const std::vector<std::pair<std::string, std::string>>& run, Database& database);

}  // namespace pinchpoint::results
