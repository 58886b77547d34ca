// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/judge.hpp"

#include <algorithm>
#include <set>

#include "domain/rules/internal/candidates.hpp"

namespace pinchpoint::rules {

namespace {

const Rule& rule_at(const Snapshot& snapshot, int rule) {
  return snapshot.base().rules[static_cast<std::size_t>(rule)];
}

bool is_known(const Field& field, const Value& value) {
  if (field.type == FieldType::number || field.type == FieldType::day) return value.is_known_number();
  return value.word >= 0;
}

void insert_sorted(std::vector<Outcome>& outcomes, const Outcome& outcome) {
  const auto place = std::lower_bound(outcomes.begin(), outcomes.end(), outcome);
  if (place == outcomes.end() || *place != outcome) outcomes.insert(place, outcome);
}

}  // namespace

void Judge::evaluate_all(Column column, const Facts& facts) {
  if (is_narrow_) {
    const Narrow& narrow = narrow_[static_cast<std::size_t>(column)];
    terms_ = narrow.terms;
    for (const int term : narrow.open_terms) snapshot_.judge_term(column, term, facts, terms_);
  } else {
    snapshot_.judge_terms(column, facts, terms_);
  }
  statuses_.assign(snapshot_.base().rules.size(), Truth::no);
  const Scope scope{facts, terms_, snapshot_.groups()};
  for (const int rule : rules(column)) {
    const Rule& it = rule_at(snapshot_, rule);
    if (skips_unconfirmed_ && it.verify) continue;
    statuses_[static_cast<std::size_t>(rule)] = evaluate(it.condition, scope);
  }
}

void Judge::narrow(const Facts& shared) {
  is_narrow_ = false;
  std::array<Narrow, 2> found;
  for (const Column column : columns) {
    Narrow& narrow = found[static_cast<std::size_t>(column)];
    evaluate_all(column, shared);
    narrow.terms = terms_;
    for (const int term : snapshot_.base().term_order) {
      if (terms_[static_cast<std::size_t>(term)] == Truth::unknown) narrow.open_terms.push_back(term);
    }
    for (const int rule : rules(column)) {
      if (statuses_[static_cast<std::size_t>(rule)] != Truth::no) narrow.rules.push_back(rule);
    }
  }
  narrow_ = std::move(found);
  is_narrow_ = true;
}

void Judge::judge(Column column, const Facts& facts, Rulings& rulings) {
  skips_unconfirmed_ = false;
  decide(column, facts, rulings);
}

void Judge::judge_without_unconfirmed(Column column, const Facts& facts, Rulings& rulings) {
  skips_unconfirmed_ = true;
  decide(column, facts, rulings);
  skips_unconfirmed_ = false;
}

void Judge::decide(Column column, const Facts& facts, Rulings& rulings) {
  evaluate_all(column, facts);
  const std::vector<int> open = open_fields(column, facts);
  if (!open.empty()) {
    try_all(column, facts, open, rulings);
    return;
  }
  for (std::size_t regime = 0; regime < rulings.size(); ++regime) {
    rulings[regime].missing.clear();
    rulings[regime].outcomes.assign(1, resolve(column, static_cast<Regime>(regime)));
  }
}

std::vector<int> Judge::open_fields(Column column, const Facts& facts) const {
  std::set<int> fields;
  std::set<int> seen_terms;
  std::vector<const Condition*> open;
  for (const int rule : rules(column)) {
    const Rule& it = rule_at(snapshot_, rule);
    if (statuses_[static_cast<std::size_t>(rule)] != Truth::unknown) continue;
    if (is_restriction(it.step) || it.step == Step::exception || it.step == Step::relief) open.push_back(&it.condition);
  }
  while (!open.empty()) {
    const Mentions mentions = mentions_of(*open.back());
    open.pop_back();
    fields.insert(mentions.fields.begin(), mentions.fields.end());
    for (const int term : mentions.terms) {
      if (terms_[static_cast<std::size_t>(term)] != Truth::unknown || !seen_terms.insert(term).second) continue;
      const auto& conditions = snapshot_.conditions_of(column, term);
      open.insert(open.end(), conditions.begin(), conditions.end());
    }
  }
  std::vector<int> unknown;
  for (const int field : fields) {
    const Field& it = snapshot_.base().vocabulary.fields[static_cast<std::size_t>(field)];
    if (it.absence != Absence::unproved && !is_known(it, facts[static_cast<std::size_t>(field)]))
      unknown.push_back(field);
  }
  return unknown;
}

std::vector<Value> Judge::candidates(Column column, int field, const Facts& facts) const {
  std::vector<const Condition*> conditions;
  for (const int rule : rules(column)) {
    if (statuses_[static_cast<std::size_t>(rule)] == Truth::unknown && rule_at(snapshot_, rule).step != Step::notice)
      conditions.push_back(&rule_at(snapshot_, rule).condition);
  }
  for (std::size_t term = 0; term < terms_.size(); ++term) {
    if (terms_[term] != Truth::unknown) continue;
    const auto& more = snapshot_.conditions_of(column, static_cast<int>(term));
    conditions.insert(conditions.end(), more.begin(), more.end());
  }
  return internal::candidates_of(snapshot_, conditions, field, facts);
}

void Judge::try_all(Column column, Facts facts, const std::vector<int>& fields, Rulings& rulings) {
  std::vector<std::vector<Value>> values;
  std::size_t count = 1;
  for (const int field : fields) {
    values.push_back(candidates(column, field, facts));
    count = std::min(count * values.back().size(), most_branches + 1);
  }
  while (count >
         most_branches) {  // one value for the last field: fewer outcomes may be found, and the field is missing
    count = count / std::max<std::size_t>(values.back().size(), 1);
    values.back().resize(1);
  }
  std::vector<std::array<Outcome, regime_names.size()>> found(count);
  for (Ruling& ruling : rulings) ruling = {};
  for (std::size_t branch = 0; branch < count; ++branch) {
    std::size_t rest = branch;
    for (std::size_t place = 0; place < fields.size(); ++place) {
      facts[static_cast<std::size_t>(fields[place])] = values[place][rest % values[place].size()];
      rest /= values[place].size();
    }
    evaluate_all(column, facts);
    for (std::size_t regime = 0; regime < rulings.size(); ++regime) {
      found[branch][regime] = resolve(column, static_cast<Regime>(regime));
      insert_sorted(rulings[regime].outcomes, found[branch][regime]);
    }
  }
  internal::find_missing(fields, values, found, rulings);
}

bool Judge::is_lifted(Column column, int rule, int& exception) const {
  for (const int other : rules(column)) {
    const Rule& it = rule_at(snapshot_, other);
    if (it.step != Step::exception || statuses_[static_cast<std::size_t>(other)] != Truth::yes) continue;
    if (std::find(it.relieves.begin(), it.relieves.end(), rule) == it.relieves.end()) continue;
    if (exception < 0) exception = other;
    return true;
  }
  return false;
}

Posture Judge::softened(Column column, int rule) const {
  Posture posture = rule_at(snapshot_, rule).posture;
  for (const int other : rules(column)) {
    const Rule& it = rule_at(snapshot_, other);
    if (it.step != Step::relief || statuses_[static_cast<std::size_t>(other)] != Truth::yes) continue;
    if (std::find(it.relieves.begin(), it.relieves.end(), rule) != it.relieves.end())
      posture = std::min(posture, it.posture);
  }
  return posture;
}

Outcome Judge::resolve(Column column, Regime regime) const {
  Outcome outcome;
  int exception = -1;
  bool is_blocked = false, is_needed = false, has_lifted = false;
  Posture lifted_posture = Posture::none;
  for (const int rule : rules(column)) {
    const Rule& it = rule_at(snapshot_, rule);
    // A restriction whose last doubt is a fact that must be proved bites.
    if (it.regime != regime || !is_restriction(it.step) || statuses_[static_cast<std::size_t>(rule)] == Truth::no)
      continue;
    if (it.is_prohibition) return {Answer::prohibited, it.posture, -1};
    if (is_lifted(column, rule, exception)) {
      has_lifted = true;
      lifted_posture = std::max(lifted_posture, softened(column, rule));
      continue;
    }
    is_needed = true;
    is_blocked = is_blocked || it.step != Step::destination;
    outcome.posture = std::max(outcome.posture, softened(column, rule));
  }
  if (is_needed) {
    outcome.answer = Answer::licence_required;
    // Exceptions are off where a party, an end use or a letter asks for a licence.
    if (is_blocked) outcome.posture = std::max(outcome.posture, lifted_posture);
  } else if (has_lifted) {
    outcome.answer = Answer::exception;
    outcome.exception = exception;
  }
  return outcome;
}

}  // namespace pinchpoint::rules
