// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/explain/goals.hpp"
#include "analysis/explain/live_plan.hpp"
#include "analysis/explain/wording.hpp"

namespace pinchpoint::explain {

/// One part of what a link of the chain is worth: an input, the rent of a limit, or money.
struct PricePart {
  std::string family;  ///< of the row or bound it is paid to; "cost" for money
  std::string what;    ///< "HBM3E in South Korea", "capacity of …", "its own cost"
  double share = 0;    ///< of what the link earns
};

/// One link: a way in which what is short could come, and what it is paid for.
struct CauseLink {
  std::string family;  ///< of the column
  Thing thing;
  PeriodId period;
  double worth = 0;              ///< discounted money that one display unit of it earns
  std::vector<PricePart> parts;  ///< greatest first
  std::string sentence;
};

/// Why a programme is short: from it down to what binds.
struct Cause {
  PeriodId period;               ///< of the shortage that is followed
  std::string verdict;           ///< "… gets 8,824 of 10,000 MW in 2028Q4 …"
  std::vector<CauseLink> links;  ///< those that say something; ways that only pass a price on are left out
  std::string family;            ///< of what binds; "cost" where money decides
  Thing thing;
  PeriodId binds;  ///< when
  std::string conclusion;
};

/// Follows prices: at each row the cheapest way to one unit more (a column whose earnings there its payments use up),
/// at each such column its greatest payment, until a limit, a bound or money is reached. docs/formulation/explain.md
[[nodiscard]] Cause find_cause(const World& world, const plan::Plan& plan, const ShownValues& values, const Goal& goal,
                               LivePlan& live);

}  // namespace pinchpoint::explain
