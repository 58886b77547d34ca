// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/temoa/loan.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::importers::temoa {

namespace {

constexpr double default_rate = 0.05;

/// Present value of 1 a year, paid at the end of each year.
double annuity_worth(double rate, double years) { return rate == 0 ? years : (1 - std::pow(1 + rate, -years)) / rate; }

/// Share of the years of life, weighted by the capacity left in each, that lie inside the horizon.
double surviving_share(const std::map<int, double>& curve, double rate, int vintage, int end) {
  double inside = 0, all = 0;
  for (const auto& [year, share] : curve) {
    const double worth = share * std::pow(1 + rate, -(year - vintage + 1));
    all += worth;
    if (year < end) inside += worth;
  }
  return all == 0 ? 1 : inside / all;
}

}  // namespace

double loan_factor(const Network& network, const Process& process) {
  const TemoaData& data = network.data();
  const double rate = data.discount_rate;
  const double loan_rate = data.parameter("loan_rate")
                               .find({process.region, process.technology, process.vintage_text})
                               .value_or(data.parameter("metadata_real").value({"default_loan_rate"}, default_rate));
  const double loan_years = data.parameter("loan_lifetime_process")
                                .value({process.region, process.technology, process.vintage_text}, process.lifetime);
  double factor = 1;
  const bool is_whole = std::floor(loan_years) == loan_years;
  // Temoa counts whole years of payments, and only where it discounts.
  const double counted = rate == 0 ? loan_years : std::floor(loan_years);
  if (loan_rate != rate || !is_whole) factor = annuity_worth(rate, counted) / annuity_worth(loan_rate, loan_years);
  if (const auto curve = network.survival(process)) {
    const double inside = std::min(process.lifetime, static_cast<double>(data.end - process.vintage));
    const double even = annuity_worth(rate, inside) / annuity_worth(rate, process.lifetime);
    factor *= surviving_share(*curve, rate, process.vintage, data.end) / even;
  }
  return factor;
}

}  // namespace pinchpoint::importers::temoa
