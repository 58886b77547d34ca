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
  RegionId country;  ///< outermost ancestor that is not the world; itself for a country
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
  RegionalValue price;           ///< money per unit
  RegionalValue decay;           ///< share per year
  RegionalValue holding_cost;    ///< money per unit and year
  RegionalValue transport_cost;  ///< money per unit
  RegionalValue transit_time;    ///< years
};

enum class RecipeRole { input, output, build, retire };

/// One good of a recipe. Inputs with the same non-empty group substitute for each other.
struct RecipeLine {
  CommodityId commodity;
  RecipeRole role = RecipeRole::input;
  std::string group;
  std::optional<double> lead_years;  ///< build: before coming on line; empty = evenly over the build time
  DatedValue amount;  ///< input, output: per unit of output; build, retire: per (unit of output per year)
};

struct Technology {
  std::string id, name;
  CommodityId output;
  Unit capacity_unit;
  double capacity_in_amount_per_year = 1;  ///< one capacity unit
  std::vector<RecipeLine> recipe;

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

enum class MeasureKind { ban, quota, licence_share, tariff, subsidy, content };

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
  DatedValue value;                 ///< money per amount short
  bool is_inherited = false;        ///< stands in a folder that this one extends

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
  double weight = 1;  ///< share of a period's hours
};

/// Factor on availability (technology) or demand (programme) in one slice.
struct Profile {
  TechnologyId technology;
  ProgrammeId programme;
  RegionId region;
  SliceId slice;
  double value = 1;
};

}  // namespace pinchpoint
