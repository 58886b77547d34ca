// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/plan/series.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint::plan {

using AssetId = Id<struct AssetTag>;

/// A technology at a place for an owner: all facilities and options of that kind taken together, by period.
/// Amounts in units of the technology's output, capacities in amounts per year, times in periods where stated.
struct Asset {
  TechnologyId technology;
  RegionId region;
  OrganisationId owner;
  std::vector<FacilityId> facilities;
  std::vector<OptionId> options;

  Series<double> standing;                   ///< by period: capacity that is there without orders, average, ramped
  Series<double> retiring;                   ///< by period: standing capacity retired in it
  Series<double> availability;               ///< by period
  Series<double> fixed_cost, variable_cost;  ///< by period: money per (amount per year) and year; money per amount
  std::vector<Series<double>> mode_variable_cost;  ///< by mode of the technology and period
  Series<double> annual_availability;              ///< by period: share of what the slices allow together
  Series<bool> is_banned;                          ///< by period: a rule forbids its activity

  bool can_be_ordered = false;
  Series<bool> order_is_open;         ///< by period of order
  Series<double> order_limit_so_far;  ///< by period: most that may have been ordered by its end
  Series<int> build_periods;          ///< by period of order: periods until on line
  Series<double> capex;               ///< by period of order: money per (amount per year)
  Series<double> lifetime_years;      ///< by period of order
  double ramp_years = 0, ramp_start = 0;
  double block = 0, minimum_size = 0;  ///< amount per year; 0 = none
  std::optional<double> growth_limit;  ///< per year
  double growth_seed = 0;              ///< amount per year, per year
};

/// Share of a capacity that can be used in a period if it comes on line on a date and retires on another: average of a
/// linear ramp from ramp_start to 1 over ramp_years. Exact for dates on first days of months.
[[nodiscard]] double online_share(const Timeline& timeline, PeriodId period, Date online, std::optional<Date> until,
                                  double ramp_years, double ramp_start);

/// Share in `period` of capacity ordered in `ordered`.
[[nodiscard]] double ordered_share(const World& world, const Asset& asset, PeriodId ordered, PeriodId period);

/// A part of a capacity and the period in which it retires.
struct Retirement {
  PeriodId period;
  double share = 0;
};
/// How capacity ordered in `ordered` retires, as far as the horizon sees it: all at the end of its lifetime, or bit by
/// bit where a survival curve says so.
[[nodiscard]] std::vector<Retirement> retirements_of(const World& world, const Asset& asset, PeriodId ordered);

/// All assets of a world, in order of technology, region, owner.
[[nodiscard]] IdVector<AssetTag, Asset> collect_assets(const World& world);

}  // namespace pinchpoint::plan
