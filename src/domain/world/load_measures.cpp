// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint::internal {

namespace {

MeasureKind kind_of(const std::string& text) {
  if (text == "ban") return MeasureKind::ban;
  if (text == "quota") return MeasureKind::quota;
  if (text == "licence_share") return MeasureKind::licence_share;
  if (text == "tariff") return MeasureKind::tariff;
  if (text == "subsidy") return MeasureKind::subsidy;
  ensure(text == "content", "a kind of measure that the schema does not have");
  return MeasureKind::content;
}

/// A quota or specific rate counts amounts, so its commodities must have one unit.
std::optional<Unit> common_unit(const Row& row, Loader& loader, const Measure& measure) {
  if (measure.commodities.empty()) return std::nullopt;
  const Unit first = loader.world.commodities[measure.commodities.front()].unit;
  for (const CommodityId commodity : measure.commodities) {
    if (loader.folder.units->factor(loader.world.commodities[commodity].unit, first) == std::optional(1.0)) continue;
    row.complain(Code::wrong_dimension, "unit", "the commodities of this layer have different units",
                 "a share of value, or a row for each commodity");
    return std::nullopt;
  }
  return first;
}

void check_prices(const Row& row, Loader& loader, const Measure& measure) {
  for (const CommodityId commodity : measure.commodities) {
    const Commodity& what = loader.world.commodities[commodity];
    if (!what.price.empty()) continue;
    row.complain(Code::missing_price, "value", fmt::format("'{}' has no price to take a share of", what.id));
  }
}

void load_value(const Row& row, Loader& loader, Measure& measure) {
  const Unit share = parsed_unit(loader, "1");
  if (!row.has_figure()) {
    row.complain(Code::missing_value, "value", fmt::format("a {} needs a value", row.text("kind")));
    return;
  }
  const bool may_be_share = measure.kind != MeasureKind::quota;
  if (const auto value = may_be_share ? row.figure_if_fits(share) : std::nullopt) {
    measure.value = *value;
    measure.value_is_share = true;
    if (measure.kind != MeasureKind::tariff && *value > 1) {
      row.complain(Code::number_out_of_range, "value", fmt::format("a {} of more than the whole", row.text("kind")),
                   "a share of at most 1 (100 %)");
    }
    if (measure.kind == MeasureKind::tariff || measure.kind == MeasureKind::content) check_prices(row, loader, measure);
    return;
  }
  if (measure.kind == MeasureKind::licence_share || measure.kind == MeasureKind::content) {
    (void)row.figure(share);
    return;
  }
  const auto amount = common_unit(row, loader, measure);
  if (!amount) return;
  const bool is_quota = measure.kind == MeasureKind::quota;
  const Unit wanted = is_quota ? per_year(loader, *amount) : loader.folder.units->divide(money_unit(loader), *amount);
  if (const auto value = row.figure(wanted)) measure.value = *value;
}

void check_form(const Row& row, const Measure& measure) {
  if (measure.kind == MeasureKind::licence_share && !measure.origin.is_given) {
    row.complain(Code::unsupported_measure, "origin",
                 "a licence share is a share of what an origin makes: name the origin");
  }
  if (measure.kind == MeasureKind::content && (!measure.origin.is_given || !measure.destination.is_given)) {
    row.complain(Code::unsupported_measure, "origin", "a content requirement needs origin and destination");
  }
  if (measure.kind == MeasureKind::subsidy && measure.origin.is_given) {
    row.complain(Code::unsupported_measure, "origin",
                 "a subsidy is paid where things are made or built: name that place as destination");
  }
  if (!row.has("end_user")) return;
  if (measure.kind != MeasureKind::ban || measure.origin.is_given) {
    row.complain(Code::unsupported_measure, "end_user", "an end user can only be banned, and from all origins alike",
                 "kind=ban and an empty origin");
  }
}

std::vector<OrganisationId> load_end_users(const Row& row, Loader& loader) {
  if (!row.has("end_user")) return {};
  if (const auto one = row.id("end_user", loader.organisations); one.is_valid()) return {one};
  std::vector<OrganisationId> users;
  for (const Member& member : loader.world.groups[row.id("end_user", loader.groups)].members) {
    if (member.organisation.is_valid()) users.push_back(member.organisation);
  }
  if (users.empty())
    row.complain(Code::empty_group, "end_user", fmt::format("'{}' has no organisation", row.text("end_user")));
  return users;
}

}  // namespace

void load_measures(Loader& loader) {
  for_each_row(loader, "measures", [&](const Row& row) {
    Measure measure;
    measure.id = row.text("id");
    measure.name = row.has("name") ? row.text("name") : measure.id;
    measure.kind = kind_of(row.text("kind"));
    measure.commodities = load_commodity_or_layer(row, loader);
    measure.origin = load_region_set(row, loader, "origin");
    measure.destination = load_region_set(row, loader, "destination");
    measure.end_users = load_end_users(row, loader);
    measure.payer = row.id("payer", loader.organisations);
    measure.from = row.date("from");
    measure.until = row.date("until");
    check_form(row, measure);
    if (measure.kind != MeasureKind::ban) load_value(row, loader, measure);
    loader.world.measures.push_back(measure);
  });
}

}  // namespace pinchpoint::internal
