// SPDX-License-Identifier: Apache-2.0
#include "analysis/ruling/internal/verdicts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

namespace pinchpoint::ruling::internal {

namespace {

using rules::Answer;
using rules::Bearing;
using rules::Day;
using rules::RuleBase;

/// Days on which something of a span changes.
void add_span(const rules::Span& span, std::set<Day>& changes) {
  if (span.from > rules::first_day) changes.insert(span.from);
  if (span.to < rules::last_day) changes.insert(Day{span.to.days + 1});
}

std::set<Day> change_days(const RuleBase& base) {
  std::set<Day> changes;
  for (const rules::Rule& rule : base.rules) {
    add_span(rule.in_force, changes);
    add_span(rule.enforced, changes);
  }
  for (const rules::Definition& definition : base.definitions) add_span(definition.span, changes);
  for (const rules::Membership& membership : base.memberships) add_span(membership.span, changes);
  for (const rules::Party& party : base.parties) add_span(party.listed, changes);
  for (const rules::Ownership& share : base.ownership) add_span(share.span, changes);
  changes.insert(Day{base.as_of().days + 1});  // verdicts of later days say that they are
  return changes;
}

bool names_the_date(const RuleBase& base) {
  const int date = base.field("date");
  const auto names = [&](const rules::Condition& condition) {
    const std::vector<int> fields = rules::mentions_of(condition).fields;
    return std::find(fields.begin(), fields.end(), date) != fields.end();
  };
  return std::any_of(base.rules.begin(), base.rules.end(), [&](const auto& rule) { return names(rule.condition); }) ||
         std::any_of(base.definitions.begin(), base.definitions.end(),
                     [&](const auto& definition) { return names(definition.condition); });
}

const rules::Rule& rule_of(const RuleBase& base, const rules::Finding& finding) {
  return base.rules[static_cast<std::size_t>(finding.rule)];
}

/// Rules that bear on the outcome as it is enforced: not those that only classify or inform.
bool decides(const RuleBase& base, const rules::Finding& finding) {
  const rules::Step step = rule_of(base, finding).step;
  return !finding.is_text_only && step != rules::Step::classify && step != rules::Step::notice &&
         (finding.bearing == Bearing::applies || finding.bearing == Bearing::lifted);
}

/// Rules that ask for a licence; those in doubt where none surely does.
std::vector<std::string> asking(const RuleBase& base, const rules::RegimeVerdict& regime) {
  for (const Bearing bearing : {Bearing::applies, Bearing::in_doubt}) {
    std::vector<std::string> found;
    for (const rules::Finding& finding : regime.findings) {
      const rules::Rule& rule = rule_of(base, finding);
      if (finding.bearing == bearing && !finding.is_text_only && !rule.is_prohibition &&
          rules::is_restriction(rule.step))
        found.push_back(rule.id);
    }
    if (!found.empty()) return found;
  }
  return {};
}

std::string posture_name(rules::Posture posture) {
  const std::string name = rules::posture_names[static_cast<std::size_t>(posture)];
  return name.empty() ? "none" : name;
}

void take_outcomes(const RuleBase& base, const rules::Verdict& verdict, bool is_mild, Judgement& judgement) {
  for (const rules::RegimeVerdict& regime : verdict.regimes) {
    const std::vector<rules::Outcome>& open = regime.enforced.outcomes;
    const rules::Outcome& taken = is_mild ? open.front() : open.back();
    const std::string name = rules::regime_names[static_cast<std::size_t>(regime.regime)];
    if (taken.answer == Answer::prohibited) judgement.prohibited_by.push_back(name);
    if (taken.answer == Answer::licence_required)
      judgement.asks.push_back({name, posture_name(taken.posture), asking(base, regime)});
  }
}

Judgement judgement_of(const RuleBase& base, const rules::Verdict& verdict, Undetermined undetermined) {
  Judgement judgement;
  judgement.verdict = rules::answer_text(verdict.overall);
  judgement.posture = rules::posture_names[static_cast<std::size_t>(rules::posture_of(verdict.overall))];
  std::vector<std::string> rules, citations;
  for (const rules::RegimeVerdict& regime : verdict.regimes) {
    for (const rules::Finding& finding : regime.findings) {
      if (!decides(base, finding)) continue;
      const rules::Rule& rule = rule_of(base, finding);
      rules.push_back(rule.id);
      citations.push_back(fmt::format("{}: {}", rule.id, rule.source.citation));
    }
  }
  judgement.rules = fmt::format("{}", fmt::join(rules, ";"));
  judgement.citations = fmt::format("{}", fmt::join(citations, "; "));
  judgement.missing = fmt::format("{}", fmt::join(verdict.missing, "; "));
  const bool cannot_tell = judgement.verdict == "cannot_tell";
  judgement.is_undetermined = cannot_tell && undetermined == Undetermined::refuse;
  const bool is_mild = undetermined == Undetermined::mildest;
  std::vector<std::string> notes = verdict.flags;
  if (cannot_tell) notes.emplace_back(is_mild ? "taken as the mildest outcome" : "taken as the strictest outcome");
  if (!judgement.missing.empty()) notes.push_back("missing: " + judgement.missing);
  judgement.note = fmt::format("{}", fmt::join(notes, "; "));
  take_outcomes(base, verdict, is_mild, judgement);
  return judgement;
}

rules::Question question_of(const RuleItem& item, const std::string& from, const std::string& to, Day day) {
  rules::Question question;
  question.item = item.item;
  question.from = from;
  question.to = to;
  question.end_user = item.end_user;
  question.date = day;
  for (const auto& [name, value] : item.facts) {
    question.facts[name] = value;
    question.where[name] = item.where.at("facts");
  }
  for (const char* const column : {"item", "end_user"}) question.where[column] = item.where.at(column);
  for (const char* const column : {"from", "to", "date", "kind"})
    question.where.try_emplace(column, item.where.at("id"));
  return question;
}

}  // namespace

Verdicts::Verdicts(std::shared_ptr<const RuleBase> base)
    : base_(std::move(base)), is_daily_(names_the_date(*base_)), changes_(change_days(*base_)) {}

int Verdicts::stretch(Day day) const {
  if (is_daily_) return day.days;
  return static_cast<int>(std::distance(changes_.begin(), changes_.upper_bound(day)));
}

const rules::Snapshot& Verdicts::snapshot(Day day) {
  std::unique_ptr<rules::Snapshot>& kept = snapshots_[stretch(day)];
  if (!kept) kept = std::make_unique<rules::Snapshot>(*base_, day);
  return *kept;
}

std::string Verdicts::alike(const std::string& from, const std::string& to, Day day) {
  const int country = base_->vocabulary.find_country(to);
  if (country < 0) return to;
  const int like = snapshot(day).alike()[static_cast<std::size_t>(country)];
  const std::string& found = base_->vocabulary.countries[static_cast<std::size_t>(like)].id;
  // A transfer inside a country is of another type than one to a country like it.
  return found == from ? to : found;
}

Result<Judgement> Verdicts::judge(const RuleItem& item, const std::string& from, const std::string& to, Day day) {
  const Key key{item.id, from, alike(from, to, day), stretch(day)};
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const auto asked = rules::make_case(*base_, question_of(item, from, std::get<2>(key), day));
  Result<Judgement> judged =
      asked ? Result<Judgement>(judgement_of(*base_, rules::comply(snapshot(day), *asked), item.undetermined))
            : Result<Judgement>(asked.error());
  return known_.emplace(key, std::move(judged)).first->second;
}

}  // namespace pinchpoint::ruling::internal
