// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/osemosys/map/money_factors.hpp"

#include <cmath>

namespace pinchpoint::importers::osemosys {

namespace {

bool is_straight_line_in(const ForeignModel& model, int region) {
  return model.parameter("DepreciationMethod").at({region}) == 2;
}

/// CapitalRecoveryFactor × PvAnnuity, with their limits at a rate of zero.
double financing(double own_rate, double rate, double life) {
  const double recovery = own_rate == 0 ? 1 / life : (1 - 1 / (1 + own_rate)) / (1 - std::pow(1 + own_rate, -life));
  const double annuity = rate == 0 ? life : (1 - std::pow(1 + rate, -life)) * (1 + rate) / rate;
  return recovery * annuity;
}

double without_rounding(double factor) { return std::abs(factor - 1) < 1e-12 ? 1 : factor; }

}  // namespace

MoneyFactors::MoneyFactors(const ForeignModel& model)
    : model_(model), rate_(model.parameter("DiscountRate").at({0})), is_straight_line_(is_straight_line_in(model, 0)) {}

double MoneyFactors::running(int region, int year) const {
  const double own = model_.parameter("DiscountRate").at({region});
  return without_rounding(std::pow((1 + rate_) / (1 + own), year + 0.5));
}

double MoneyFactors::net_value(double rate, bool is_straight_line, double life, int year) const {
  const double lived = model_.count(Set::year) - year;
  double left = 0;
  if (lived < life) {
    const bool is_linear = is_straight_line || rate == 0;
    left = is_linear ? 1 - lived / life : 1 - (std::pow(1 + rate, lived) - 1) / (std::pow(1 + rate, life) - 1);
  }
  return std::pow(1 + rate, -year) * (1 - left * std::pow(1 + rate, -lived));
}

double MoneyFactors::ratio(double rate, bool is_straight_line, double life, int year) const {
  const double whole = std::ceil(life);
  if (rate == rate_ && is_straight_line == is_straight_line_ && whole == life) return 1;
  return net_value(rate, is_straight_line, life, year) / net_value(rate_, is_straight_line_, whole, year);
}

double MoneyFactors::capital(int region, int technology, int year) const {
  const double rate = model_.parameter("DiscountRate").at({region});
  const double life = model_.parameter("OperationalLife").at({region, technology});
  double own_rate = rate;
  const Parameter& individual = model_.parameter("DiscountRateIdv");
  const bool is_given = individual.place({region, technology}).line > 0;
  if (is_given) own_rate = individual.at({region, technology});
  const double recovery = model_.parameter("CapitalRecoveryFactor").at({region, technology});
  const double annuity = model_.parameter("PvAnnuity").at({region, technology});
  const bool is_financed = model_.is_given("CapitalRecoveryFactor") && model_.is_given("PvAnnuity");
  return without_rounding((is_financed ? recovery * annuity : financing(own_rate, rate, life)) *
                          ratio(rate, is_straight_line_in(model_, region), life, year));
}

double MoneyFactors::storage_capital(int region, int storage, int year) const {
  const double rate = model_.parameter("DiscountRateStorage").at({region, storage});
  const double life = model_.parameter("OperationalLifeStorage").at({region, storage});
  // SI7 of MUIO's text
  if (model_.has_storage_rules) {
    return without_rounding(ratio(model_.parameter("DiscountRate").at({region}), true, life, year));
  }
  return without_rounding(ratio(rate, is_straight_line_in(model_, region), life, year));
}

}  // namespace pinchpoint::importers::osemosys
