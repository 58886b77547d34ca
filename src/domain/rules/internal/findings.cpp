// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/internal/findings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace pinchpoint::rules::internal {

namespace {

std::string values_in(const RuleBase& base, const Condition& condition, int node, const Facts& facts) {
  const Node& whole = condition.nodes[static_cast<std::size_t>(node)];
  Condition part;
  for (const Node& inner : condition.nodes) {
    if (inner.begin >= whole.begin && inner.end <= whole.end) part.nodes.push_back(inner);
  }
  std::vector<std::string> values;
  for (const int field : mentions_of(part).fields)
    values.push_back(fmt::format("{} is {}", base.vocabulary.fields[static_cast<std::size_t>(field)].name,
                                 value_text(base.vocabulary, field, facts[static_cast<std::size_t>(field)])));
  return values.empty() ? "" : fmt::format(" ({})", fmt::join(values, ", "));
}

/// Parts of a condition that `and` joins, by their truth.
struct Parts {
  std::vector<int> unknown, failed;
  std::size_t count = 0;
};

Parts parts_of_condition(const Condition& condition, const Scope& scope) {
  Parts parts;
  for (const int node : conjuncts_of(condition)) {
    ++parts.count;
    const Truth truth = evaluate_node(condition, node, scope);
    if (truth == Truth::unknown) parts.unknown.push_back(node);
    if (truth == Truth::no) parts.failed.push_back(node);
  }
  return parts;
}

std::string texts_of(const Condition& condition, const std::vector<int>& nodes) {
  std::vector<std::string> texts;
  for (const int node : nodes) texts.emplace_back(condition.text_of(node));
  return fmt::format("{}", fmt::join(texts, "; "));
}

class BearingFinder {
 public:
  BearingFinder(const Snapshot& snapshot, const Facts& facts)
      : snapshot_(snapshot), facts_(facts), text_(snapshot), enforced_(snapshot) {
    text_.evaluate_all(Column::text, facts);
    enforced_.evaluate_all(Column::enforced, facts);
    is_lifted_ = lifted(enforced_, Column::enforced);
    for (const int rule : lifted(text_, Column::text)) is_lifted_.insert(rule);
  }

  std::optional<Finding> bearing_of(int index) const {
    const Rule& rule = rule_at(index);
    const Truth text = text_.statuses()[static_cast<std::size_t>(index)];
    const Truth enforced = enforced_.statuses()[static_cast<std::size_t>(index)];
    const Truth most = either(text, enforced);
    if (most == Truth::no) return nearly(index);
    if (!rule.relieves.empty() && !has_something_to_lift(rule)) return std::nullopt;
    Finding finding{index, Bearing::applies, enforced == Truth::no, rule.conditions};
    const Column column = enforced == Truth::no ? Column::text : Column::enforced;
    if (most == Truth::unknown) {
      const auto& judge = column == Column::text ? text_ : enforced_;
      const Parts parts = parts_of_condition(rule.condition, {facts_, judge.terms(), snapshot_.groups()});
      finding.bearing = is_only_unproved(rule, column) ? Bearing::possible : Bearing::in_doubt;
      finding.why = texts_of(rule.condition, parts.unknown);
    } else if (is_lifted_.contains(index)) {
      finding.bearing = Bearing::lifted;
    }
    return finding;
  }

 private:
  [[nodiscard]] const Rule& rule_at(int index) const { return snapshot_.base().rules[static_cast<std::size_t>(index)]; }

  [[nodiscard]] std::set<int> lifted(const Judge& judge, Column column) const {
    std::set<int> rules;
    for (const int rule : snapshot_.rules(column)) {
      const Rule& it = rule_at(rule);
      if (it.step == Step::exception && judge.statuses()[static_cast<std::size_t>(rule)] == Truth::yes)
        rules.insert(it.relieves.begin(), it.relieves.end());
    }
    return rules;
  }

