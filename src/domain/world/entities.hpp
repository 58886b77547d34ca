// SPDX-License-Identifier: Apache-2.0
#pragma once

// The things a world consists of. Units, unless said otherwise: amounts in the commodity's own unit; capacity and
// demand in amounts of the output per year; money in the model's currency and price year; time in years; rates per
// year; shares as fractions.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/timeline/timeline.hpp"
#include "core/units/units.hpp"
#include "domain/world/regional_value.hpp"
#include "domain/world/world_ids.hpp"

namespace pinchpoint {

struct Layer {
  std::string id, name;
  int position = 0;
};

enum class RegionKind { world, country, state, site, account };

struct Region {
  std::string id, name;
  RegionKind kind = RegionKind::country;
  RegionId parent;
  RegionId country;               ///< outermost ancestor that is not the world; itself for a country
  std::vector<RegionId> lineage;  ///< the region, its parent, and so on outwards
  std::optional<double> latitude, longitude;
};

struct Organisation {
  std::string id, name;
  RegionId seat;
  OrganisationId parent;
  DatedValue cost_of_capital;  ///< per year
};

/// Membership of one region or organisation, while dates say so.
struct Member {
  RegionId region;
  OrganisationId organisation;
  std::optional<Date> from, until;
};

struct Group {
  std::string id;
  std::vector<Member> members;
};

enum class Trade { market, country, local, lanes };

struct Commodity {
  std::string id, name;
  LayerId layer;
  Unit unit;
  Trade trade = Trade::market;
  bool is_storable = false;
  bool is_by_slice = false;
  bool has_free_disposal = true;
  bool is_balanced = true;       ///< false: only added up, for penalties and limits
  RegionalValue price;           ///< money per unit
  RegionalValue decay;           ///< share per year
  RegionalValue holding_cost;    ///< money per unit and year
  RegionalValue transport_cost;  ///< money per unit
  RegionalValue transit_time;    ///< years
  RegionalValue penalty;         ///< money per unit made by a recipe
};

enum class RecipeRole { input, output, build, retire };

/// A way of running a technology, named in its recipe.
struct Mode {
  std::string id;
};

/// One good of a recipe. Inputs with the same non-empty group substitute for each other.
struct RecipeLine {
  CommodityId commodity;
  RecipeRole role = RecipeRole::input;
  std::string group;
  ModeId mode;                       ///< only in this mode; invalid = in every mode
  RegionId at;                       ///< where it is drawn or delivered; invalid = where the facility stands
  std::optional<double> lead_years;  ///< build: before coming on line; empty = evenly over the build time
  RegionalValue amount;              ///< input, output: per unit of activity; build, retire: per unit of capacity
};

/// Share of a capacity that is left at an age, in one region (invalid: everywhere). docs/formulation/build.md
struct SurvivalCurve {
  struct Point {
    double age_years = 0;
    double share = 1;
    bool is_step = false;  ///< holds until the next point; otherwise a straight line leads there
  };
  RegionId region;
  std::vector<Point> points;  ///< by age

  /// 1 before the first point, the last one's share after it.
  [[nodiscard]] double share_at(double age_years) const;
};

enum class TechnologyKind { process, store };
/// What the level of a store is at the end of a period or day. docs/formulation/store.md
enum class StoreChain { cyclic, carry, daily };

/// Activity is measured in amounts of the output, or in a unit of its own. Capacity is activity per year; of a store,
/// an amount.
struct Technology {
  std::string id, name;
  TechnologyKind kind = TechnologyKind::process;
  StoreChain chain = StoreChain::cyclic;
  CommodityId output;  ///< invalid = all goods stand in the recipe
  Unit activity_unit, capacity_unit;
  double capacity_in_natural = 1;  ///< one capacity unit, in activity per year (store: amount)
  bool is_by_slice = false;        ///< activity may differ by slice
  std::vector<RecipeLine> recipe;
  std::vector<ModeId> modes;  ///< empty = one way of running

