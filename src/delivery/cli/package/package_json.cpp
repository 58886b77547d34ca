// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "delivery/cli/package/package_answer.hpp"
#include "domain/packages/chains.hpp"

namespace pinchpoint::cli {

namespace {

using Json = nlohmann::ordered_json;
using namespace packages;

constexpr int digits = 12;

Json number_json(const std::optional<Exact>& number) { return number ? Json(number->text(digits)) : Json(nullptr); }

const std::string& party_id(const PackageAnswer& answer, int party) {
  return answer.package.base.parties[static_cast<std::size_t>(party)].id;
}

Json place_json(const SourceSpan& where) {
  return {{"file", where.file}, {"line", where.line}, {"column", where.column}};
}

Json finding_json(const PredicateBase& base, const PredicateFinding& finding) {
  const Predicate& it = base.predicates[static_cast<std::size_t>(finding.predicate)];
  Json subjects = Json::array();
  for (const SubjectFinding& subject : finding.subjects)
    subjects.push_back({{"subject", subject.subject},
                        {"finding", finding_names[static_cast<std::size_t>(subject.finding)]},
                        {"flagged", subject.is_flagged},
                        {"why", subject.why},
                        {"missing", subject.missing},
                        {"place", place_json(subject.where)}});
  return {{"id", it.id},
          {"title", it.title},
          {"finding", finding_names[static_cast<std::size_t>(finding.finding)]},
          {"kind", kind_names[static_cast<std::size_t>(it.kind)]},
          {"scope", scope_names[static_cast<std::size_t>(it.scope)]},
          {"flag", finding.is_flagged ? Json(it.flag) : Json(nullptr)},
          {"verify", it.verify},
          {"says", it.says},
          {"evidence", it.evidence},
          {"citation", it.source.citation},
          {"url", it.source.url},
          {"confidence", it.source.confidence},
          {"note", it.source.note},
          {"subjects", std::move(subjects)}};
}

Json shares_json(const Shares& shares) {
  Json object = Json::object();
  for (std::size_t reading = 0; reading < shares.size(); ++reading)
    object[reading_names[reading]] = number_json(shares[reading]);
  return object;
}

Json content_json(const Content& content) {
  return {{"value_musd", number_json(content.value)},
          {"lines", content.lines},
          {"us_share", shares_json(content.us_share)},
          {"cloud_musd", number_json(content.cloud_value)},
          {"with_cloud_not_used", shares_json(content.with_cloud)}};
}

Json licence_json(const Licence& licence) {
  return {{"answer", licence.answer},           {"posture", licence.posture},
          {"text_answer", licence.text_answer}, {"text_posture", licence.text_posture},
          {"exception", licence.exception},     {"rules", licence.rules},
          {"missing", licence.missing},         {"flags", licence.flags}};
}

Json layers_json(const PackageAnswer& answer) {
  Json layers = Json::object();
  for (const char* const name : layer_names) layers[name] = Json::array();
  for (const LayerRow& row : answer.package.layers) {
    for (const int party : row.providers)
      layers[layer_names[static_cast<std::size_t>(row.layer)]].push_back(party_id(answer, party));
  }
  return layers;
}

Json members_json(const PackageAnswer& answer) {
  const Package& package = answer.package;
  const Concern concern = concern_on(package.base, answer.check.day);
  Json members = Json::array();
  for (const Member& member : package.members) {
    const ConcernShare share = concern_share(package, concern, member.party, answer.check.day);
    const auto& party = package.base.parties[static_cast<std::size_t>(member.party)];
    bool is_anchor = false;
    for (const int anchor : package.anchors) is_anchor = is_anchor || anchor == member.party;
    members.push_back({{"party", party.id},
                       {"seat", package.country_id(package.parties[static_cast<std::size_t>(member.party)].seat)},
                       {"principal_place", package.country_id(party.hq)},
                       {"anchor", is_anchor},
                       {"coc_share_low", share.share.low.text(digits)},
                       {"coc_share_high", share.share.high.text(digits)},
                       {"coc_control", share.has_control}});
  }
  return members;
}

Json ledger_json(const PackageAnswer& answer) {
  Json ledger = Json::array();
  for (const LedgerEntry& entry : answer.check.ledger) {
    const Grant& grant = answer.package.grants[static_cast<std::size_t>(entry.grant)];
    ledger.push_back({{"user", party_id(answer, grant.user)},
                      {"limit", grant.limit.text(digits)},
                      {"drawn", grant.drawn.text(digits)},
                      {"asked", entry.asked.text(digits)},
                      {"over", number_json(entry.over)},
                      {"citation", grant.citation}});
  }
  return ledger;
}

Json transfers_json(const PackageAnswer& answer) {
  const Package& package = answer.package;
  Json transfers = Json::array();
  for (const Transfer& it : answer.check.answers.transfers)
    transfers.push_back({{"what", it.line >= 0 ? package.lines[static_cast<std::size_t>(it.line)].id
                                               : package.models[static_cast<std::size_t>(it.model)].id},
                         {"site", package.sites[static_cast<std::size_t>(it.site)].id},
                         {"country", package.country_id(package.sites[static_cast<std::size_t>(it.site)].country)},
                         {"user", party_id(answer, it.user)},
                         {"licence", licence_json(it.licence)}});
  return transfers;
}

}  // namespace

nlohmann::ordered_json package_json(const PackageAnswer& answer) {
  const Package& package = answer.package;
  Json object = {{"verdict", overall_names[static_cast<std::size_t>(answer.check.overall)]},
                 {"package", package.id},
                 {"name", package.name},
                 {"day", to_string(answer.check.day)}};
  object["left_out"] = answer.without;
  object["unsure"] = Json::array();
  for (const Unsure& it : answer.check.unsure)
    object["unsure"].push_back(
        {{"predicate", it.predicate}, {"verdict_without", overall_names[static_cast<std::size_t>(it.without)]}});
  object["predicates"] = Json::array();
  for (const PredicateFinding& finding : answer.check.findings)
    object["predicates"].push_back(finding_json(answer.predicates, finding));
  object["layers"] = layers_json(answer);
  object["members"] = members_json(answer);
  object["content"] = content_json(answer.check.content);
  object["models"] = Json::array();
  for (std::size_t model = 0; model < package.models.size(); ++model) {
    if (package.models[model].is_shipped)
      object["models"].push_back(
          {{"id", package.models[model].id}, {"chain", chain_text(package, static_cast<int>(model))}});
  }
  object["hardware"] = Json::array();
  for (const LineAnswer& it : answer.check.answers.targets)
    object["hardware"].push_back({{"line", package.lines[static_cast<std::size_t>(it.line)].id},
                                  {"target", package.country_id(it.country)},
                                  {"licence", licence_json(it.licence)}});
  object["transfers"] = transfers_json(answer);
  object["grants"] = ledger_json(answer);
  object["support"] = Json::object();
  for (const std::string& support : package.support)
    object["support"][support] =
        answer.check.overall == Overall::not_compliant ? "not_eligible_to_be_referred" : "eligible_to_be_referred";
  object["as_of"] = to_string(package.base.as_of());
  return object;
}

}  // namespace pinchpoint::cli
