// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

FacilityStatus status_of(const std::string& text) {
  if (text == "existing") return FacilityStatus::existing;
  if (text == "committed") return FacilityStatus::committed;
  ensure(text == "announced", "a facility status that the schema does not have");
  return FacilityStatus::announced;
}

Unit capacity_unit_of(const Loader& loader, TechnologyId technology) {
  return natural_capacity_unit(loader, loader.world.technologies[technology]);
}

void load_facility_rows(Loader& loader) {
  for_each_row(loader, "facilities", [&](const Row& row) {
    Facility facility;
    facility.id = row.text("id");
    facility.name = row.has("name") ? row.text("name") : facility.id;
    facility.technology = row.id("technology", loader.technologies);
    facility.region = row.id("region", loader.regions);
    facility.owner = row.id("owner", loader.organisations);
    facility.status = status_of(row.text("status"));
    facility.from = row.date("from");
    facility.until = row.date("until");
    const auto capacity = row.figure(capacity_unit_of(loader, facility.technology));
    if (!capacity) return;
    facility.capacity = *capacity;
    if (facility.status == FacilityStatus::announced && !facility.from) {
      row.complain(Code::missing_value, "from", "announced capacity needs the date from which it may be on line");
    }
    loader.world.facilities.push_back(facility);
  });
}

/// A smallest order is written as "nothing, or between the minimum and the limit", so it needs a limit.
void check_limit(const Row& row, Loader& loader, const Option& option) {
  const Technology& technology = loader.world.technologies[option.technology];
  const auto lineage = loader.world.lineage(option.region);
  if (option.limit || !technology.minimum_size.applies(lineage, option.owner)) return;
  row.complain(Code::missing_value, "limit",
               fmt::format("'{}' has a minimum size, so its option needs a limit", technology.id));
}

void load_options(Loader& loader) {
  for_each_row(loader, "options", [&](const Row& row) {
    Option option;
    option.id = row.text("id");
    option.name = row.has("name") ? row.text("name") : option.id;
    option.technology = row.id("technology", loader.technologies);
    option.region = row.id("region", loader.regions);
    option.owner = row.id("owner", loader.organisations);
    option.from = row.date("from");
    option.until = row.date("until");
    if (row.has_figure()) option.limit = row.figure(capacity_unit_of(loader, option.technology));
    check_limit(row, loader, option);
    loader.world.options.push_back(option);
  });
}

Stock& stock_at(World& world, CommodityId commodity, RegionId region) {
  for (Stock& stock : world.stocks) {
    if (stock.commodity == commodity && stock.region == region) return stock;
  }
  return world.stocks.emplace_back(Stock{commodity, region, 0, {}, {}, {}});
}

/// What one owner says of a stock. A later row of an owner replaces its earlier one; those of several owners add up.
struct OwnersStock {
  DatedValue floor, limit, cover;
};
using OwnersStocks = std::map<std::tuple<CommodityId, RegionId, OrganisationId>, OwnersStock>;

/// Two dated figures taken together, on every date on which one of them changes.
template <class Together>
DatedValue taken_together(const DatedValue& left, const DatedValue& right, Together together) {
  DatedValue all;
  for (const DatedValue* const one : {&left, &right}) {
    for (const auto& [date, ignored] : one->entries()) {
      const auto first = left.at(date);
      const auto second = right.at(date);
      all.set(date, first && second ? together(*first, *second) : first.value_or(second.value_or(0)));
    }
  }
  return all;
}

SourceSpan place_of_floor(Loader& loader, const Stock& stock) {
  SourceSpan place;
  for_each_row(loader, "stocks", [&](const Row& row) {
    const bool is_it = row.id("commodity", loader.commodities) == stock.commodity &&
                       row.id("region", loader.regions) == stock.region && row.text("parameter") == "floor";
    if (is_it && place.line == 0) place = row.where("amount");
  });
  return place;
}

void check_floor(Loader& loader, const Stock& stock) {
  const auto floor_and_limit = {&stock.floor, &stock.limit};
  for (const DatedValue* const changing : floor_and_limit) {
    for (const auto& [date, ignored] : changing->entries()) {
      const auto floor = stock.floor.at(date);
      const auto limit = stock.limit.at(date);
      if (!floor || !limit || *limit >= *floor) continue;
      loader.diagnostics.add(
          Code::floor_unreachable, place_of_floor(loader, stock),
          fmt::format("stock of '{}' in {}: floor {} is above limit {}", loader.world.commodities[stock.commodity].id,
                      loader.world.regions[stock.region].id, *floor, *limit));
      return;
    }
  }
}

OwnersStocks load_stock_rows(Loader& loader) {
  OwnersStocks owners;
  for_each_row(loader, "stocks", [&](const Row& row) {
    const CommodityId commodity = row.id("commodity", loader.commodities);
    const RegionId region = row.id("region", loader.regions);
    const Commodity& what = loader.world.commodities[commodity];
    if (!what.is_storable) {
      row.complain(Code::not_storable, "commodity", fmt::format("'{}' cannot be stored", what.id), "storable=yes");
    }
    const std::string parameter = row.text("parameter");
    const auto amount = row.figure(parameter == "cover" ? parsed_unit(loader, "year") : what.unit);
    if (!amount) return;
    Stock& stock = stock_at(loader.world, commodity, region);
    OwnersStock& own = owners[{commodity, region, row.id("owner", loader.organisations)}];
    if (parameter == "opening") stock.opening += *amount;
    if (parameter == "floor") own.floor.set(row.date("from"), *amount);
    if (parameter == "limit") own.limit.set(row.date("from"), *amount);
    if (parameter == "cover") own.cover.set(row.date("from"), *amount);
  });
  return owners;
}

void load_stocks(Loader& loader) {
  const auto sum = [](double left, double right) { return left + right; };
  // Times do not add up: a place that keeps the longest cover of its owners keeps everybody's.
  const auto longest = [](double left, double right) { return std::max(left, right); };
  for (const auto& [place, own] : load_stock_rows(loader)) {
    Stock& stock = stock_at(loader.world, std::get<0>(place), std::get<1>(place));
    stock.floor = taken_together(stock.floor, own.floor, sum);
    stock.limit = taken_together(stock.limit, own.limit, sum);
    stock.cover = taken_together(stock.cover, own.cover, longest);
  }
  for (const Stock& stock : loader.world.stocks) check_floor(loader, stock);
}

}  // namespace

void load_facilities(Loader& loader) {
  load_facility_rows(loader);
  load_options(loader);
  load_stocks(loader);
}

}  // namespace pinchpoint::internal
