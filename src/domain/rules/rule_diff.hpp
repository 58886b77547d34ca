// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "domain/rules/bulk.hpp"

namespace pinchpoint::rules {

/// A rule that holds on one of two days only.
struct RuleChange {
  int rule = -1;
  bool has_begun = false;  ///< holds on the second day; else on the first
  bool is_text_only = false;
};

/// A membership of a country group that holds on one of two days only.
struct GroupChange {
  int country = -1, group = -1;
  bool has_begun = false;
};

/// Countries for which the verdict of a product changed in the same way.
struct VerdictChange {
  int product = -1;
  ShortVerdict before, after;
  std::vector<int> countries;
};

struct RuleDiff {
  Day before, after;
  std::vector<RuleChange> rules;
  std::vector<GroupChange> groups;
  std::vector<VerdictChange> verdicts;
  std::size_t asked = 0;  ///< products times countries
};

/// What changed between two days, and for which products and countries the verdict on goods from `from` did.
[[nodiscard]] RuleDiff compare_days(const RuleBase& base, Day before, Day after, int from, unsigned threads);

}  // namespace pinchpoint::rules
