// SPDX-License-Identifier: Apache-2.0
#pragma once

// Linear rules that a user states: Σ terms ≤, ≥ or = value. docs/formulation/limit.md

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/source_span.hpp"
#include "core/timeline/timeline.hpp"
#include "core/units/units.hpp"
#include "domain/world/figures.hpp"
#include "domain/world/world_ids.hpp"

namespace pinchpoint {

struct Programme;
struct World;

enum class LimitSense { at_most, at_least, exactly };
enum class LimitPer { slice, period, horizon };
enum class LimitMeasure { activity, made, used, capacity, ordered, level, met };

/// The right-hand side from one date until the next row's, in the limit's unit.
struct LimitValue {
  SliceId slice;  ///< invalid = every slice without a row of its own
  std::optional<Date> from, until;
  double value = 0;
};

/// A technology that a term counts. `scale`: one of its units (of activity, capacity) in those of the term's first.
struct LimitTechnology {
  TechnologyId technology;
  double scale = 1;
};

/// An amount times what it measures, summed over all facilities and options that the filters let through.
///
/// Measured in natural units: activity, made, used, met: amounts per year in limits per slice or period, amounts in
/// those over the horizon; capacity, ordered: amounts per year (of a store: amounts); level: amounts.
struct LimitTerm {
  LimitMeasure what = LimitMeasure::activity;
  TechnologyId technology;
  ModeId mode;
  CommodityId commodity;
  RegionId region;
  OrganisationId owner;
  ProgrammeId programme;
  std::string visit;                           ///< level: in this visit of the slice's season
  int lag = 0;                                 ///< slices or periods
  DatedValue amount;                           ///< limit's unit per unit measured
  std::map<SliceId, DatedValue> slice_amount;  ///< in rows of this slice, in the place of `amount`
  std::vector<LimitTechnology> technologies;   ///< that stand or may be ordered where the filters look
  SourceSpan where;                            ///< first row of the table

  /// True if the filters let through what an owner has in a region; programmes.
  [[nodiscard]] bool is_about(const World& world, RegionId place, OrganisationId holder) const;
  [[nodiscard]] bool counts(const World& world, const Programme& programme) const;
  /// The amount in a row of a slice (invalid: of a row without slice) on a date; 0 before its first date.
  [[nodiscard]] double amount_at(SliceId slice, Date date) const;
};

struct Limit {
  std::string id, name;
  LimitSense sense = LimitSense::at_most;
  LimitPer per = LimitPer::period;
  Unit unit;  ///< as its first value is given
  std::vector<LimitValue> values;
  std::vector<LimitTerm> terms;

  /// The value in a period and slice (invalid: a limit without slices): the average over the months that rows cover;
  /// nothing if they cover half of the period or less.
  [[nodiscard]] std::optional<double> value_in(const Timeline& timeline, PeriodId period, SliceId slice = {}) const;
};

/// What the world outside measured from one date until another, in the fact's unit.
struct FactValue {
  Date from, until;
  double value = 0;
  std::optional<double> low, high;
  Confidence confidence = Confidence::unstated;
  std::vector<std::string> sources;
  std::string note;
};

/// A quantity that is measured outside, and the terms that a plan's answer to it is added up from. Never a rule.
struct Fact {
  Limit sum;  ///< id, name, unit and terms; per horizon: amounts over a value's dates, per period: averages over them
  double tolerance = 0;   ///< share by which a plan may miss a value and still agree
  bool is_given = false;  ///< the input was set to it: agreement proves little
  std::vector<FactValue> values;
};

}  // namespace pinchpoint
