// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "delivery/cli/comply/comply_answer.hpp"

namespace pinchpoint::cli {

namespace {

using Json = nlohmann::ordered_json;
using namespace rules;

const char* posture_name(Posture posture) { return posture_names[static_cast<std::size_t>(posture)]; }

Json exception_json(const RuleBase& base, int rule) {
  return rule < 0 ? Json(nullptr) : Json(base.rules[static_cast<std::size_t>(rule)].subject);
}

Json ruling_json(const RuleBase& base, const Ruling& ruling) {
  Json possible = Json::array();
  for (const Outcome& outcome : ruling.outcomes) {
    possible.push_back({{"verdict", answer_names[static_cast<std::size_t>(outcome.answer)]},
                        {"posture", posture_name(outcome.posture)},
                        {"exception", exception_json(base, outcome.exception)}});
  }
  return {{"verdict", answer_text(ruling)}, {"posture", posture_name(posture_of(ruling))}, {"possible", possible}};
}

Json finding_json(const RuleBase& base, const Finding& finding) {
  const Rule& rule = base.rules[static_cast<std::size_t>(finding.rule)];
  return {{"id", rule.id},
          {"regime", regime_names[static_cast<std::size_t>(rule.regime)]},
          {"step", step_names[static_cast<std::size_t>(rule.step)]},
          {"bearing", bearing_names[static_cast<std::size_t>(finding.bearing)]},
          {"subject", rule.subject},
          {"posture", posture_name(rule.posture)},
          {"why", finding.why},
          {"text_only", finding.is_text_only},
          {"verify", rule.verify},
          {"condition", rule.condition.text},
          {"citation", rule.source.citation},
          {"url", rule.source.url},
          {"confidence", rule.source.confidence},
          {"note", rule.source.note}};
}

Json regime_json(const RuleBase& base, const RegimeVerdict& regime) {
  Json object = {{"regime", regime_names[static_cast<std::size_t>(regime.regime)]},
                 {"verdict", answer_text(regime.enforced)},
                 {"posture", posture_name(posture_of(regime.enforced))},
                 {"enforced", ruling_json(base, regime.enforced)},
                 {"text", ruling_json(base, regime.text)}};
  object["unless_confirmed"] = regime.unless_confirmed ? ruling_json(base, *regime.unless_confirmed) : Json(nullptr);
  return object;
}

Json question_json(const ComplyAnswer& answer) {
  Json taken = Json::object();
  for (const int field : answer.asked.taken) {
    taken[answer.base.vocabulary.fields[static_cast<std::size_t>(field)].name] =
        value_text(answer.base.vocabulary, field, answer.asked.facts[static_cast<std::size_t>(field)]);
  }
  Json facts = Json::object();
  for (const char* name : {"kind", "tpp", "pd", "area", "dram_bw", "io_bw", "mem_bw_density"}) {
    const int field = answer.base.field(name);
    facts[name] = value_text(answer.base.vocabulary, field, answer.asked.facts[static_cast<std::size_t>(field)]);
  }
  return {{"item", answer.question.item},
          {"from", answer.question.from},
          {"to", answer.question.to},
          {"end_user", answer.question.end_user},
          {"date", to_string(answer.question.date)},
          {"facts", facts},
          {"taken_as_given", taken}};
}

}  // namespace

Json comply_json(const ComplyAnswer& answer) {
  const Verdict& verdict = answer.verdict;
  Json object = {{"verdict", answer_text(verdict.overall)}, {"posture", posture_name(posture_of(verdict.overall))}};
  const bool is_exception = std::string(answer_text(verdict.overall)) == "exception";
  object["exception"] =
      is_exception ? exception_json(answer.base, verdict.overall.outcomes.front().exception) : Json(nullptr);
  object["question"] = question_json(answer);
  object["classes"] = verdict.classes;
  object["possible_classes"] = verdict.possible_classes;
  object["missing"] = verdict.missing;
  object["missing_facts"] = Json::array();
  for (const int field : verdict.overall.missing)
    object["missing_facts"].push_back(answer.base.vocabulary.fields[static_cast<std::size_t>(field)].name);
  object["flags"] = verdict.flags;
  object["notes"] = answer.asked.notes;
  object["rules"] = object["nearly"] = object["regimes"] = Json::array();
  for (const RegimeVerdict& regime : verdict.regimes) {
    object["regimes"].push_back(regime_json(answer.base, regime));
    for (const Finding& finding : regime.findings)
      object[finding.bearing == Bearing::nearly ? "nearly" : "rules"].push_back(finding_json(answer.base, finding));
  }
  object["as_of"] = to_string(answer.base.as_of());
  return object;
}

}  // namespace pinchpoint::cli
