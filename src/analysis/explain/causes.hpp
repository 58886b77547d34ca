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
  double worth = 0;              ///< what one display unit of it earns: discounted money, or the goal's unit
  std::vector<PricePart> parts;  ///< greatest first
  std::string sentence;
};

/// A chain of links down to where it ends.
struct CauseChain {
  std::vector<CauseLink> links;  ///< those that say something; ways that only pass a price on are left out
  std::string family;            ///< of what binds; "cost" where money decides
  Thing thing;
  PeriodId binds;  ///< when
  std::string conclusion;
};

/// Why a programme is short: what holds its amount back, and what makes it dear.
struct Cause {
  PeriodId period;      ///< of the shortage that is followed
  std::string verdict;  ///< "… gets 8,824 of 10,000 MW in 2028Q4 …"
  CauseChain amount;    ///< follows what one unit more would bring the programme; empty if no unit of anything would
  CauseChain price;     ///< follows what one unit more would be worth to the whole plan
  /// The chain that says what binds the programme.
  [[nodiscard]] const CauseChain& main() const { return amount.conclusion.empty() ? price : amount; }
};

/// Follows two kinds of prices down: at each row the way to one unit more (a column whose earnings there its payments
/// use up), at each such column its greatest payment, until a limit, a bound or money is reached. Prices are the
/// goal's rates at the basis (what one unit more brings the programme), and the duals (what it is worth).
/// docs/formulation/explain.md
[[nodiscard]] Cause find_cause(const World& world, const plan::Plan& plan, const ShownValues& values, const Goal& goal,
                               LivePlan& live);

}  // namespace pinchpoint::explain
