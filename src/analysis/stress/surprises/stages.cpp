// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/surprises/stages.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace pinchpoint::stress {

namespace {

/// Period in which a hit begins within the horizon; -1: outside of it.
std::int32_t begin_period(const Timeline& timeline, const Hit& hit) {
  if (hit.begin_months >= timeline.end().months || end_months(hit) <= timeline.start().months) return -1;
  const Date date{static_cast<int>(std::floor(std::max<double>(hit.begin_months, timeline.start().months)))};
  return timeline.period_of(date).index();
}

}  // namespace

const char* to_string(Surprises surprises) {
  switch (surprises) {
    case Surprises::first:
      return "first";
    case Surprises::each:
      return "each";
    case Surprises::nothing:
      return "nothing";
  }
  return "";
}

std::vector<std::int32_t> begins_of(const Timeline& timeline, const Scenario& scenario) {
  std::vector<std::int32_t> periods;
  for (const Hit& hit : scenario.hits) {
    if (const std::int32_t period = begin_period(timeline, hit); period >= 0) periods.push_back(period);
  }
  std::sort(periods.begin(), periods.end());
  periods.erase(std::unique(periods.begin(), periods.end()), periods.end());
  return periods;
}

std::vector<StageGroup> stages_of(const Timeline& timeline, const std::vector<Scenario>& scenarios,
                                  Surprises surprises) {
  std::map<std::int32_t, std::vector<Stage>> by_start;
  for (std::size_t at = 0; at < scenarios.size(); ++at) {
    std::vector<std::int32_t> begins = begins_of(timeline, scenarios[at]);
    if (begins.empty()) by_start[-1].push_back({at, -1, -1, -1, true});
    if (begins.empty()) continue;
    if (surprises == Surprises::nothing) begins.front() = 0;
    if (surprises != Surprises::each) begins.resize(1);
    for (std::size_t stage = 0; stage < begins.size(); ++stage) {
      const bool is_last = stage + 1 == begins.size();
      const std::int32_t end = is_last ? timeline.count() : begins[stage + 1];
      by_start[begins[stage]].push_back({at, begins.front(), begins[stage], end, is_last});
    }
  }
  std::vector<StageGroup> groups;
  for (auto& [start, stages] : by_start) groups.push_back({start, std::move(stages)});
  return groups;
}

Scenario known_in(const Timeline& timeline, const Scenario& scenario, const Stage& stage) {
  if (stage.is_last) return scenario;
  Scenario known{scenario.index, {}};
  for (const Hit& hit : scenario.hits) {
    if (begin_period(timeline, hit) <= stage.begin) known.hits.push_back(hit);
  }
  return known;
}

}  // namespace pinchpoint::stress
