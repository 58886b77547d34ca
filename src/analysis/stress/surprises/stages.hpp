// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/stress/sampling/scenario.hpp"
#include "core/timeline/timeline.hpp"

namespace pinchpoint::stress {

/// Which hits of a scenario are a surprise.
enum class Surprises {
  first,    ///< from the first hit on, all are known
  each,     ///< none is known before it begins
  nothing,  ///< all are known from the start of the horizon
};

/// As options and results name it: "first", "each", "nothing".
[[nodiscard]] const char* to_string(Surprises surprises);

/// A part of a scenario's course: what is decided from one surprise to before the next, or to the end.
struct Stage {
  std::size_t scenario = 0;
  std::int32_t opening = 0;  ///< period of the scenario's first stage
  std::int32_t begin = 0;
  std::int32_t end = 0;
  bool is_last = true;
};

/// Stages that begin in one period, by scenario: one operating problem. -1: of scenarios in which nothing happens.
struct StageGroup {
  std::int32_t start = 0;
  std::vector<Stage> stages;
};

/// Periods of the horizon in which hits of a scenario begin, ascending; a hit that began before counts in the first.
[[nodiscard]] std::vector<std::int32_t> begins_of(const Timeline& timeline, const Scenario& scenario);

/// Groups by start, ascending: the earlier stages of a group's scenarios are in groups before it.
[[nodiscard]] std::vector<StageGroup> stages_of(const Timeline& timeline, const std::vector<Scenario>& scenarios,
                                                Surprises surprises);

/// The hits that are known in a stage, each with its whole course.
[[nodiscard]] Scenario known_in(const Timeline& timeline, const Scenario& scenario, const Stage& stage);

}  // namespace pinchpoint::stress
