// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "analysis/explain/headlines.hpp"
#include "delivery/results/hedge/write_hedge.hpp"
#include "delivery/results/tables/database.hpp"

namespace pinchpoint::results {

namespace {

constexpr CellType number = CellType::number;
constexpr CellType integer = CellType::integer;

Cell view(const std::string& text) { return std::string_view(text); }
Cell whole(std::size_t count) { return static_cast<std::int64_t>(count); }
Cell finite(double value) { return std::isfinite(value) ? Cell(value) : Cell(); }

void write_summary(const HedgeRecord& record, Database& database) {
  const hedge::HedgeResult& result = record.result;
  TableWriter table(database, {"hedge_summary", {{"figure"}, {"lower", number}, {"upper", number}, {"unit"}}});
  const auto row = [&](std::string_view figure, const optim::Between& value, const std::string& unit) {
    table.row({figure, finite(value.lower), finite(value.upper), view(unit)});
  };
  const std::string& money = record.run.world.currency;
  row("risk", result.risk, money);
  row("risk_of_plain_plan", result.plain, money);
  row("risk_with_foresight", result.knowing, money);
  row("vss", result.value_of_hedging(), money);
  row("evpi", result.value_of_knowing(), money);
  row("gap", {result.gap(), result.gap()}, "");
  row("certified_share", {result.certified_share, result.certified_share}, "");
}

void write_futures(const HedgeRecord& record, Database& database) {
  TableWriter table(database, {"hedge_futures",
                               {{"future", integer},
                                {"scenarios", integer},
                                {"probability", number},
                                {"period"},
                                {"plain_lower", number},
                                {"plain_upper", number},
                                {"hedged_lower", number},
                                {"hedged_upper", number},
                                {"is_certified", integer},
                                {"foresight_lower", number},
                                {"foresight_upper", number}}});
  std::size_t place = 0;
  for (const hedge::HedgedFuture& future : record.result.futures) {
    const std::string period = future.start < 0 ? "" : record.run.world.timeline.label(PeriodId(future.start));
    table.row({whole(place++), whole(future.scenarios.size()), future.probability,
               period.empty() ? Cell() : view(period), finite(future.plain.cost.lower), finite(future.plain.cost.upper),
               finite(future.hedged.cost.lower), finite(future.hedged.cost.upper),
               whole(future.hedged.is_certified ? 1 : 0), finite(future.knowing.lower), finite(future.knowing.upper)});
  }
}

void write_hits(const HedgeRecord& record, Database& database) {
  TableWriter table(database, {"hedge_hits",
                               {{"future", integer},
                                {"scenario", integer},
                                {"shock"},
                                {"facility"},
                                {"begin"},
                                {"depth", number},
                                {"duration_months", number}}});
  std::size_t place = 0;
  for (const hedge::HedgedFuture& future : record.result.futures) {
    for (const std::size_t scenario : future.scenarios) {
      for (const stress::Hit& hit : record.scenarios[scenario].hits) {
        const std::string facility =
            hit.facility.is_valid() ? record.run.world.facilities[hit.facility].id : std::string();
        const std::string begin = to_string(Date{static_cast<int>(std::floor(hit.begin_months))});
        table.row({whole(place), whole(scenario), view(record.shocks[hit.shock].id),
                   facility.empty() ? Cell() : view(facility), view(begin), hit.depth, finite(hit.duration_months)});
      }
    }
    ++place;
  }
}

void write_builds(const HedgeRecord& record, Database& database) {
  const World& world = record.run.world;
  TableWriter table(database, {"hedge_builds",
                               {{"technology"},
                                {"region"},
                                {"owner"},
                                {"ordered"},
                                {"plain", number},
                                {"hedged", number},
                                {"unit"},
                                {"capex_change", number}}});
  for (const BuildChange& change : record.builds) {
    const plan::Asset& asset = record.run.plan.problem.network.assets[change.asset];
    const plan::Display display = explain::capacity_display(world, asset);
    const std::string ordered = world.timeline.label(change.ordered);
    table.row({view(world.technologies[asset.technology].id), view(world.regions[asset.region].id),
               view(world.organisations[asset.owner].id), view(ordered), change.plain * display.factor,
               change.hedged * display.factor, view(display.unit), change.capex});
  }
}

}  // namespace

void write_hedge_tables(const HedgeRecord& record, const std::filesystem::path& database) {
  Database added(database);
  write_summary(record, added);
  write_futures(record, added);
  write_hits(record, added);
  write_builds(record, added);
  added.finish();
}

}  // namespace pinchpoint::results
