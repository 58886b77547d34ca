// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/capital.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::plan {

namespace {

/// One order's dates and rate. Periods are counted from the start of the horizon and may lie beyond it.
struct Terms {
  int ordered = 0;
  int build_periods = 0;
  int online = 0;
  double life_periods = 0;
  double growth = 1;  ///< of money, per period, at the cost of capital
};

Terms terms_of(const World& world, const Asset& asset, PeriodId ordered, double rate) {
  const auto at = static_cast<std::size_t>(ordered.index());
  Terms terms;
  terms.ordered = ordered.index();
  terms.build_periods = asset.build_periods[at];
  terms.online = terms.ordered + terms.build_periods;
  terms.life_periods = asset.lifetime_years[at] / world.timeline.years();
  terms.growth = std::pow(1 + rate, world.timeline.years());
  return terms;
}

std::vector<CapitalPayment> spending(const Terms& terms, double capex) {
  std::vector<CapitalPayment> payments;
  const int count = std::max(1, terms.build_periods);
  for (int step = 0; step < count; ++step) payments.push_back({PeriodId(terms.ordered + step), capex / count});
  return payments;
}

/// Payments of equal size in each period of life (the last one partial), worth `capex` when compounded to coming on
/// line.
std::vector<CapitalPayment> annuity(const Terms& terms, const std::vector<CapitalPayment>& spent) {
  double owed = 0;
  for (const CapitalPayment& payment : spent) {
    owed += payment.money * std::pow(terms.growth, terms.online - payment.period.index());
  }
  std::vector<CapitalPayment> payments;
  double worth = 0;
  for (int step = 0; step < terms.life_periods - 1e-9; ++step) {
    const double share = std::min(1.0, terms.life_periods - step);
    payments.push_back({PeriodId(terms.online + step), share});
    worth += share * std::pow(terms.growth, -step);
  }
  for (CapitalPayment& payment : payments) payment.money *= owed / worth;
  return payments;
}

/// Money of `from` in money of `to`, at the cost of capital.
double moved(const Terms& terms, const CapitalPayment& payment, int to) {
  return payment.money * std::pow(terms.growth, to - payment.period.index());
}

}  // namespace

Capital capital_of(const World& world, const Asset& asset, PeriodId ordered) {
  const int horizon = world.timeline.count();
  const Date date = world.timeline.begin_of(ordered);
  const double own_rate = world.organisations[asset.owner].cost_of_capital.at(date).value_or(world.discount_rate);
  const double rate = world.capital_is_annuity ? own_rate : world.discount_rate;
  const Terms terms = terms_of(world, asset, ordered, rate);
  Capital capital;
  capital.spent = spending(terms, asset.capex[static_cast<std::size_t>(ordered.index())]);
  const std::vector<CapitalPayment> payments = annuity(terms, capital.spent);
  const auto is_inside = [&](const CapitalPayment& payment) { return payment.period.index() < horizon; };
  if (world.capital_is_annuity) {
    std::copy_if(payments.begin(), payments.end(), std::back_inserter(capital.charged), is_inside);
  } else {
    capital.charged = capital.spent;
    double salvage = 0;
    for (const CapitalPayment& payment : payments) {
      if (!is_inside(payment)) salvage += moved(terms, payment, horizon - 1);
    }
    capital.charged.push_back({PeriodId(horizon - 1), -salvage});
  }
  return capital;
}

std::vector<Draw> draws_of(const World& world, const Asset& asset, PeriodId ordered, const RecipeLine& line) {
  const int build_periods = asset.build_periods[static_cast<std::size_t>(ordered.index())];
  if (line.lead_years) {
    const int lead = std::min(build_periods, world.timeline.periods_rounded_up(*line.lead_years));
    return {{PeriodId(ordered.index() + build_periods - lead), 1.0}};
  }
  std::vector<Draw> draws;
  const int count = std::max(1, build_periods);
  for (int step = 0; step < count; ++step) draws.push_back({PeriodId(ordered.index() + step), 1.0 / count});
  return draws;
}

}  // namespace pinchpoint::plan
