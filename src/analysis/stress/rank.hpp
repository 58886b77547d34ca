// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/stress/stress.hpp"

namespace pinchpoint::stress {

/// What is taken away. site: all that one owner has of one technology at one place.
enum class TargetKind { facility, site, owner, country, commodity, lane, group };
[[nodiscard]] const char* to_string(TargetKind kind);

/// One thing whose loss is measured: everything of it stands still from a date on.
struct Target {
  TargetKind kind = TargetKind::facility;
  std::string id;    ///< "tsmc-fab-18", "TW", "hbm3e@KR"
  std::string name;  ///< for people
  Shock shock;       ///< an outage, or a lane closure, without end
  /// Of the commodity that it makes most of, by value: its share of what the plan makes after the date, and how much of
  /// that the plan's spare capacity elsewhere could make. 0 where it makes nothing.
  CommodityId commodity;
  double share = 0;
  double spare = 0;
};

/// Targets of the kinds asked for, that have capacity (or a route) after the date. Facilities in their order, then
/// owners with all their subsidiaries, countries, commodities by country, lanes, groups.
[[nodiscard]] std::vector<Target> targets_of(const World& world, const plan::Plan& plan,
                                             const std::vector<TargetKind>& kinds, Date from);

/// How concentrated the making of a commodity is, of what a plan makes from a date on.
struct Concentration {
  CommodityId commodity;
  double countries_hhi = 0, owners_hhi = 0;  ///< Σ share², 0 to 1
  double top_countries = 0, top_owners = 0;  ///< share of the largest three
  std::vector<RegionId> countries;           ///< largest three
};
[[nodiscard]] std::vector<Concentration> concentrations_of(const World& world, const plan::Plan& plan, Date from);

/// Removals are compared with one another, so their losses are wanted closer than those of futures.
inline constexpr double rank_tolerance = 1e-6;
/// Many come twice under different names, a site and the owner that has no other: the pool answers the second. Of the
/// world's 1,456 826 are left to be solved.
inline constexpr std::size_t rank_pool_size = 1024;

struct RankOptions {
  StressOptions stress;  ///< response: rebuild, so that substitutes come on line
  Date from;
};

struct Ranking {
  std::vector<Target> targets;
  Shocks shocks;                    ///< by target
  std::vector<Scenario> scenarios;  ///< by target
  StressResult result;              ///< outcomes by target
  /// Targets by upper loss, worst first.
  [[nodiscard]] std::vector<std::size_t> order() const { return worst_of(result.outcomes, result.outcomes.size()); }
};

/// Loss from the removal of each target, with bounds, as substitutes come on line.
[[nodiscard]] Ranking rank(const World& world, const plan::Plan& plan, std::vector<Target> targets,
                           const RankOptions& options, RoundStore* store = nullptr);

}  // namespace pinchpoint::stress
