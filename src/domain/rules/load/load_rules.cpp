// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "domain/rules/internal/loaders.hpp"

namespace pinchpoint::rules {

namespace {

template <class Names>
int place_in(const Names& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? 0 : static_cast<int>(found - names.begin());
}

void load_definitions(const RuleTable& table, RuleBase& base, Diagnostics& diagnostics) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    auto condition =
        parse_condition(table.text(row, "condition"), table.where(row, "condition"), base.vocabulary, diagnostics);
    if (!condition) continue;
    base.definitions.push_back({base.vocabulary.find_term(table.text(row, "definition")), std::move(*condition),
                                table.span(row), citation_of(table, row)});
  }
}

/// Which of effect, subject, posture and relieves a step needs and may have.
void check_form(const RuleTable& table, std::size_t row, Step step, Diagnostics& diagnostics) {
  const bool has_effect = step == Step::embargo || step == Step::party || step == Step::destination ||
                          step == Step::end_use || step == Step::letter;
  const bool has_subject = step == Step::classify || step == Step::exception;
  const bool has_relieves = step == Step::exception || step == Step::relief;
  const auto check = [&](const char* column, bool is_wanted, bool is_forbidden) {
    const bool is_filled = !table.text(row, column).empty();
    if (is_wanted && !is_filled)
      diagnostics.add(Code::rule_form, table.where(row, column),
                      fmt::format("a rule of step '{}' needs '{}'", table.text(row, "step"), column));
    if (is_forbidden && is_filled)
      diagnostics.add(Code::rule_form, table.where(row, column),
                      fmt::format("a rule of step '{}' has no '{}'", table.text(row, "step"), column));
  };
  check("effect", has_effect, !has_effect);
  check("subject", has_subject, !has_subject);
  check("relieves", has_relieves, !has_relieves);
  check("posture", step == Step::relief, step == Step::classify || step == Step::exception || step == Step::notice);
}

/// From the day of compliance, and never where a text is not enforced or a practice has no text.
void set_days(const RuleTable& table, std::size_t row, Rule& rule) {
  constexpr Span never{last_day, first_day};
  const Span days = table.span(row);
  rule.in_force = rule.standing == Standing::practice ? never : days;
  rule.enforced = rule.standing == Standing::text ? never : days;
  const auto comply = parse_day(table.text(row, "comply_from"));
  if (comply && rule.standing != Standing::text) rule.enforced.from = *comply;
}

Rule rule_of(const RuleTable& table, std::size_t row, Condition condition, RuleBase& base) {
  Rule rule;
  rule.id = table.text(row, "rule");
  rule.regime = static_cast<Regime>(place_in(regime_names, table.text(row, "regime")));
  rule.step = static_cast<Step>(place_in(step_names, table.text(row, "step")));
  rule.condition = std::move(condition);
  rule.is_prohibition = table.text(row, "effect") == "prohibited";
  rule.subject = table.text(row, "subject");
  if (rule.step == Step::classify) rule.term = base.vocabulary.find_term(rule.subject);
  rule.posture = static_cast<Posture>(place_in(posture_names, table.text(row, "posture")));
  const std::string& standing = table.text(row, "standing");
  rule.standing = standing == "text" ? Standing::text : standing == "practice" ? Standing::practice : Standing::law;
  set_days(table, row, rule);
  rule.verify = table.flag(row, "verify");
  rule.conditions = table.text(row, "conditions");
  rule.source = citation_of(table, row);
  rule.where = table.where(row, "rule");
  return rule;
}

struct Pending {
  Rule rule;
  std::vector<std::string> relieves;
  SourceSpan relieves_where;
};

void link_relieves(const std::vector<Pending>& pending, RuleBase& base, Diagnostics& diagnostics) {
  std::vector<std::string> ids;
  for (const Rule& rule : base.rules) ids.push_back(rule.id);
  for (std::size_t place = 0; place < pending.size(); ++place) {
    for (const std::string& id : pending[place].relieves) {
      if (find_row(id, ids, pending[place].relieves_where, "rules.csv", diagnostics) < 0) continue;
      for (std::size_t other = 0; other < ids.size(); ++other) {
        if (ids[other] == id) base.rules[place].relieves.push_back(static_cast<int>(other));
      }
    }
  }
}

/// Terms that each term's conditions name.
std::vector<std::vector<int>> term_edges(const RuleBase& base) {
  std::vector<std::vector<int>> edges(base.vocabulary.terms.size());
  const auto add = [&edges](int term, const Condition& condition) {
    auto& list = edges[static_cast<std::size_t>(term)];
    const auto named = mentions_of(condition).terms;
    list.insert(list.end(), named.begin(), named.end());
  };
  for (const Definition& definition : base.definitions) add(definition.term, definition.condition);
  for (const Rule& rule : base.rules) {
    if (rule.term >= 0) add(rule.term, rule.condition);
  }
  return edges;
}

void order_terms(RuleBase& base, Diagnostics& diagnostics) {
  const auto edges = term_edges(base);
  std::vector<bool> is_done(edges.size(), false);
  bool has_moved = true;
  while (has_moved) {
    has_moved = false;
    for (std::size_t term = 0; term < edges.size(); ++term) {
      const auto is_ready = [&](int other) { return is_done[static_cast<std::size_t>(other)]; };
      if (is_done[term] || !std::all_of(edges[term].begin(), edges[term].end(), is_ready)) continue;
      is_done[term] = has_moved = true;
      base.term_order.push_back(static_cast<int>(term));
    }
  }
  std::vector<std::string> stuck;
  for (std::size_t term = 0; term < edges.size(); ++term) {
    if (!is_done[term]) stuck.push_back(base.vocabulary.terms[term]);
  }
  if (!stuck.empty())
    diagnostics.add(Code::definition_cycle, {"definitions.csv", 1, 1, 0},
                    fmt::format("these rest on themselves: {}", fmt::join(stuck, ", ")));
}

}  // namespace

void internal::load_rules(const RuleTables& tables, RuleBase& base, Diagnostics& diagnostics) {
  load_definitions(tables.at("definitions"), base, diagnostics);
  const RuleTable& table = tables.at("rules");
  std::vector<Pending> pending;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    auto condition =
        parse_condition(table.text(row, "condition"), table.where(row, "condition"), base.vocabulary, diagnostics);
    const Step step = static_cast<Step>(place_in(step_names, table.text(row, "step")));
    check_form(table, row, step, diagnostics);
    if (!condition) continue;
    pending.push_back(
        {rule_of(table, row, std::move(*condition), base), table.ids(row, "relieves"), table.where(row, "relieves")});
  }
  std::stable_sort(pending.begin(), pending.end(),
                   [](const Pending& left, const Pending& right) { return left.rule.step < right.rule.step; });
  for (const Pending& item : pending) base.rules.push_back(item.rule);
  link_relieves(pending, base, diagnostics);
  order_terms(base, diagnostics);
}

}  // namespace pinchpoint::rules
