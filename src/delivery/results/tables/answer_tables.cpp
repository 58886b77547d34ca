// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <tuple>

#include "analysis/explain/headlines.hpp"
#include "analysis/explain/pinch.hpp"
#include "delivery/results/tables/result_tables.hpp"

namespace pinchpoint::results {

namespace {

using enum CellType;
using plan::Asset;
using plan::AssetId;
using plan::Family;

std::string_view view(const std::string& word) { return word; }

/// Amounts by asset and period, natural units.
using AssetGrid = plan::PeriodGrid<plan::AssetTag, double>;

AssetGrid made_by_assets(const TableSource& source) {
  AssetGrid made;
  made.resize(source.plan.problem.network.assets.size(), source.world.timeline.count());
  for (const Family family : {Family::activity_, Family::mode_activity_}) {
    for (const std::size_t column : source.values.members(family)) {
      const auto activity = plan::activity_of(source.plan.problem.model.column_key[column]);
      made(activity->asset, activity->period) += source.values.natural(column);
    }
  }
  return made;
}

/// Capacity that orders add in each period. Not read from the columns `available`: those may lie below what stands.
AssetGrid added_by_orders(const TableSource& source) {
  AssetGrid added;
  added.resize(source.plan.problem.network.assets.size(), source.world.timeline.count());
  for (const explain::BuildLine& build : explain::list_builds(source.values, source.plan)) {
    const Asset& asset = source.plan.problem.network.assets[build.asset];
    for (const PeriodId now : source.world.timeline.periods()) {
      if (now < build.on_line) continue;
      added(build.asset, now) += plan::ordered_share(source.world, asset, build.ordered, now) * build.capacity;
    }
  }
  return added;
}

struct AssetNames {
  std::string_view technology, region, owner;
};
AssetNames names_of(const World& world, const Asset& asset) {
  return {world.technologies[asset.technology].id, world.regions[asset.region].id, world.organisations[asset.owner].id};
}

void write_capacity_on_line(const TableSource& source, Database& database) {
  TableWriter table(database, {"capacity_on_line",
                               {{"technology"},
                                {"region"},
                                {"owner"},
                                {"period"},
                                {"standing", number},
                                {"added", number},
                                {"capacity", number},
                                {"unit"},
                                {"used_share", number}}});
  if (!source.values.has_values()) return;
  const AssetGrid made = made_by_assets(source);
  const AssetGrid added = added_by_orders(source);
  for (const AssetId id : ids(source.plan.problem.network.assets)) {
    const Asset& asset = source.plan.problem.network.assets[id];
    const plan::Display display = explain::capacity_display(source.world, asset);
    const AssetNames names = names_of(source.world, asset);
    for (const PeriodId period : source.world.timeline.periods()) {
      const auto at = static_cast<std::size_t>(period.index());
      const double capacity = asset.standing[at] + added(id, period);
      if (capacity == 0) continue;
      const bool is_store = source.world.technologies[asset.technology].kind == TechnologyKind::store;
      const double most = is_store ? 0 : capacity * asset.availability[at] * source.world.timeline.years(period);
      const std::string label = source.world.timeline.label(period);
      table.row({names.technology, names.region, names.owner, view(label), asset.standing[at] * display.factor,
                 added(id, period) * display.factor, capacity * display.factor, view(display.unit),
                 most > 0 ? Cell(made(id, period) / most) : Cell()});
    }
  }
}

void write_builds(const TableSource& source, Database& database) {
  TableWriter table(database, {"builds",
                               {{"technology"},
                                {"region"},
                                {"owner"},
                                {"ordered"},
                                {"on_line"},
                                {"capacity", number},
                                {"unit"},
                                {"blocks", number},
                                {"capex", number},
                                {"capex_unit"}}});
  for (const explain::BuildLine& build : explain::list_builds(source.values, source.plan)) {
    const Asset& asset = source.plan.problem.network.assets[build.asset];
    const plan::Display display = explain::capacity_display(source.world, asset);
    const AssetNames names = names_of(source.world, asset);
    const std::string ordered = source.world.timeline.label(build.ordered);
    const std::string on_line = source.world.timeline.label(build.on_line);
    table.row({names.technology, names.region, names.owner, view(ordered), view(on_line),
               build.capacity * display.factor, view(display.unit), build.blocks > 0 ? Cell(build.blocks) : Cell(),
               build.capex, view(source.world.currency)});
  }
}

/// Commodity, country, owner, year.
using YearBook = std::map<std::tuple<CommodityId, RegionId, OrganisationId, int>, double>;

/// What one activity column makes.
void add_goods(const World& world, const Asset& asset, const plan::ActivityKey& activity, double amount,
               YearBook& book) {
  const Technology& technology = world.technologies[asset.technology];
  const Date date = world.timeline.begin_of(activity.period);
  const auto add = [&](CommodityId what, RegionId where, double much) {
    book[{what, world.regions[where].country, asset.owner, date.year()}] += much;
  };
  if (technology.output.is_valid()) add(technology.output, asset.region, amount);
  for (const RecipeLine& line : technology.recipe) {
    if (line.role != RecipeRole::output || (line.mode.is_valid() && line.mode != activity.mode)) continue;
    const RegionId where = line.at.is_valid() ? line.at : asset.region;
    add(line.commodity, where, amount * world.amount_of(line, asset.region, date));
  }
}

YearBook made_by_year(const TableSource& source) {
  YearBook book;
  for (const Family family : {Family::activity_, Family::mode_activity_}) {
    for (const std::size_t column : source.values.members(family)) {
      const double amount = source.values.natural(column);
      if (amount == 0) continue;
      const auto activity = plan::activity_of(source.plan.problem.model.column_key[column]);
      add_goods(source.world, source.plan.problem.network.assets[activity->asset], *activity, amount, book);
    }
  }
  return book;
}

void write_made_by_year(const TableSource& source, Database& database) {
  TableWriter table(
      database,
      {"made_by_year", {{"commodity"}, {"country"}, {"owner"}, {"year", integer}, {"amount", number}, {"unit"}}});
  if (!source.values.has_values()) return;
  const World& world = source.world;
  for (const auto& [key, amount] : made_by_year(source)) {
    const auto& [commodity, country, owner, year] = key;
    table.row({view(world.commodities[commodity].id),
               country.is_valid() ? view(world.regions[country].id) : std::string_view(),
               view(world.organisations[owner].id), static_cast<std::int64_t>(year), amount,
               view(world.commodities[commodity].unit.text())});
  }
}

void write_programme_results(const TableSource& source, Database& database) {
  TableWriter table(database, {"programme_results",
                               {{"programme"},
                                {"period"},
                                {"asked", number},
                                {"met", number},
                                {"unmet", number},
                                {"unit"},
                                {"share", number},
                                {"asked_rate", number},
                                {"met_rate", number},
                                {"rate_unit"}}});
  if (!source.values.has_values()) return;
  for (const auto& [key, served] : explain::served_by_period(source.values, source.plan)) {
    const Programme& programme = source.world.programmes[key.first];
    const plan::Display rate = explain::rate_display(source.world, programme.commodity);
    const double factor = rate.factor / source.world.timeline.years(key.second);
    const std::string label = source.world.timeline.label(key.second);
    table.row({view(programme.id), view(label), served.asked, served.met, served.asked - served.met,
               view(source.world.commodities[programme.commodity].unit.text()),
               served.asked > 0 ? Cell(served.met / served.asked) : Cell(), served.asked * factor, served.met * factor,
               view(rate.unit)});
  }
}

void write_pinches(const TableSource& source, Database& database) {
  const World& world = source.world;
  const std::vector<explain::PinchRow> rows = explain::find_pinches(world, source.plan, source.values);
  TableWriter table(database, {"pinch",
                               {{"rank", integer},
                                {"family"},
                                {"thing"},
                                {"name"},
                                {"region"},
                                {"owner"},
                                {"period"},
                                {"price", number},
                                {"price_unit"},
                                {"amount", number},
                                {"unit"},
                                {"worth", number}}});
  std::int64_t rank = 0;
  for (const explain::PinchRow& row : rows) {
    const std::string label = explain::period_label(world, row.period);
    table.row({++rank, view(row.family), view(row.thing), view(row.name),
               row.region.is_valid() ? view(world.regions[row.region].id) : std::string_view(),
               row.owner.is_valid() ? view(world.organisations[row.owner].id) : std::string_view(), view(label),
               row.price, view(row.price_unit), row.amount, view(row.unit), row.worth});
  }
  TableWriter summary(database, {"pinch_summary",
                                 {{"rank", integer},
                                  {"family"},
                                  {"thing"},
                                  {"first"},
                                  {"last"},
                                  {"periods", integer},
                                  {"price", number},
                                  {"price_unit"},
                                  {"worth", number},
                                  {"sentence"}}});
  rank = 0;
  for (const explain::Pinch& pinch : explain::sum_pinches(world, rows)) {
    const std::string first = explain::period_label(world, pinch.first);
    const std::string last = explain::period_label(world, pinch.last);
    summary.row({++rank, view(pinch.family), view(pinch.thing), view(first), view(last),
                 static_cast<std::int64_t>(pinch.periods), pinch.price, view(pinch.price_unit), pinch.worth,
                 view(pinch.sentence)});
  }
}

void write_compared_facts(const TableSource& source, Database& database) {
  TableWriter table(database, {"compared_facts",
                               {{"fact"},
                                {"name"},
                                {"from"},
                                {"until"},
                                {"planned", number},
                                {"stated", number},
                                {"unit"},
                                {"ratio", number},
                                {"is_within", integer},
                                {"tolerance", number},
                                {"low", number},
                                {"high", number},
                                {"is_given", integer},
                                {"confidence"},
                                {"source"},
                                {"note"}}});
  const auto cell = [](const auto& maybe) { return maybe ? Cell(*maybe) : Cell(); };
  for (const plan::ComparedFact& compared : source.plan.facts) {
    const Fact& fact = source.world.facts[compared.fact];
    const FactValue& stated = fact.values[compared.value];
    const std::string from = to_string(stated.from);
    const std::string until = to_string(stated.until);
    const std::string sources = fmt::format("{}", fmt::join(stated.sources, ";"));
    table.row({view(fact.sum.id), view(fact.sum.name), view(from), view(until), cell(compared.planned), stated.value,
               view(fact.sum.unit.text()), cell(compared.ratio),
               compared.is_within ? Cell(std::int64_t{*compared.is_within}) : Cell(), fact.tolerance, cell(stated.low),
               cell(stated.high), std::int64_t{fact.is_given}, std::string_view(to_string(stated.confidence)),
               view(sources), view(stated.note)});
  }
}

}  // namespace

void write_answer_tables(const TableSource& source, Database& database) {
  write_capacity_on_line(source, database);
  write_builds(source, database);
  write_made_by_year(source, database);
  write_programme_results(source, database);
  write_pinches(source, database);
  write_compared_facts(source, database);
}

}  // namespace pinchpoint::results
