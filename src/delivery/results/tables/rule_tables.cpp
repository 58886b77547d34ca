// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "delivery/results/tables/result_tables.hpp"

namespace pinchpoint::results {

namespace {

using enum CellType;

constexpr const char* by_period = R"sql(
CREATE VIEW rule_verdicts_by_period AS
  SELECT p.id AS period, v.commodity, v.origin, v.destination, v.end_user, v.verdict, v.posture, v.rules, v.regime,
         v.limit_kind, v.limit_value, v.limit_unit, v.outcome, v.measures, v.judged_on, v.note
    FROM periods p JOIN rule_verdicts v
      ON v.begins < strftime('%Y-%m', p.begins || '-01', '+' || CAST(round(p.years * 12) AS INTEGER) || ' months')
     AND v.ends > p.begins
   ORDER BY v.commodity, v.origin, v.destination, v.item, p.begins, v.begins, v.regime;
)sql";

/// "accelerator/year", or 1 of a share.
std::string unit_of(const World& world, const RuledFlow& flow, const FlowLimit& limit) {
  if (limit.kind == FlowLimitKind::share) return "1";
  return world.commodities[flow.commodity].unit.text() + "/year";
}

}  // namespace

void write_rule_tables(const TableSource& source, Database& database) {
  const World& world = source.world;
  if (world.ruled_flows.empty()) return;
  {
    TableWriter table(database,
                      {"rule_verdicts", {{"commodity"},  {"origin"},   {"destination"}, {"at"},
                                         {"item"},       {"end_user"}, {"begins"},      {"ends"},
                                         {"judged_on"},  {"verdict"},  {"posture"},     {"rules"},
                                         {"citations"},  {"regime"},   {"limit_kind"},  {"limit_value", number},
                                         {"limit_unit"}, {"outcome"},  {"measures"},    {"note"}}});
    for (const RuledFlow& flow : world.ruled_flows) {
      std::vector<std::string> places;
      for (const RegionId region : flow.at) places.push_back(world.regions[region].id);
      const std::string at = fmt::format("{}", fmt::join(places, ";"));
      const std::string begins = to_string(flow.from), ends = to_string(flow.until);
      const std::string measures = fmt::format("{}", fmt::join(flow.measures, ";"));
      const auto add = [&](const FlowLimit* limit) {
        const std::string unit = limit == nullptr ? "" : unit_of(world, flow, *limit);
        table.row({std::string_view(world.commodities[flow.commodity].id),
                   std::string_view(world.regions[flow.origin].id),
                   std::string_view(world.regions[flow.destination].id),
                   std::string_view(at),
                   std::string_view(flow.item),
                   std::string_view(flow.end_user),
                   std::string_view(begins),
                   std::string_view(ends),
                   std::string_view(flow.judged_on),
                   std::string_view(flow.verdict),
                   std::string_view(flow.posture),
                   std::string_view(flow.rules),
                   std::string_view(flow.citations),
                   limit == nullptr ? std::string_view() : std::string_view(limit->regime),
                   std::string_view(limit == nullptr ? "free" : to_string(limit->kind)),
                   limit == nullptr ? Cell() : Cell(limit->value),
                   std::string_view(unit),
                   limit == nullptr ? std::string_view() : std::string_view(limit->outcome),
                   std::string_view(measures),
                   std::string_view(flow.note)});
      };
      if (flow.limits.empty()) add(nullptr);
      for (const FlowLimit& limit : flow.limits) add(&limit);
    }
  }
  database.execute(by_period);
}

}  // namespace pinchpoint::results