  [[nodiscard]] bool has_something_to_lift(const Rule& rule) const {
    return std::any_of(rule.relieves.begin(), rule.relieves.end(), [this](int other) {
      const auto place = static_cast<std::size_t>(other);
      return text_.statuses()[place] != Truth::no || enforced_.statuses()[place] != Truth::no;
    });
  }

  /// True for an exception or relief that would hold if every unproved fact that it names were as it asks.
  [[nodiscard]] bool is_only_unproved(const Rule& rule, Column column) const {
    if (rule.step != Step::exception && rule.step != Step::relief) return false;
    const auto& judge = column == Column::text ? text_ : enforced_;
    const Parts parts = parts_of_condition(rule.condition, {facts_, judge.terms(), snapshot_.groups()});
    for (const int node : parts.unknown) {
      Condition part = rule.condition;
      part.root = node;
      if (!mentions_unproved(part, node)) return false;
    }
    return true;
  }
  [[nodiscard]] bool mentions_unproved(const Condition& condition, int node) const {
    const Node& it = condition.nodes[static_cast<std::size_t>(node)];
    if (it.op == Op::negation) return mentions_unproved(condition, it.left);
    if (it.op == Op::both || it.op == Op::either)
      return mentions_unproved(condition, it.left) || mentions_unproved(condition, it.right);
    Condition part;
    part.nodes = {it};
    const auto fields = mentions_of(part).fields;
    return std::any_of(fields.begin(), fields.end(), [this](int field) {
      return snapshot_.base().vocabulary.fields[static_cast<std::size_t>(field)].absence == Absence::unproved;
    });
  }

  [[nodiscard]] std::optional<Finding> nearly(int index) const {
    const Rule& rule = rule_at(index);
    const Judge& judge = rule.standing == Standing::text ? text_ : enforced_;
    const Scope scope{facts_, judge.terms(), snapshot_.groups()};
    const Span& days = rule.standing == Standing::practice ? rule.enforced : rule.in_force;
    if (!days.holds(snapshot_.day())) return on_other_days(index, days, scope);
    const Parts parts = parts_of_condition(rule.condition, scope);
    if (parts.failed.size() != 1 || parts.count < 2 || !parts.unknown.empty()) return std::nullopt;
    const int node = parts.failed.front();
    if (rule.step == Step::embargo || !is_worth_a_word(rule.condition, node)) return std::nullopt;
    return Finding{index, Bearing::nearly, rule.standing == Standing::text,
                   fmt::format("fails only: {}{}", rule.condition.text_of(node),
                               values_in(snapshot_.base(), rule.condition, node, facts_))};
  }
  /// A figure, a route or what the item is sold for fails; not its kind or class, nor a fact that is taken as given.
  [[nodiscard]] bool is_worth_a_word(const Condition& condition, int node) const {
    const Node& it = condition.nodes[static_cast<std::size_t>(node)];
    if (it.op == Op::negation) return is_worth_a_word(condition, it.left);
    if (it.op == Op::both || it.op == Op::either)
      return is_worth_a_word(condition, it.left) || is_worth_a_word(condition, it.right);
    if (it.op == Op::term) return is_about_the_route(it.index);
    Condition part;
    part.nodes = {it};
    const auto fields = mentions_of(part).fields;
    const int kind = snapshot_.base().field("kind");
    return std::any_of(fields.begin(), fields.end(), [&](int field) {
      return field != kind &&
             snapshot_.base().vocabulary.fields[static_cast<std::size_t>(field)].absence == Absence::unknown;
    });
  }
  [[nodiscard]] bool is_about_the_route(int term) const {
    for (const Condition* condition : snapshot_.conditions_of(Column::text, term)) {
      for (const int field : mentions_of(*condition).fields) {
        if (snapshot_.base().vocabulary.fields[static_cast<std::size_t>(field)].type != FieldType::country)
          return false;
      }
      if (!mentions_of(*condition).terms.empty()) return false;
    }
    return !snapshot_.conditions_of(Column::text, term).empty();
  }

