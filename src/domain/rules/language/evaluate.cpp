// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/language/evaluate.hpp"

#include <algorithm>

namespace pinchpoint::rules {

namespace {

const Value& value_of(const Scope& scope, int field) { return scope.facts[static_cast<std::size_t>(field)]; }

/// Bounds of constant + sum of factor * field; a bound that does not fit is none.
Value bounds_of(const Linear& linear, const Scope& scope) {
  if (linear.fields.empty()) return Value::number(linear.constant);
  static const Exact one(1), zero;
  if (linear.fields.size() == 1 && linear.constant == zero && linear.fields.front().first == one)
    return value_of(scope, linear.fields.front().second);
  Value sum = Value::number(linear.constant);
  const auto add = [](const Exact& part, Exact& bound, bool& has) {
    if (!has) return;
    const auto total = Exact::sum(bound, part);
    has = total.has_value();
    if (total) bound = *total;
  };
  for (const auto& [factor, field] : linear.fields) {
    Value value = value_of(scope, field);
    if (factor.is_negative()) {
      std::swap(value.low, value.high);
      std::swap(value.has_low, value.has_high);
    }
    const auto low = value.has_low ? Exact::product(value.low, factor) : std::nullopt;
    const auto high = value.has_high ? Exact::product(value.high, factor) : std::nullopt;
    sum.has_low = sum.has_low && low;
    sum.has_high = sum.has_high && high;
    if (low) add(*low, sum.low, sum.has_low);
    if (high) add(*high, sum.high, sum.has_high);
  }
  return sum;
}

Truth is_less(const Value& left, const Value& right) {
  if (left.has_high && right.has_low && left.high < right.low) return Truth::yes;
  if (left.has_low && right.has_high && left.low >= right.high) return Truth::no;
  return Truth::unknown;
}

Truth is_equal(const Value& left, const Value& right) {
  if (left.is_known_number() && right.is_known_number()) return truth_of(left.low == right.low);
  const bool are_apart = (left.has_high && right.has_low && left.high < right.low) ||
                         (left.has_low && right.has_high && right.high < left.low);
  return are_apart ? Truth::no : Truth::unknown;
}

Truth compare(const Node& node, const Scope& scope) {
  const Value left = bounds_of(node.left_side, scope);
  const Value right = bounds_of(node.right_side, scope);
  switch (node.relation) {
    case Relation::less:
      return is_less(left, right);
    case Relation::at_most:
      return !is_less(right, left);
    case Relation::more:
      return is_less(right, left);
    case Relation::at_least:
      return !is_less(left, right);
    case Relation::equal:
      return is_equal(left, right);
    case Relation::unequal:
      return !is_equal(left, right);
  }
  return Truth::unknown;
}

Truth is_member(const Node& node, const Scope& scope) {
  const int word = value_of(scope, node.index).word;
  if (word < 0) return Truth::unknown;
  return truth_of(std::find(node.set.begin(), node.set.end(), word) != node.set.end());
}

Truth is_in_group(const Node& node, const Scope& scope) {
  const int country = value_of(scope, node.index).word;
  if (country < 0) return Truth::unknown;
  return truth_of((scope.groups[static_cast<std::size_t>(country)] >> node.group & 1U) != 0);
}

}  // namespace

Truth evaluate_node(const Condition& condition, int index, const Scope& scope) {
  const Node& node = condition.nodes[static_cast<std::size_t>(index)];
  switch (node.op) {
    case Op::constant:
      return truth_of(node.truth);
    case Op::truth_field: {
      const int word = value_of(scope, node.index).word;
      return word < 0 ? Truth::unknown : truth_of(word == 1);
    }
    case Op::term:
      return scope.terms[static_cast<std::size_t>(node.index)];
    case Op::compare:
      return compare(node, scope);
    case Op::word_in:
      return is_member(node, scope);
    case Op::group_in:
      return is_in_group(node, scope);
    case Op::negation:
      return !evaluate_node(condition, node.left, scope);
    case Op::both: {
      const Truth left = evaluate_node(condition, node.left, scope);
      return left == Truth::no ? left : both(left, evaluate_node(condition, node.right, scope));
    }
    case Op::either: {
      const Truth left = evaluate_node(condition, node.left, scope);
      return left == Truth::yes ? left : either(left, evaluate_node(condition, node.right, scope));
    }
  }
  return Truth::unknown;
}

Truth evaluate(const Condition& condition, const Scope& scope) {
  return evaluate_node(condition, condition.root, scope);
}

std::vector<int> conjuncts_of(const Condition& condition) {
  std::vector<int> parts;
  std::vector<int> open = {condition.root};
  while (!open.empty()) {
    const int index = open.back();
    open.pop_back();
    const Node& node = condition.nodes[static_cast<std::size_t>(index)];
    if (node.op != Op::both) {
      parts.push_back(index);
      continue;
    }
    open.push_back(node.right);
    open.push_back(node.left);
  }
  return parts;
}

}  // namespace pinchpoint::rules
