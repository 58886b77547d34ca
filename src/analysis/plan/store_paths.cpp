// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/store_paths.hpp"

namespace pinchpoint::plan {

namespace {

Chronology chronology_of(const World& world, const Technology& technology, PeriodId period) {
  if (!world.commodities[technology.output].is_by_slice) return Chronology({TimedSlice{"all", {}, {}}});
  std::vector<TimedSlice> slices;
  for (const SliceId id : ids(world.slices)) {
    const Slice& slice = world.slices[id];
    slices.push_back({slice.id, slice.season, slice.day, world.weight(id, period), slice.days, slice.span_hours});
  }
  std::vector<SeasonVisit> visits;
  // A daily store never sees from one day to the next.
  for (const Visit& visit : world.visits) {
    if (technology.chain != StoreChain::daily) visits.push_back({visit.id, visit.season, visit.weight});
  }
  return Chronology(std::move(slices), std::move(visits));
}

}  // namespace

StorePath path_of(const World& world, const Technology& technology, PeriodId period) {
  const Chronology chronology = chronology_of(world, technology, period);
  const double years = world.timeline.years(period);
  switch (technology.chain) {
    case StoreChain::cyclic:
      return chronology.cyclic(years);
    case StoreChain::carry:
      return chronology.carry(years);
    case StoreChain::daily:
      return chronology.daily(years);
  }
  throw InternalError("a store without a chain", std::source_location::current());
}

void Moments::add(const std::string& label) {
  if (at_.try_emplace(label, static_cast<int>(labels_.size())).second) labels_.push_back(label);
}

void Moments::add(const World& world, const Technology& technology) {
  for (const PeriodId period : world.timeline.periods()) {
    const StorePath path = path_of(world, technology, period);
    for (const LevelPoint& point : path.points) add(point.label);
    for (const LevelCheck& check : path.checks) add(check.label);
  }
}

}  // namespace pinchpoint::plan
