// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "domain/rules/rule_base.hpp"

namespace pinchpoint::rules {

/// Whether the owners of every party add up to what its row says, and nobody owns itself.
///
/// errors    RUL-009, RUL-010, each at the row of an owner
void check_ownership(const RuleBase& base, Diagnostics& diagnostics);

/// The party at the top of the chain of majority owners; the party itself if nobody holds half of it; -1 if what is
/// known of its owners leaves that open.
[[nodiscard]] int ultimate_parent(const RuleBase& base, int party, Day day);

[[nodiscard]] bool is_listed(const RuleBase& base, int party, Day day);

/// Share of a party that listed parties hold, alone or added up, directly or through parties of which they hold half:
/// an owner that is listed, or is owned by listed ones to a half, counts with all it holds.
///
///   share(p) = sum over owners o of share(o, p) [o listed, or share(o) >= 0.5]
///
/// Bounds where only some owners are known.
[[nodiscard]] Value listed_owner_share(const RuleBase& base, int party, Day day);

/// Share of a party that reaches owners of a kind, multiplied along each path and added over the paths.
[[nodiscard]] Value indirect_share(const RuleBase& base, int party, Day day,
                                   const std::function<bool(int)>& is_counted);

}  // namespace pinchpoint::rules
