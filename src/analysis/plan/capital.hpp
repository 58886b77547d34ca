// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "analysis/plan/assets.hpp"

namespace pinchpoint::plan {

/// Money of one period (not discounted) per unit of capacity ordered.
struct CapitalPayment {
  PeriodId period;
  double money = 0;
  double at_years = 0;  ///< when, from the start of the horizon
};

/// What one unit of capacity ordered in a period costs, twice: as it leaves the owner's purse, and as it is charged to
/// the plan. docs/formulation/capital.md
///
///   spent    capex / build periods in each period of building
///   charged  annuity: equal payments in each year of life (or shorter period), worth at coming on line the compounded
///            spending; salvage: the spending, less the worth of the payments that fall after the horizon;
///            straight line: the spending, less capex times the share of life that falls after the horizon
struct Capital {
  std::vector<CapitalPayment> spent, charged;
};

/// Capital of many orders of one world: what those of one date, life and rate have in common is worked out once.
class CapitalBook {
 public:
  /// `world` must outlive the book.
  explicit CapitalBook(const World& world);
  /// requires: an asset that can be ordered in the period
  [[nodiscard]] Capital of(const Asset& asset, PeriodId ordered);

  /// What orders that come on line together have in common: a money a year, paid in each year of life.
  struct Life {
    std::vector<CapitalPayment> payments;  ///< the last one may be part of a year
    std::size_t inside = 0;                ///< of them, how many fall into the horizon
    double worth = 0;                      ///< of all, when the first is due
    double left = 0;                       ///< of those after the horizon, at the last period's payment
  };

 private:
  const World& world_;
  PeriodId last_;
  double last_payment_;
  std::map<std::tuple<int, double, double>, Life> lives_;  // by first period on line, years of life, growth of money
};

/// When a good of building is drawn.
struct Draw {
  PeriodId period;
  double share = 0;
};
[[nodiscard]] std::vector<Draw> draws_of(const World& world, const Asset& asset, PeriodId ordered,
                                         const RecipeLine& line);

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
