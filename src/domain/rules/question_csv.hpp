// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "domain/rules/question.hpp"

namespace pinchpoint::rules {

/// Questions from a CSV: columns item, from, to, end_user, date, and any field of the base as a fact. Empty cells say
/// nothing.
///
/// errors    CSV-001 to CSV-005, TAB-001, TAB-002, TAB-004, RUL-005, each at its cell
[[nodiscard]] Result<std::vector<Question>> read_questions(const std::string& text, const std::string& file,
                                                           const RuleBase& base);

}  // namespace pinchpoint::rules
