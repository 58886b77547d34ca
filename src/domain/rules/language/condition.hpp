// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "domain/rules/language/exact.hpp"
#include "domain/rules/language/vocabulary.hpp"

namespace pinchpoint::rules {

/// constant + sum of factor * number field
struct Linear {
  Exact constant;
  std::vector<std::pair<Exact, int>> fields;
};

enum class Relation : std::uint8_t { less, at_most, more, at_least, equal, unequal };

/// Kinds of a condition's nodes.
enum class Op : std::uint8_t { constant, truth_field, term, compare, word_in, group_in, negation, both, either };

struct Node {
  Op op = Op::constant;
  Relation relation = Relation::equal;
  bool truth = true;          ///< of a constant
  int left = -1, right = -1;  ///< nodes
  int index = -1;             ///< field, or term
  int group = -1;
  std::vector<int> set;            ///< words or countries
  Linear left_side, right_side;    ///< of a comparison
  std::size_t begin = 0, end = 0;  ///< its text in the condition
};

/// A condition over named fields: and, or, not, comparisons of sums, membership of sets, country groups and classes.
/// It cannot fail, loop or call anything. docs/formulation/rules.md has its grammar.
struct Condition {
  std::string text;
  std::vector<Node> nodes;
  int root = -1;

  [[nodiscard]] std::string_view text_of(int node) const {
    const auto& it = nodes[static_cast<std::size_t>(node)];
    return std::string_view(text).substr(it.begin, it.end - it.begin);
  }
};

/// Deepest nesting of parentheses and `not`.
inline constexpr int deepest_condition = 64;

/// Reads and checks a condition. `where` is the place of its first letter; words in sets become known to the
/// vocabulary.
///
/// errors    RUL-001 cannot be read, RUL-002 unknown name, RUL-003 types that do not go together, RUL-004 no such
///           country
[[nodiscard]] std::optional<Condition> parse_condition(std::string_view text, const SourceSpan& where,
                                                       Vocabulary& vocabulary, Diagnostics& diagnostics);

/// Fields and terms that a condition names, each once.
struct Mentions {
  std::vector<int> fields, terms;
};
[[nodiscard]] Mentions mentions_of(const Condition& condition);

}  // namespace pinchpoint::rules