  RegionalValue capex;          ///< money per (amount per year)
  RegionalValue fixed_cost;     ///< money per (amount per year) and year
  RegionalValue variable_cost;  ///< money per amount
  RegionalValue lifetime;       ///< years
  RegionalValue build_time;     ///< years
  RegionalValue ramp_time;      ///< years
  RegionalValue ramp_start;     ///< share
  RegionalValue availability;   ///< share
  RegionalValue minimum_size;   ///< amount per year
  RegionalValue block;          ///< amount per year
  RegionalValue growth_limit;   ///< per year
  RegionalValue growth_seed;    ///< amount per year, per year
  std::vector<SurvivalCurve> survival;

  std::vector<RegionalValue> mode_variable_cost;  ///< by mode: money per amount, instead of variable_cost
  std::vector<RegionalValue> profile;             ///< by slice: factor on availability; empty = 1
  RegionalValue annual_availability;              ///< share of what the slices allow together
  RegionalValue reactance;                        ///< of a line, in any one unit
  // Stores.
  RegionalValue standing_loss;                ///< share of the level per year
  RegionalValue least_level;                  ///< share of capacity
  RegionalValue charge_rate, discharge_rate;  ///< share of capacity per year
  RegionalValue opening_level;                ///< amount
};

enum class FacilityStatus { existing, committed, announced };

struct Facility {
  std::string id, name;
  TechnologyId technology;
  RegionId region;
  OrganisationId owner;
  FacilityStatus status = FacilityStatus::existing;
  std::optional<Date> from, until;
  double capacity = 0;  ///< amount per year
};

struct Option {
  std::string id, name;
  TechnologyId technology;
  RegionId region;
  OrganisationId owner;
  std::optional<Date> from, until;  ///< of ordering
  std::optional<double> limit;      ///< amount per year
};

/// What is known of the stock of one commodity in one region; owners are added up.
struct Stock {
  CommodityId commodity;
  RegionId region;
  double opening = 0;
  DatedValue floor, limit;  ///< amounts
  DatedValue cover;         ///< years of use
};

struct Lane {
  std::string id, name;
  std::vector<RegionId> origins, destinations;
  std::vector<CommodityId> commodities;
  std::optional<Date> from, until;
  DatedValue cost;      ///< money per amount
  DatedValue transit;   ///< years
  DatedValue capacity;  ///< amount per year; all commodities of the lane have one unit then
};

/// watch: rules nothing, but keeps the flows it names apart from others, so that they can be ruled later. No row of the
/// table has it.
enum class MeasureKind { ban, quota, licence_share, tariff, subsidy, content, watch };

/// A set of regions with dates; empty and `is_given` false = not stated.
struct RegionSet {
  bool is_given = false;
  std::vector<Member> members;
};

struct Measure {
  std::string id, name;
  MeasureKind kind = MeasureKind::ban;
  std::vector<CommodityId> commodities;
  RegionSet origin, destination;
  std::vector<OrganisationId> end_users;
  OrganisationId payer;
  std::optional<Date> from, until;
  double value = 0;             ///< quota: amount per year; tariff, subsidy: share or money per amount; others: share
  bool value_is_share = false;  ///< tariff, subsidy
};

struct DemandPoint {
  std::optional<Date> from;
  double amount = 0;       ///< per year
  bool is_linear = false;  ///< to the next point
};

struct Programme {
  std::string id, name;
  CommodityId commodity;
  RegionId region;
  OrganisationId payer;
  std::vector<DemandPoint> demand;  ///< ascending by date
  DatedValue value;                 ///< money per amount short; empty = must be met
  bool is_inherited = false;        ///< stands in a folder that this one extends
  bool is_timed_freely = false;     ///< any slices of a period may serve it
  std::vector<DatedValue> profile;  ///< by slice: factor on demand; empty = 1

  /// Amount asked for per year, averaged over a period.
  [[nodiscard]] double asked(const Timeline& timeline, PeriodId period) const;
};

struct Budget {
  OrganisationId owner;
  std::optional<Date> from, until;
  bool carries_over = true;
  double per_year = 0;  ///< money per year while it runs
};

struct Slice {
  std::string id, name;
  std::string season, day;                 ///< empty = slices follow one another, once a period
  std::optional<double> days, span_hours;  ///< days of the kind in a row; length of the slice on one of them
  DatedValue weight;                       ///< share of a period's hours
};

/// A season that comes again: stores go through the visits, not through the slices in their order.
struct Visit {
  std::string id, season;
  double weight = 1;  ///< share of a period's hours
};

}  // namespace pinchpoint
