// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/plan/assets.hpp"

namespace pinchpoint::plan {

/// Money of one period, not discounted.
struct PeriodMoney {
  PeriodId period;
  double money = 0;
};

/// Penalties, per unit of capacity, on goods that building it sets free (amounts below zero) and on those that its
/// retirement sets free, in the periods in which that happens.
[[nodiscard]] std::vector<PeriodMoney> order_penalties(const World& world, const Asset& asset, PeriodId ordered);
/// The same for standing capacity that retires in the period.
[[nodiscard]] double retirement_penalty(const World& world, const Asset& asset, PeriodId period);

}  // namespace pinchpoint::plan
