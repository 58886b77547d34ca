// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/snapshot.hpp"

#include <map>
#include <set>

namespace pinchpoint::rules {

Snapshot::Snapshot(const RuleBase& base, Day day) : base_(base), day_(day) {
  for (const Column column : columns) {
    Part& part = parts_[static_cast<std::size_t>(column)];
    part.terms.resize(base.vocabulary.terms.size());
    for (const Definition& definition : base.definitions) {
      if (definition.span.holds(day))
        part.terms[static_cast<std::size_t>(definition.term)].push_back(&definition.condition);
    }
    for (std::size_t rule = 0; rule < base.rules.size(); ++rule) {
      const Rule& it = base.rules[rule];
      if (!(column == Column::text ? it.in_force : it.enforced).holds(day)) continue;
      part.rules.push_back(static_cast<int>(rule));
      if (it.term >= 0) part.terms[static_cast<std::size_t>(it.term)].push_back(&it.condition);
    }
  }
  find_groups();
  find_alike();
}

void Snapshot::find_groups() {
  const Vocabulary& vocabulary = base_.vocabulary;
  groups_.assign(vocabulary.countries.size(), 0);
  for (const Membership& row : base_.memberships) {
    if (row.span.holds(day_)) groups_[static_cast<std::size_t>(row.country)] |= std::uint64_t{1} << row.group;
  }
  for (std::size_t country = 0; country < groups_.size(); ++country) {
    const int as = vocabulary.find_country(vocabulary.countries[country].as);
    if (as >= 0) groups_[country] |= groups_[static_cast<std::size_t>(as)];
  }
}

void Snapshot::find_alike() {
  std::set<int> named;
  std::uint64_t told_apart = 0;
  const auto collect = [&](const Condition& condition) {
    for (const Node& node : condition.nodes) {
      if (node.op == Op::group_in) told_apart |= std::uint64_t{1} << node.group;
      if (node.op == Op::word_in &&
          base_.vocabulary.fields[static_cast<std::size_t>(node.index)].type == FieldType::country)
        named.insert(node.set.begin(), node.set.end());
    }
  };
  for (const Rule& rule : base_.rules) collect(rule.condition);
  for (const Definition& definition : base_.definitions) collect(definition.condition);
  std::map<std::uint64_t, int> first;
  for (std::size_t country = 0; country < groups_.size(); ++country) {
    const int self = static_cast<int>(country);
    alike_.push_back(named.contains(self) ? self : first.emplace(groups_[country] & told_apart, self).first->second);
  }
}

void Snapshot::judge_terms(Column column, const Facts& facts, std::vector<Truth>& terms) const {
  terms.assign(base_.vocabulary.terms.size(), Truth::no);
  for (const int term : base_.term_order) judge_term(column, term, facts, terms);
}

void Snapshot::judge_term(Column column, int term, const Facts& facts, std::vector<Truth>& terms) const {
  const Scope scope{facts, terms, groups_};
  Truth truth = Truth::no;
  for (const Condition* condition : conditions_of(column, term)) truth = either(truth, evaluate(*condition, scope));
  terms[static_cast<std::size_t>(term)] = truth;
}

}  // namespace pinchpoint::rules
