// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace pinchpoint::plan {

/// One time slice as stores see it.
struct TimedSlice {
  std::string id, season, day;
  double weight = 1;                      ///< share of the hours of a period
  std::optional<double> days = {};        ///< of this kind in a row; empty = the slice happens once
  std::optional<double> span_hours = {};  ///< length on one such day
};

/// A season that comes again: stores go through these in order, whatever the order of the slices.
struct SeasonVisit {
  std::string id, season;
  double weight = 1;  ///< share of the hours of a period
};

/// What one slice's flow of a period adds to a level: `share` of it. `repeats` times, `cycle_years` apart, the last of
/// them `lag_years` before the level is read.
struct LevelChange {
  int slice = 0;
  double share = 1;
  double lag_years = 0;
  double repeats = 1;
  double cycle_years = 0;

  /// Amount per unit of flow that is left at a standing loss (per year, continuous).
  [[nodiscard]] double kept(double standing_loss) const;
};

/// A moment whose level has a column. `slice` ends there, or begins there where none has ended yet.
struct LevelPoint {
  std::string label;  ///< the slice's id at its end
  int slice = 0;
};

/// level[to] = exp(−loss · years) · level[from] + changes
struct LevelStep {
  int from = 0, to = 0;
  double years = 0;
  std::vector<LevelChange> changes;
};

/// The limits of a level hold for exp(−loss · years) · level[point] + changes.
struct LevelCheck {
  std::string label;
  int slice = 0;  ///< whose profile counts
  int point = 0;
  double years = 0;  ///< negative: a moment before the point
  std::vector<LevelChange> changes;
};

/// The levels of a store in one period and how they follow from one another. docs/formulation/store.md
struct StorePath {
  std::vector<LevelPoint> points;
  std::vector<LevelStep> steps;
  std::vector<LevelCheck> checks;
  std::vector<int> end_of_slice;  ///< by slice: point at its end (first day, first year); -1: seasons are visited
  int start = -1;                 ///< carry: level at the start of the period
  int finish = -1;                ///< carry: level at its end

  /// True if each slice's flow stands in one step only: giving out more in it lowers the level at its end alone.
  [[nodiscard]] bool is_simple() const;
};

/// The path of a period of `years`. Periods longer than a year go through their slices about once a year.
class Chronology {
 public:
  /// requires: slices not empty; span_hours given with days, and days of all slices or of none
  explicit Chronology(std::vector<TimedSlice> slices, std::vector<SeasonVisit> visits = {});

  /// Each period ends with the level it began with.
  [[nodiscard]] StorePath cyclic(double years) const;
  /// Starts where the last period ended.
  [[nodiscard]] StorePath carry(double years) const;
  /// Each kind of day ends with the level it began with.
  [[nodiscard]] StorePath daily(double years) const;

 private:
  struct Builder;
  std::vector<TimedSlice> slices_;
  std::vector<SeasonVisit> visits_;
};

}  // namespace pinchpoint::plan
