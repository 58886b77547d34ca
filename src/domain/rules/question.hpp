// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/rules/rule_base.hpp"

namespace pinchpoint::rules {

/// May this item go from here to there, to this user, on this date?
struct Question {
  std::string item;      ///< a product; empty if `facts` describe the item
  std::string from, to;  ///< countries
  std::string end_user;  ///< a party of the base, or any name; empty = somebody of the destination
  Day date;
  std::map<std::string, std::string> facts;  ///< field and value: these win over what the base says
  std::map<std::string, SourceSpan> where;   ///< of item, from, to, end_user and each fact, where they stand in a file
};

/// A question as facts.
struct Case {
  Facts facts;
  int product = -1, party = -1;
  std::vector<int> taken;          ///< fields whose value nobody stated: defaults and what the engine supposes
  std::vector<std::string> notes;  ///< what the reader must know about how the facts were made
};

/// errors    RUL-013 unknown item or fact, a value that does not fit; RUL-004 no such country
[[nodiscard]] Result<Case> make_case(const RuleBase& base, const Question& question);

/// Sets where the goods go and where the end user sits, as a bulk of questions needs it.
void set_route(const RuleBase& base, Facts& facts, int from, int to);

}  // namespace pinchpoint::rules
