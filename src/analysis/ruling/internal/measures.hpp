// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/world/world.hpp"

namespace pinchpoint::ruling::internal {

/// What one regime leaves of a flow in a whole period.
struct PeriodLimit {
  bool is_free = true;
  FlowLimitKind kind = FlowLimitKind::none;
  double value = 0;      ///< as of FlowLimit
  std::string outcomes;  ///< ids, separated by '+'
  friend auto operator<=>(const PeriodLimit&, const PeriodLimit&) = default;
};

/// A flow by its ends: the destination as the regions that the flow is about.
struct Ends {
  RegionId origin;
  std::vector<RegionId> at;
  friend auto operator<=>(const Ends&, const Ends&) = default;
};

/// Limits of all flows under one vintage, by commodity and regime, ends and period.
using Limits = std::map<std::pair<CommodityId, std::string>, std::map<Ends, std::vector<PeriodLimit>>>;

/// Limits by period: free where a flow is free in half of the period's months or more, stopped where it is in more than
/// half; otherwise its amount is that of the months that grant one, and its share the mean over the months, nothing
/// being granted in the others.
[[nodiscard]] Limits limits_by_period(const World& world, const std::vector<RuledFlow>& flows);

/// The limits of a period, each with the flows that it holds for together: flows of one outcome share the largest
/// amount that any of them has; those with less (fewer months) have theirs besides.
[[nodiscard]] std::vector<std::pair<PeriodLimit, std::vector<Ends>>> shared_limits(
    const std::map<Ends, PeriodLimit>& flows);

/// Flows of one outcome that form a rectangle: all origins to all destinations.
struct Rectangle {
  std::vector<RegionId> origins, destinations;
  friend auto operator<=>(const Rectangle&, const Rectangle&) = default;
};
[[nodiscard]] std::vector<Rectangle> rectangles(const std::vector<Ends>& ends);

/// A measure for a rectangle of flows, from the begin of one period to the end of another.
struct Draft {
  CommodityId commodity;
  std::string regime;
  PeriodLimit limit;
  Rectangle flows;
  PeriodId first, last;
};
[[nodiscard]] Measure measure_of(const World& world, const Draft& draft);

/// Bans, licence shares and quotas that hold the limits, those of consecutive periods in one.
///
/// errors    RUL-019 an amount shared by flows that are no rectangle
[[nodiscard]] std::vector<Measure> measures_of(const World& world, const Limits& limits, Diagnostics& diagnostics);

/// Gives every measure an id of its own among those of the world, and appends it.
void append(World& world, std::vector<Measure> measures);

/// Names in each flow the measures among `added` that cover it.
void name_measures(const World& world, std::size_t first_added, std::vector<RuledFlow>& flows);

}  // namespace pinchpoint::ruling::internal
