// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "domain/world/internal/loader.hpp"

namespace pinchpoint {

const char* to_string(FlowLimitKind kind) {
  switch (kind) {
    case FlowLimitKind::none:
      return "none";
    case FlowLimitKind::share:
      return "share";
    case FlowLimitKind::quantity:
      return "quantity";
  }
  return "";
}

namespace internal {

namespace {

Places places_of(const Row& row, std::initializer_list<const char*> columns) {
  Places places;
  for (const char* const column : columns) places[column] = row.has(column) ? row.where(column) : row.where("id");
  return places;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// "a=1;b=yes" as pairs; complains about a part without a sign of equality.
std::vector<std::pair<std::string, std::string>> load_facts_of(const Row& row) {
  std::vector<std::pair<std::string, std::string>> facts;
  const std::string text = row.text("facts");
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    const std::string_view part = trimmed(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (part.empty()) continue;
    const std::size_t sign = part.find('=');
    if (sign == std::string_view::npos || sign == 0) {
      row.complain(Code::bad_question, "facts", fmt::format("'{}' states no fact", part), "name=value;name=value");
      continue;
    }
    facts.emplace_back(trimmed(part.substr(0, sign)), trimmed(part.substr(sign + 1)));
  }
  return facts;
}

Undetermined undetermined_of(const std::string& text) {
  if (text == "strictest") return Undetermined::strictest;
  return text == "mildest" ? Undetermined::mildest : Undetermined::refuse;
}

void load_items(Loader& loader) {
  NameIndex<MeasureId> measures;
  for (const MeasureId id : ids(loader.world.measures)) measures.add(loader.world.measures[id].id, id);
  for_each_row(loader, "rule_items", [&](const Row& row) {
    RuleItem item;
    item.id = row.text("id");
    item.commodity = row.id("commodity", loader.commodities);
    item.item = row.text("item");
    item.end_user = row.text("end_user");
    item.origin = load_region_set(row, loader, "origin");
    item.destination = load_region_set(row, loader, "destination");
    item.facts = load_facts_of(row);
    item.undetermined = undetermined_of(row.text("undetermined"));
    for (const std::string& id : row.ids("replaces")) item.replaces.push_back(measures.find(id));
    for (const std::string& id : row.ids("beside")) item.beside.push_back(measures.find(id));
    item.where = places_of(row, {"id", "commodity", "item", "end_user", "facts", "undetermined", "replaces"});
    loader.world.rule_items.push_back(std::move(item));
  });
}

void load_granted(const Row& row, Loader& loader, LicenceOutcome& outcome) {
  if (const auto share = row.figure_if_fits(parsed_unit(loader, "1"))) {
    outcome.value = *share;
    outcome.is_share = true;
    if (*share > 1)
      row.complain(Code::number_out_of_range, "value", "a share of more than the whole",
                   "a share of at most 1 (100 %)");
    return;
  }
  if (!outcome.commodity.is_valid()) {
    row.complain(Code::rule_row_form, "value", "an amount per time is of one commodity, which is not named",
                 "a commodity, or a share (unit 1)");
    return;
  }
  if (const auto amount = row.figure(per_year(loader, loader.world.commodities[outcome.commodity].unit)))
    outcome.value = *amount;
}

void load_outcomes(Loader& loader) {
  for_each_row(loader, "licence_outcomes", [&](const Row& row) {
    LicenceOutcome outcome;
    outcome.id = row.text("id");
    outcome.name = row.has("name") ? row.text("name") : outcome.id;
    outcome.rule = row.text("rule");
    outcome.posture = row.text("posture");
    outcome.commodity = row.id("commodity", loader.commodities);
    outcome.origin = load_region_set(row, loader, "origin");
    outcome.destination = load_region_set(row, loader, "destination");
    outcome.from = row.date("from");
    outcome.until = row.date("until");
    load_granted(row, loader, outcome);
    outcome.where = places_of(row, {"id", "rule", "posture", "value"});
    loader.world.licence_outcomes.push_back(std::move(outcome));
  });
}

}  // namespace

void load_ruled(Loader& loader) {
  load_items(loader);
  load_outcomes(loader);
  for_each_row(loader, "rule_places", [&](const Row& row) {
    loader.world.rule_places.push_back({row.id("region", loader.regions), row.text("country"), row.where("country")});
  });
}

}  // namespace internal

}  // namespace pinchpoint
