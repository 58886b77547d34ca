// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/explain/shown_values.hpp"

namespace pinchpoint::explain {

/// Demand of one programme in one period, all slices together; commodity's unit.
struct Served {
  double asked = 0, met = 0;
};
[[nodiscard]] std::map<std::pair<ProgrammeId, PeriodId>, Served> served_by_period(const ShownValues& values,
                                                                                  const plan::Plan& plan);

/// A programme over the whole horizon. Amounts in the commodity's unit.
struct ProgrammeLine {
  ProgrammeId programme;
  double asked = 0, met = 0;
  double share = 0;                       ///< met / asked over the horizon
  double final_asked = 0, final_met = 0;  ///< in the last period that asks for anything, per year
  PeriodId final_period;
  std::vector<std::pair<int, double>> year_ends;  ///< year, met in its last period, per year
};
/// Those of the folder itself before those it inherits.
[[nodiscard]] std::vector<ProgrammeLine> sum_programmes(const World& world, const ShownValues& values,
                                                        const plan::Plan& plan);

/// Capacity ordered in one period. Natural units: amount per year, money overnight and not discounted.
struct BuildLine {
  plan::AssetId asset;
  PeriodId ordered;
  PeriodId on_line;  ///< its first period of operation
  double capacity = 0;
  double blocks = 0;  ///< 0 where not built in blocks
  double capex = 0;
};
/// In the order of assets and periods.
[[nodiscard]] std::vector<BuildLine> list_builds(const ShownValues& values, const plan::Plan& plan);

/// What a capacity in natural units is shown in.
[[nodiscard]] plan::Display capacity_display(const World& world, const plan::Asset& asset);

/// What an amount per year of a commodity is shown in: the capacity unit of a technology that makes it ("MW" for MWh).
[[nodiscard]] plan::Display rate_display(const World& world, CommodityId commodity);

/// Money out of an owner's purse over the horizon, as budgets see it, and what its budget allows.
struct OwnerLine {
  OrganisationId owner;
  double spent = 0;
  double capital = 0;  ///< of it for building
  double allowed = 0;
  bool has_budget = false;
};
/// Those with a budget before those without; most money first.
[[nodiscard]] std::vector<OwnerLine> sum_owners(const World& world, const plan::Plan& plan);

}  // namespace pinchpoint::explain
