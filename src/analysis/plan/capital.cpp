// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/capital.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace pinchpoint::plan {

namespace {

/// One order's dates and rate. Periods are counted from the start of the horizon and may lie beyond it.
struct Terms {
  const Timeline& timeline;
  PaymentTime paid;
  int ordered = 0;
  int build_periods = 0;
  PeriodId online;
  double life_years = 0;
  double growth = 1;  ///< of money, per year, at the cost of capital
};

Terms terms_of(const World& world, const Asset& asset, PeriodId ordered, double rate) {
  const auto at = static_cast<std::size_t>(ordered.index());
  const int build_periods = asset.build_periods[at];
  return {world.timeline,
          world.capital_paid,
          ordered.index(),
          build_periods,
          PeriodId(ordered.index() + build_periods),
          asset.lifetime_years[at],
          1 + rate};
}

std::vector<CapitalPayment> spending(const Terms& terms, double capex) {
  std::vector<CapitalPayment> payments;
  const int count = std::max(1, terms.build_periods);
  for (int step = 0; step < count; ++step) {
    const PeriodId period(terms.ordered + step);
    payments.push_back({period, capex / count, terms.timeline.payment_years(period, terms.paid)});
  }
  return payments;
}

/// Payments in money of another time, at the cost of capital.
double worth_of(const Terms& terms, std::span<const CapitalPayment> payments, double at_years) {
  double worth = 0;
  for (const CapitalPayment& payment : payments)
    worth += payment.money * std::pow(terms.growth, at_years - payment.at_years);
  return worth;
}

/// Shares of a year (or of a shorter period) of life, one payment each; the last one may be partial.
std::vector<CapitalPayment> years_of_life(const Terms& terms) {
  constexpr double no_time = 1e-9;  // years
  const double begin = terms.timeline.years_until(terms.timeline.begin_of(terms.online));
  const double death = begin + terms.life_years;
  std::vector<CapitalPayment> payments;
  for (PeriodId period = terms.online;; period = PeriodId(period.index() + 1)) {
    const double from = terms.timeline.years_until(terms.timeline.begin_of(period));
    if (from >= death - no_time) return payments;
    double passed = 0;
    for (const Timeline::Payment& part : terms.timeline.payments(period, terms.paid)) {
      const double length = part.share * terms.timeline.years(period);
      const double lived = std::min(length, death - from - passed);
      if (lived > no_time) payments.push_back({period, lived, part.at_years});
      passed += length;
    }
  }
}

/// What is left of an order at the end of the horizon where capital is charged on a straight line.
CapitalPayment straight_line_salvage(const World& world, const Terms& terms, double capex) {
  const double end = world.timeline.years_until(world.timeline.end());
  const double lived = end - world.timeline.years_until(world.timeline.begin_of(terms.online));
  return {PeriodId(world.timeline.count() - 1), -capex * std::max(0.0, 1 - lived / terms.life_years), end};
}

/// `last` and `last_payment`: of the horizon.
CapitalBook::Life make_life(const Terms& terms, PeriodId last, double last_payment) {
  CapitalBook::Life life;
  life.payments = years_of_life(terms);
  life.worth = worth_of(terms, life.payments, life.payments.front().at_years);
  const auto after = std::find_if(life.payments.begin(), life.payments.end(),
                                  [&](const CapitalPayment& payment) { return payment.period > last; });
  life.inside = static_cast<std::size_t>(after - life.payments.begin());
  life.left = worth_of(terms, std::span(life.payments).subspan(life.inside), last_payment);
  return life;
}

}  // namespace

CapitalBook::CapitalBook(const World& world)
    : world_(world),
      last_(world.timeline.count() - 1),
      last_payment_(world.timeline.payment_years(last_, world.capital_paid)) {}

Capital CapitalBook::of(const Asset& asset, PeriodId ordered) {
  const bool is_annuity = world_.capital == tables::CapitalCharge::annuity;
  const auto own_rate = world_.organisations[asset.owner].cost_of_capital.at(world_.timeline.begin_of(ordered));
  const Terms terms =
      terms_of(world_, asset, ordered, is_annuity ? own_rate.value_or(world_.discount_rate) : world_.discount_rate);
  const double capex = asset.capex[static_cast<std::size_t>(ordered.index())];
  Capital capital;
  capital.spent = spending(terms, capex);
  if (world_.capital == tables::CapitalCharge::straight_line) {
    capital.charged = capital.spent;
    capital.charged.push_back(straight_line_salvage(world_, terms, capex));
    return capital;
  }
  const auto [place, is_new] = lives_.try_emplace({terms.online.index(), terms.life_years, terms.growth});
  if (is_new) place->second = make_life(terms, last_, last_payment_);
  const Life& life = place->second;
  const double yearly = worth_of(terms, capital.spent, life.payments.front().at_years) / life.worth;
  if (is_annuity) {
    capital.charged.assign(life.payments.begin(), life.payments.begin() + static_cast<std::ptrdiff_t>(life.inside));
    for (CapitalPayment& payment : capital.charged) payment.money *= yearly;
  } else {
    capital.charged = capital.spent;
    capital.charged.push_back({last_, -yearly * life.left, last_payment_});
  }
  return capital;
}

std::vector<Draw> draws_of(const World& world, const Asset& asset, PeriodId ordered, const RecipeLine& line) {
  const int build_periods = asset.build_periods[static_cast<std::size_t>(ordered.index())];
  if (line.lead_years) {
    const int lead = std::min(build_periods, world.timeline.periods_rounded_up(ordered, *line.lead_years));
    return {{PeriodId(ordered.index() + build_periods - lead), 1.0}};
  }
  std::vector<Draw> draws;
  const int count = std::max(1, build_periods);
  for (int step = 0; step < count; ++step) draws.push_back({PeriodId(ordered.index() + step), 1.0 / count});
  return draws;
}

namespace {

/// Of one unit made on a date where the line delivers.
double penalty_of(const World& world, const Asset& asset, const RecipeLine& line, PeriodId period) {
  const RegionId place = line.at.is_valid() ? line.at : asset.region;
  return world.figure_at(world.commodities[line.commodity].penalty, place, {}, world.timeline.begin_of(period), 0);
}

}  // namespace

std::vector<PeriodMoney> order_penalties(const World& world, const Asset& asset, PeriodId ordered) {
  std::vector<PeriodMoney> penalties;
  const Date date = world.timeline.begin_of(ordered);
  for (const RecipeLine& line : world.technologies[asset.technology].recipe) {
    const double amount = world.amount_of(line, asset.region, date);
    if (line.role == RecipeRole::build && amount < 0) {
      for (const Draw& draw : draws_of(world, asset, ordered, line))
        penalties.push_back({draw.period, -amount * draw.share * penalty_of(world, asset, line, draw.period)});
    }
    if (line.role == RecipeRole::retire && amount > 0) {
      for (const Retirement& part : retirements_of(world, asset, ordered))
        penalties.push_back({part.period, amount * part.share * penalty_of(world, asset, line, part.period)});
    }
  }
  return penalties;
}

double retirement_penalty(const World& world, const Asset& asset, PeriodId period) {
  double money = 0;
  for (const RecipeLine& line : world.technologies[asset.technology].recipe) {
    if (line.role != RecipeRole::retire) continue;
    const double amount = std::max(0.0, world.amount_of(line, asset.region, world.timeline.begin_of(period)));
    money += amount * penalty_of(world, asset, line, period);
  }
  return money;
}

}  // namespace pinchpoint::plan