  [[nodiscard]] std::optional<Finding> on_other_days(int index, const Span& days, const Scope& scope) const {
    const Rule& rule = rule_at(index);
    const Day day = snapshot_.day();
    const bool is_soon = days.from > day && days.from.days - day.days <= nearly_days;
    const bool was_lately = days.to < day && day.days - days.to.days <= nearly_days;
    if ((!is_soon && !was_lately) || evaluate(rule.condition, scope) != Truth::yes) return std::nullopt;
    return Finding{index, Bearing::nearly, rule.standing == Standing::text,
                   is_soon ? fmt::format("in force from {} on", to_string(days.from))
                           : fmt::format("in force until {}", to_string(days.to))};
  }

  const Snapshot& snapshot_;
  const Facts& facts_;
  Judge text_, enforced_;
  std::set<int> is_lifted_;
};

/// Thresholds of a field in classes and rules of the day.
std::vector<Exact> thresholds_of(const Snapshot& snapshot, int field) {
  std::set<Exact> thresholds;
  const auto collect = [&](const Condition& condition) {
    for (const Node& node : condition.nodes) {
      if (node.op != Op::compare) continue;
      for (const auto& [side, other] :
           {std::pair(&node.left_side, &node.right_side), std::pair(&node.right_side, &node.left_side)}) {
        if (side->fields.size() == 1 && side->fields.front().second == field && other->fields.empty())
          thresholds.insert(other->constant);
      }
    }
  };
  for (const int rule : snapshot.rules(Column::enforced)) {
    const Rule& it = snapshot.base().rules[static_cast<std::size_t>(rule)];
    if (it.step != Step::notice) collect(it.condition);
  }
  return {thresholds.begin(), thresholds.end()};
}

std::string with_thresholds(const Field& field, const std::vector<std::string>& turns) {
  std::string text = fmt::format("{}: {}", field.name, field.about);
  if (!field.unit.empty()) text += fmt::format(" ({})", field.unit);
  if (!turns.empty()) text += fmt::format("; it turns at {}", fmt::join(turns, ", "));
  return text;
}

}  // namespace

std::vector<Finding> find_bearings(const Snapshot& snapshot, const Facts& facts, Regime regime) {
  const BearingFinder finder(snapshot, facts);
  std::vector<Finding> findings;
  for (std::size_t rule = 0; rule < snapshot.base().rules.size(); ++rule) {
    if (snapshot.base().rules[rule].regime != regime) continue;
    if (auto finding = finder.bearing_of(static_cast<int>(rule))) findings.push_back(std::move(*finding));
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& left, const Finding& right) { return left.bearing < right.bearing; });
  return findings;
}

std::vector<std::string> missing_in_words(const Snapshot& snapshot, const Facts& facts,
                                          const std::vector<int>& fields) {
  const RuleBase& base = snapshot.base();
  std::vector<std::string> words;
  for (const int field : fields) {
    std::vector<std::string> turns;
    const Value& tpp = facts[static_cast<std::size_t>(base.field("tpp"))];
    const bool is_density = field == base.field("pd");
    const bool asks_area = is_density && tpp.is_known_number();
    for (const Exact& threshold : thresholds_of(snapshot, field)) {
      const auto area = asks_area ? Exact::quotient(tpp.low, threshold) : std::nullopt;
      if (area) turns.push_back(fmt::format("{} (density {})", area->text(2), threshold.text()));
      if (!asks_area) turns.push_back(threshold.text());
    }
    const int shown = is_density ? base.field("area") : field;
    words.push_back(with_thresholds(base.vocabulary.fields[static_cast<std::size_t>(shown)],
                                    is_density && !asks_area ? std::vector<std::string>{} : turns));
  }
  return words;
}

}  // namespace pinchpoint::rules::internal
