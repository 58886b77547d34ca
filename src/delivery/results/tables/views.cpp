// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/tables/result_tables.hpp"

namespace pinchpoint::results {

namespace {

constexpr const char* views = R"sql(
CREATE VIEW flows AS
  SELECT 'market' AS way, commodity, region AS origin, pool AS destination, period, slice, value AS amount, unit, per_year
    FROM value_export
  UNION ALL
  SELECT 'market', commodity, pool, region, period, slice, value, unit, per_year FROM value_import
  UNION ALL
  SELECT lane, commodity, origin, destination, period, slice, value, unit, per_year FROM value_shipment
  ORDER BY commodity, period, way, origin, destination, slice;

CREATE VIEW stocks AS
  SELECT commodity, region, period, value AS amount, unit FROM value_stock ORDER BY commodity, region, period;

CREATE VIEW shortage AS
  SELECT p.id AS programme, p.commodity, p.region, p.payer, r.period, r.asked, r.unmet AS short, r.unit, 1 - r.share AS share
    FROM programme_results r JOIN programmes p ON p.id = r.programme
   WHERE r.unmet > 0 ORDER BY p.id, r.period;

CREATE VIEW money_by_owner AS
  SELECT owner, period,
         sum(CASE kind WHEN 'capital' THEN money ELSE 0 END) AS capital,
         sum(CASE kind WHEN 'fixed' THEN money ELSE 0 END) AS fixed,
         sum(CASE kind WHEN 'variable' THEN money ELSE 0 END) AS variable,
         sum(CASE kind WHEN 'purchases' THEN money ELSE 0 END) AS purchases,
         sum(CASE kind WHEN 'subsidy' THEN money ELSE 0 END) AS subsidy,
         sum(money) AS total, unit
    FROM outlays GROUP BY owner, period, unit ORDER BY owner, period;

CREATE VIEW cost_by_payer_and_kind AS
  SELECT payer_kind, payer, kind, sum(money) AS money, sum(discounted) AS discounted, unit
    FROM cost_lines GROUP BY payer_kind, payer, kind, unit ORDER BY payer_kind, payer, kind;

CREATE VIEW prices AS
  SELECT commodity, region, period, slice, price, price_unit AS unit FROM dual_balance
   ORDER BY commodity, region, period, slice;
)sql";

}  // namespace

void write_views(Database& database) {
  if (!database.began_with("flows")) database.execute(views);
}

void write_value_tables(const World& world, const plan::Plan& plan, Database& database) {
  const explain::ShownValues values(world, plan);
  const TableSource source{world, plan, values};
  write_account_tables(source, database);
  write_answer_tables(source, database);
  write_family_tables(source, database);
  write_world_tables(source, database);
  write_rule_tables(source, database);
  write_views(database);
}

void write_results(const World& world, const plan::Plan& plan,
                   const std::vector<std::pair<std::string, std::string>>& run, Database& database) {
  write_value_tables(world, plan, database);
  write_proof_tables(world, plan, run, database);
  database.finish();
}

}  // namespace pinchpoint::results
