// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "analysis/ruling/internal/verdicts.hpp"

namespace pinchpoint::ruling::internal {

/// How far the rules are known: those of later days are not; nothing = every day by its own rules.
using Vintage = std::optional<rules::Day>;

/// The day by whose rules a month is judged: its 15th, or the vintage if that is earlier.
[[nodiscard]] rules::Day day_of(Date month, const Vintage& vintage);

/// Every flow of the world's rule_items between two countries that somebody may send and somebody may use, over the
/// months of the horizon. `measures` of the flows are left empty.
///
/// errors    RUL-004, RUL-013 of questions; RUL-015 cannot tell; RUL-016 no such country; RUL-017 a licence without
///           outcome; RUL-019 rows that do not fit
[[nodiscard]] Result<std::vector<RuledFlow>> judge_flows(const World& world, Verdicts& verdicts,
                                                         const Vintage& vintage);

}  // namespace pinchpoint::ruling::internal
