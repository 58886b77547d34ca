// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/rules/language/condition.hpp"

namespace pinchpoint::rules {

/// Of three values: what is not known may be either. and = min, or = max.
enum class Truth : std::uint8_t { no, unknown, yes };

[[nodiscard]] constexpr Truth operator!(Truth truth) { return static_cast<Truth>(2 - static_cast<int>(truth)); }
[[nodiscard]] constexpr Truth both(Truth left, Truth right) { return left < right ? left : right; }
[[nodiscard]] constexpr Truth either(Truth left, Truth right) { return left < right ? right : left; }
[[nodiscard]] constexpr Truth truth_of(bool is_so) { return is_so ? Truth::yes : Truth::no; }

/// A fact as far as it is known: a number between bounds (days too), a word, a country, or yes and no.
struct Value {
  Exact low, high;
  bool has_low = false, has_high = false;
  int word = -1;  ///< word, country, or 1 = yes and 0 = no; -1 = unknown

  [[nodiscard]] static Value number(const Exact& exact) { return {exact, exact, true, true, -1}; }
  [[nodiscard]] static Value of_word(int word) { return {{}, {}, false, false, word}; }
  [[nodiscard]] static Value truth(bool is_so) { return of_word(is_so ? 1 : 0); }
  [[nodiscard]] bool is_known_number() const { return has_low && has_high && low == high; }
  friend bool operator==(const Value&, const Value&) = default;
};

/// One value a field of the vocabulary.
using Facts = std::vector<Value>;

/// What a condition is judged by: facts, the terms it may name, and the groups of every country as bits.
struct Scope {
  const Facts& facts;
  const std::vector<Truth>& terms;
  const std::vector<std::uint64_t>& groups;
};

/// The value of a condition. Total: it never fails, and unknown facts make it unknown only where they matter.
[[nodiscard]] Truth evaluate(const Condition& condition, const Scope& scope);
[[nodiscard]] Truth evaluate_node(const Condition& condition, int node, const Scope& scope);

/// The parts of a condition that `and` joins at its top, left to right.
[[nodiscard]] std::vector<int> conjuncts_of(const Condition& condition);

}  // namespace pinchpoint::rules
