// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/verdict.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "domain/rules/internal/findings.hpp"

namespace pinchpoint::rules {

namespace {

Outcome stricter(const Outcome& left, const Outcome& right) {
  if (left.answer != right.answer) return left.answer < right.answer ? right : left;
  return left.posture < right.posture ? right : left;
}

/// Every combination of one outcome a regime, the strictest of each.
Ruling combined(const std::vector<RegimeVerdict>& regimes) {
  Ruling all;
  all.outcomes = {Outcome{}};
  for (const RegimeVerdict& regime : regimes) {
    std::vector<Outcome> next;
    for (const Outcome& left : all.outcomes) {
      for (const Outcome& right : regime.enforced.outcomes) next.push_back(stricter(left, right));
    }
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    all.outcomes = std::move(next);
    all.missing.insert(all.missing.end(), regime.enforced.missing.begin(), regime.enforced.missing.end());
  }
  std::sort(all.missing.begin(), all.missing.end());
  all.missing.erase(std::unique(all.missing.begin(), all.missing.end()), all.missing.end());
  return all;
}

void find_classes(const Snapshot& snapshot, const Judge& judge, Verdict& verdict) {
  for (const Rule& rule : snapshot.base().rules) {
    if (rule.term < 0) continue;
    const Truth truth = judge.terms()[static_cast<std::size_t>(rule.term)];
    if (truth == Truth::no) continue;
    auto& list = truth == Truth::yes ? verdict.classes : verdict.possible_classes;
    if (std::find(list.begin(), list.end(), rule.subject) == list.end()) list.push_back(rule.subject);
  }
}

bool has_a_say(const Snapshot& snapshot, const RegimeVerdict& regime, const Facts& facts) {
  const auto bears = [](const Finding& finding) { return finding.bearing != Bearing::nearly; };
  if (std::any_of(regime.findings.begin(), regime.findings.end(), bears)) return true;
  if (regime.regime == Regime::us) return true;
  const RuleBase& base = snapshot.base();
  const int seat = base.vocabulary.find_country(regime_names[static_cast<std::size_t>(regime.regime)]);
  return facts[static_cast<std::size_t>(base.field("from"))].word == seat;
}

void add_flags(const Snapshot& snapshot, Verdict& verdict) {
  const auto add = [&verdict](const std::string& flag) {
    if (std::find(verdict.flags.begin(), verdict.flags.end(), flag) == verdict.flags.end())
      verdict.flags.push_back(flag);
  };
  for (const RegimeVerdict& regime : verdict.regimes) {
    if (regime.text.outcomes != regime.enforced.outcomes) add("text_against_enforcement");
    if (regime.unless_confirmed) add("verify");
    for (const Finding& finding : regime.findings) {
      if (finding.bearing == Bearing::nearly) continue;
      const Rule& rule = snapshot.base().rules[static_cast<std::size_t>(finding.rule)];
      if (rule.verify) add("verify");
      const std::string& confidence = rule.source.confidence;
      if (confidence == "recalled" || confidence == "assumed" || confidence == "unverified") add("weak_source");
      if (finding.bearing == Bearing::possible && rule.step == Step::exception) add("exception_possible");
      if (finding.bearing == Bearing::possible && rule.step == Step::relief) add("relief_possible");
    }
  }
  const bool is_open = std::string_view(answer_text(verdict.overall)) == "cannot_tell";
  if (is_open) add("undetermined");
  if (!is_open && !verdict.overall.is_decided()) add("posture_undetermined");
  if (snapshot.day() > snapshot.base().as_of()) add("after_the_rule_base");
}

}  // namespace

const char* answer_text(const Ruling& ruling) {
  const auto& outcomes = ruling.outcomes;
  const bool agrees = std::all_of(outcomes.begin(), outcomes.end(),
                                  [&](const Outcome& it) { return it.answer == outcomes.front().answer; });
  return agrees ? answer_names[static_cast<std::size_t>(outcomes.front().answer)] : "cannot_tell";
}

Posture posture_of(const Ruling& ruling) {
  Posture posture = Posture::none;
  for (const Outcome& outcome : ruling.outcomes) posture = std::max(posture, outcome.posture);
  return posture;
}

Verdict comply(const Snapshot& snapshot, const Case& asked) {
  Verdict verdict;
  verdict.date = snapshot.day();
  Judge judge(snapshot);
  Rulings text, enforced, unconfirmed;
  judge.judge(Column::text, asked.facts, text);
  judge.judge(Column::enforced, asked.facts, enforced);
  judge.judge_without_unconfirmed(Column::enforced, asked.facts, unconfirmed);
  for (std::size_t regime = 0; regime < regime_names.size(); ++regime) {
    RegimeVerdict item{static_cast<Regime>(regime), text[regime], enforced[regime], {}, {}};
    if (unconfirmed[regime].outcomes != enforced[regime].outcomes) item.unless_confirmed = unconfirmed[regime];
    item.findings = internal::find_bearings(snapshot, asked.facts, item.regime);
    if (has_a_say(snapshot, item, asked.facts)) verdict.regimes.push_back(std::move(item));
  }
  verdict.overall = combined(verdict.regimes);
  judge.evaluate_all(Column::enforced, asked.facts);
  find_classes(snapshot, judge, verdict);
  verdict.missing = internal::missing_in_words(snapshot, asked.facts, verdict.overall.missing);
  add_flags(snapshot, verdict);
  return verdict;
}

}  // namespace pinchpoint::rules
