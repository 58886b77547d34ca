// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/explain/live_plan.hpp"
#include "analysis/explain/shown_values.hpp"
#include "core/tables/model_folder.hpp"

namespace pinchpoint::explain {

/// Something that could be built and is not, in the period in which it comes nearest to being worth it.
struct BreakEven {
  plan::AssetId asset;
  PeriodId period;        ///< of ordering
  double loss = 0;        ///< discounted money by which one unit of capacity is not worth it (its reduced cost)
  double capex = 0;       ///< overnight, money per `unit`
  double break_even = 0;  ///< capex at which it would be built; below 0: not even for nothing
  std::string unit;       ///< of capacity: "MW", "wafer/month"
  std::string sentence;

  /// True if it is as good as ordered.
  [[nodiscard]] bool is_tie() const { return break_even > capex * (1 - 1e-6); }
};

/// Every asset that may be ordered, has a capex, and is ordered in no period: by how much its capex would have to fall,
/// nearest first, ties last. What else is charged by capex (annuities, subsidies on it, budgets) moves with it: the
/// effect of capex on each order is found by assembling the plan anew with all capex a hair higher.
[[nodiscard]] std::vector<BreakEven> find_break_evens(const tables::ModelFolder& folder, const World& world,
                                                      const plan::Plan& plan, const ShownValues& values,
                                                      LivePlan& live);

}  // namespace pinchpoint::explain
