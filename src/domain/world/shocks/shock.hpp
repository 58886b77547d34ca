// SPDX-License-Identifier: Apache-2.0
#pragma once

// What may go wrong, as the shocks table states it. docs/formulation/shocks.md

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/source_span.hpp"
#include "core/timeline/timeline.hpp"
#include "domain/world/entities.hpp"
#include "domain/world/figures.hpp"

namespace pinchpoint {

enum class ShockKind {
  embargo,          ///< no goods from `region` to `to`
  licence,          ///< the share `depth` of them is denied; the rest leaks through
  outage,           ///< capacity stands still
  earthquake,       ///< all capacity of a region at once
  power_cut,        ///< capacity without power, at one facility, owner or region
  lane_closure,     ///< one lane, or every way from `region` to `to`
  demand_surge,     ///< programmes ask for more by the share `depth`
  budget_collapse,  ///< owners have less money
  rule_change       ///< a measure of the world loses, or gains, force
};
/// The word of the table: "power-cut".
[[nodiscard]] const char* to_string(ShockKind kind);

enum class RecoveryShape { step, linear, exponential };
[[nodiscard]] const char* to_string(RecoveryShape shape);

/// given: no probability is stated, it happens in every scenario. once: with `probability`, at a time of its window.
/// yearly: `probability` a year; its first time within the window counts.
enum class ShockChance { given, once, yearly };

/// What a rule change does to its measure: its force times (1 - depth), or (1 + depth).
enum class RuleChange { lift, tighten };

/// One row. An empty list, an invalid id and a set that is not given let everything through; all that are filled must
/// hold together. Sub-regions and subsidiaries are included.
struct Shock {
  std::string id, name;
  ShockKind kind = ShockKind::outage;

  std::vector<CommodityId> commodities;  ///< the commodity named, or those of the layer named
  TechnologyId technology;
  RegionSet region;                    ///< where it strikes; goods: from where
  RegionSet to;                        ///< goods: to where; not given = to everywhere outside `region`
  std::vector<OrganisationId> owners;  ///< of facilities
  FacilityId facility;
  LaneId lane;
  ProgrammeId programme;
  std::vector<OrganisationId> payers;  ///< whose budgets
  MeasureId measure;
  RuleChange change = RuleChange::lift;
  std::string rules_as_of;  ///< instead of measure and change: YYYY-MM-DD or "path", the rules that hold from then on
  std::vector<std::pair<MeasureId, double>> switched;  ///< most under those rules in the measure's one period
  std::string problem;                                 ///< why it cannot be switched; empty = it can
  bool any_one = false;  ///< not all that match together, but each of them by itself, with the row's probability

  double depth = 1;                      ///< share lost; of a demand surge: share added, may exceed 1
  double depth_low = 1, depth_high = 1;  ///< low ≤ depth ≤ high; all equal where no band is given
  Date from;                             ///< start, or the first month in which it may start
  /// It starts before this month. Empty = once, given: at `from`; yearly: before the end of the horizon.
  std::optional<Date> from_until;
  std::optional<double> duration_months;              ///< at full depth; empty = to the end of the horizon
  std::optional<double> duration_low, duration_high;  ///< filled if duration_months is: low ≤ duration ≤ high
  RecoveryShape recovery = RecoveryShape::step;
  double recovery_months = 0;  ///< from full depth back to nothing; 0 for a step

  ShockChance chance = ShockChance::given;
  double probability = 1;
  std::string cluster;     ///< rows of one cluster happen together more often than by chance
  double correlation = 0;  ///< with rows of the cluster that have the same; else the geometric mean of the two

  std::vector<std::string> sources;
  Confidence confidence = Confidence::unstated;
  SourceSpan where;  ///< of its id
};

using Shocks = IdVector<ShockTag, Shock>;

}  // namespace pinchpoint
