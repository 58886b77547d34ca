// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "delivery/cli/package/compose_answer.hpp"

namespace pinchpoint::cli {

namespace {

using Json = nlohmann::ordered_json;
using namespace compose;

constexpr int digits = 12;

Json number_json(const std::optional<Exact>& number) { return number ? Json(number->text(digits)) : Json(nullptr); }

Json composed_json(const ComposeAnswer& answer, const Composed& package) {
  Json content = Json::object();
  for (std::size_t reading = 0; reading < package.content.size(); ++reading)
    content[packages::reading_names[reading]] = number_json(package.content[reading]);
  Json takes = Json::array();
  for (const Take& take : package.takes) {
    const packages::Offer& offer = answer.catalogue.offers[static_cast<std::size_t>(take.offer)];
    takes.push_back({{"need", answer.catalogue.needs[static_cast<std::size_t>(offer.need)].id},
                     {"offer", offer.id},
                     {"party", answer.catalogue.party(offer.party).id},
                     {"seat", answer.catalogue.seat(offer.party)},
                     {"units", take.units},
                     {"price_musd", offer.price.text(digits)},
                     {"ready", to_string(offer.ready)},
                     {"confidence", offer.confidence}});
  }
  return {
      {"cost_musd", package.cost.text(digits)},
      {"content", std::move(content)},
      {"ready", to_string(package.ready)},
      {"anchor", answer.catalogue.party(package.anchor).id},
      {"verdict", packages::overall_names[static_cast<std::size_t>(package.overall)]},
      {"open", package.open},
      {"takes", std::move(takes)},
      {"proof",
       {{"bound", package.proof.bound ? Json(*package.proof.bound) : Json(nullptr)}, {"words", package.proof.words}}}};
}

Json corner_json(const Corner& corner) {
  const auto day_json = [](const std::optional<Day>& day) { return day ? Json(to_string(*day)) : Json(nullptr); };
  return {{"cost_musd", number_json(corner.cost)},
          {"cheapest_content", number_json(corner.cheapest_content)},
          {"cheapest_ready", day_json(corner.cheapest_ready)},
          {"most_content", number_json(corner.content)},
          {"first_ready", day_json(corner.ready)},
          {"why", corner.why}};
}

Json allies_json(const ComposeAnswer& answer, const AllyTable& table) {
  Json members = Json::array();
  for (const AllyRow& row : table.allies)
    members.push_back({{"party", answer.catalogue.party(row.party).id},
                       {"seat", answer.catalogue.seat(row.party)},
                       {"without", corner_json(row.without)},
                       {"only", corner_json(row.only)}});
  return {{"all", corner_json(table.all)}, {"none", corner_json(table.none)}, {"members", std::move(members)}};
}

}  // namespace

nlohmann::ordered_json compose_json(const ComposeAnswer& answer) {
  const packages::Catalogue& catalogue = answer.catalogue;
  Json object = {
      {"status", answer.best.package ? "composed" : "none"},
      {"catalogue", catalogue.frame.id},
      {"target", catalogue.frame.country_id(catalogue.targets[static_cast<std::size_t>(answer.target)].country)},
      {"day", to_string(answer.day)},
      {"for", aim_names[static_cast<std::size_t>(answer.wish.aim)]},
      {"reading", packages::reading_names[static_cast<std::size_t>(answer.wish.reading)]},
      {"content", answer.wish.is_presumed ? "presumed" : "any"}};
  object["why"] = answer.best.why;
  object["package"] = answer.best.package ? composed_json(answer, *answer.best.package) : Json(nullptr);
  object["front"] = Json::array();
  for (const Composed& it : answer.front) object["front"].push_back(composed_json(answer, it));
  object["allies"] = answer.allies ? allies_json(answer, *answer.allies) : Json(nullptr);
  object["barred"] = Json::array();
  for (const Barred& it : answer.composer.barred())
    object["barred"].push_back(
        {{"offer", catalogue.offers[static_cast<std::size_t>(it.offer)].id}, {"predicates", it.predicates}});
  object["as_of"] = to_string(catalogue.frame.base.as_of());
  return object;
}

}  // namespace pinchpoint::cli
