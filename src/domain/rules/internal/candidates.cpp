// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/internal/candidates.hpp"

#include <algorithm>
#include <set>

namespace pinchpoint::rules::internal {

namespace {

std::optional<Exact> times(const Exact& left, const Exact& right) { return Exact::product(left, right); }

/// Where left side = right side if `field` is all that is not known; other unknown facts count as 0.
std::optional<Exact> threshold_of(const Node& node, int field, const Facts& facts) {
  Exact constant, factor;
  const auto add = [&](const Linear& side, const Exact& sign) {
    const auto first = times(side.constant, sign);
    auto sum = first ? Exact::sum(constant, *first) : std::nullopt;
    for (const auto& [coefficient, other] : side.fields) {
      const auto signed_coefficient = times(coefficient, sign);
      if (!sum || !signed_coefficient) return false;
      const Value& value = facts[static_cast<std::size_t>(other)];
      if (other == field) {
        factor = Exact::sum(factor, *signed_coefficient).value_or(factor);
      } else if (value.is_known_number()) {
        const auto part = times(*signed_coefficient, value.low);
        sum = part ? Exact::sum(*sum, *part) : std::nullopt;
      }
    }
    if (sum) constant = *sum;
    return sum.has_value();
  };
  if (!add(node.left_side, Exact(-1)) || !add(node.right_side, Exact(1))) return std::nullopt;
  if (factor == Exact(0)) return std::nullopt;
  const auto ratio = Exact::quotient(constant, factor);
  return ratio ? times(*ratio, Exact(-1)) : std::nullopt;
}

std::vector<Value> numbers_between(const std::set<Exact>& thresholds, const Value& known) {
  static const Exact half = *parse_exact("0.5");
  std::vector<Exact> tried;
  const Exact* last = nullptr;
  for (const Exact& threshold : thresholds) {
    const Exact below = last != nullptr ? *last : Exact(0);
    const auto sum = Exact::sum(below, threshold);
    const auto middle = sum ? Exact::product(*sum, half) : std::nullopt;
    if (middle && *middle < threshold) tried.push_back(*middle);
    tried.push_back(threshold);
    last = &threshold;
  }
  const Exact top = last != nullptr ? *last : Exact(0);
  if (const auto above = Exact::sum(top, Exact(1))) tried.push_back(*above);
  std::vector<Value> values;
  for (const Exact& number : tried) {
    if ((known.has_low && number < known.low) || (known.has_high && number > known.high)) continue;
    values.push_back(Value::number(number));
  }
  // The ends of what is known stand for the stretch between an end and its nearest threshold.
  if (known.has_low) values.push_back(Value::number(known.low));
  if (known.has_high) values.push_back(Value::number(known.high));
  return values;
}

}  // namespace

std::vector<Value> candidates_of(const Snapshot& snapshot, const std::vector<const Condition*>& conditions, int field,
                                 const Facts& facts) {
  const FieldType type = snapshot.base().vocabulary.fields[static_cast<std::size_t>(field)].type;
  if (type == FieldType::truth) return {Value::truth(false), Value::truth(true)};
  std::vector<Value> values;
  if (type == FieldType::country) {
    const std::vector<int>& alike = snapshot.alike();
    for (std::size_t country = 0; country < alike.size(); ++country) {
      if (alike[country] == static_cast<int>(country)) values.push_back(Value::of_word(alike[country]));
    }
    return values;
  }
  std::set<Exact> thresholds;
  std::set<int> words = {other_word};
  for (const Condition* condition : conditions) {
    for (const Node& node : condition->nodes) {
      if (node.op == Op::word_in && node.index == field) words.insert(node.set.begin(), node.set.end());
      if (node.op != Op::compare) continue;
      if (const auto threshold = threshold_of(node, field, facts)) thresholds.insert(*threshold);
    }
  }
  if (type != FieldType::word) return numbers_between(thresholds, facts[static_cast<std::size_t>(field)]);
  for (const int word : words) values.push_back(Value::of_word(word));
  return values;
}

void find_missing(const std::vector<int>& fields, const std::vector<std::vector<Value>>& values,
                  const std::vector<std::array<Outcome, regime_names.size()>>& found, Rulings& rulings) {
  std::size_t stride = 1;
  for (std::size_t place = 0; place < fields.size(); ++place) {
    const std::size_t size = values[place].size();
    for (std::size_t regime = 0; regime < rulings.size(); ++regime) {
      bool changes = false;
      for (std::size_t branch = 0; branch < found.size() && !changes; ++branch) {
        if (branch / stride % size != 0) changes = found[branch][regime] != found[branch - stride][regime];
      }
      if (changes) rulings[regime].missing.push_back(fields[place]);
    }
    stride *= size;
  }
}

}  // namespace pinchpoint::rules::internal
