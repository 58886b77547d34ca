// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/explain/shown_values.hpp"

namespace pinchpoint::explain {

/// One limit that binds in one period.
struct PinchRow {
  std::string family;    ///< "capacity", "budget"; "stock" for full stores
  std::string thing;     ///< id of the technology, commodity, lane, measure, limit or owner that is limited
  std::string name;      ///< the same for people
  RegionId region;       ///< where, if the thing does not say it
  OrganisationId owner;  ///< whose, likewise
  PeriodId period;       ///< invalid: over the horizon
  double price = 0;      ///< worth of one unit more, money of the period
  std::string price_unit;
  double amount = 0;  ///< how much there is of it
  std::string unit;
  double worth = 0;                    ///< price × amount: what the limit is worth in all
  std::int32_t row = -1, column = -1;  ///< of the model: the row, or the column whose bound binds
};
/// Binding capacities (but for those that the plan itself enlarges), build limits, growth limits,
/// stores, reserves, covers, lanes, measures, limits and budgets; greatest worth first.
[[nodiscard]] std::vector<PinchRow> find_pinches(const World& world, const plan::Plan& plan, const ShownValues& values);

/// "2027Q1"; empty for what holds over the horizon as a whole (an invalid period).
[[nodiscard]] std::string period_label(const World& world, PeriodId period);

/// The same limit over its periods and, for technologies, its places.
struct Pinch {
  std::string family, thing;
  std::string name;      ///< for people: "HBM stacking in South Korea (SK hynix)"
  PeriodId first, last;  ///< invalid: over the horizon
  int periods = 0;       ///< in which it binds
  double price = 0;      ///< largest
  std::string price_unit;
  double worth = 0;  ///< sum over periods, not discounted
  std::string sentence;
};
[[nodiscard]] std::vector<Pinch> sum_pinches(const World& world, const std::vector<PinchRow>& rows);

}  // namespace pinchpoint::explain
