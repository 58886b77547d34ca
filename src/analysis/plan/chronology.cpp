// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/chronology.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"

namespace pinchpoint::plan {

namespace {

// The convention of energy models (OSeMOSYS, PyPSA): a span of hours is this share of a year.
constexpr double hours_a_year = 8760;

/// Shares that are equal in decimal figures (16 h of 2/3, 8 h of 1/3) must stay equal, or a day that takes in what it
/// gives out would not close. Rounding to 40 bits undoes the last digits that division spoilt.
double rounded_share(double share) {
  int exponent = 0;
  const double mantissa = std::frexp(share, &exponent);
  return std::ldexp(std::round(std::ldexp(mantissa, 40)), exponent - 40);
}

/// Slices of one kind of day, in order.
struct Day {
  std::string name;
  std::vector<int> slices;
};

struct Season {
  std::string name;
  std::vector<Day> days;
};

template <class Named>
Named& named(std::vector<Named>& list, const std::string& name) {
  const auto place = std::find_if(list.begin(), list.end(), [&](const Named& one) { return one.name == name; });
  return place != list.end() ? *place : list.emplace_back(Named{name, {}});
}

std::vector<Season> seasons_of(const std::vector<TimedSlice>& slices) {
  std::vector<Season> seasons;
  for (std::size_t slice = 0; slice < slices.size(); ++slice) {
    Season& season = named(seasons, slices[slice].season);
    named(season.days, slices[slice].day).slices.push_back(static_cast<int>(slice));
  }
  return seasons;
}

}  // namespace

double LevelChange::kept(double standing_loss) const {
  const double each = share * std::exp(-standing_loss * lag_years);
  const double cycle_loss = standing_loss * cycle_years;
  if (cycle_loss == 0 || repeats == 1) return each;
  return each * std::expm1(-cycle_loss * repeats) / (std::expm1(-cycle_loss) * repeats);
}

bool StorePath::is_simple() const {
  std::vector<int> count(end_of_slice.size(), 0);
  for (const LevelStep& step : steps) {
    for (const LevelChange& change : step.changes) ++count[static_cast<std::size_t>(change.slice)];
  }
  return std::all_of(count.begin(), count.end(), [](int times) { return times == 1; }) &&
         std::all_of(checks.begin(), checks.end(), [](const LevelCheck& check) { return check.changes.empty(); });
}

/// Adds the levels of one period of `years`, gone through `passes` times.
struct Chronology::Builder {
  const Chronology& chronology;
  double years;
  StorePath path;
  double passes = std::max(1.0, std::round(years));
  std::string suffix = {};  ///< of labels: of the last of several passes

  Builder(const Chronology& the_chronology, double the_years) : chronology(the_chronology), years(the_years) {
    path.end_of_slice.assign(chronology.slices_.size(), -1);
  }

  [[nodiscard]] const TimedSlice& at(int slice) const { return chronology.slices_[static_cast<std::size_t>(slice)]; }
  [[nodiscard]] bool has_days() const { return at(0).days.has_value(); }
  [[nodiscard]] double pass_years() const { return years / passes; }
  /// Time that a slice takes on one day, or once a pass.
  [[nodiscard]] double span(int slice) const {
    return has_days() ? *at(slice).span_hours / hours_a_year : at(slice).weight * pass_years();
  }
  /// Share of a slice's flow in the period that falls on one day, or on one pass.
  [[nodiscard]] double day_share(int slice) const {
    return has_days() ? rounded_share(span(slice) / (at(slice).weight * years)) : 1 / passes;
  }

  int add_point(std::string label, int slice) {
    path.points.push_back({std::move(label) + suffix, slice});
    return static_cast<int>(path.points.size()) - 1;
  }
  int add_slice_end(int slice) {
    const int point = add_point(at(slice).id, slice);
    if (suffix.empty()) path.end_of_slice[static_cast<std::size_t>(slice)] = point;
    return point;
  }
  void check_point(int point) {
    const LevelPoint& at_point = path.points[static_cast<std::size_t>(point)];
    path.checks.push_back({at_point.label, at_point.slice, point, 0, {}});
  }

  // Slices that happen once, in order.
  int walk_slices(int from);
  int walk_visits(int from);
  void close(int last, int first);
  // Days in a row, within seasons.
  int walk_days(int from, int end);
  int walk_season(const Season& season, int begin, int end);
  void walk_first_day(const Day& day, int begin);
  void check_first_week(const Day& day, const Day* before, int begin);
  void check_last_week(const Day& day, int before, int finish);
  int add_repeated_day(const Day& day, int from, int to, std::string label);
  [[nodiscard]] std::vector<LevelChange> within(const Day& day, std::size_t first, std::size_t last, double read,
                                                double sign) const;
  [[nodiscard]] double time_until(const Day& day, std::size_t end) const;
  void add_season_step(const Season& season, int from, int to);
  // Either.
  int walk(int from);
  void skip_passes(int from, int to);
};

int Chronology::Builder::walk_slices(int from) {
  for (int slice = 0; slice < static_cast<int>(chronology.slices_.size()); ++slice) {
    const int to = add_slice_end(slice);
    path.steps.push_back({from, to, span(slice), {{slice, 1 / passes}}});
    check_point(to);
    from = to;
  }
  return from;
}

/// A visit takes of each slice's flow what its weight is of the season's.
int Chronology::Builder::walk_visits(int from) {
  const std::vector<Season> seasons = seasons_of(chronology.slices_);
  for (const SeasonVisit& visit : chronology.visits_) {
    double weight = 0;
    for (const TimedSlice& slice : chronology.slices_) weight += slice.season == visit.season ? slice.weight : 0;
    ensure(weight > 0, "a season that is visited has slices");
    for (int slice = 0; slice < static_cast<int>(chronology.slices_.size()); ++slice) {
      if (at(slice).season != visit.season) continue;
      const double share = visit.weight / weight;
      const int to = add_point(fmt::format("{}/{}", visit.id, at(slice).id), slice);
      path.steps.push_back({from, to, at(slice).weight * share * pass_years(), {{slice, share / passes}}});
      check_point(to);
      from = to;
    }
  }
  return from;
}

/// Makes the first step start where the last one ended.
void Chronology::Builder::close(int last, int first) {
  for (LevelStep& step : path.steps) step.from = step.from == first ? last : step.from;
}

/// Time from the start of the day to the end of its slice number `end` - 1.
double Chronology::Builder::time_until(const Day& day, std::size_t end) const {
  double sum = 0;
  for (std::size_t place = 0; place < end; ++place) sum += span(day.slices[place]);
  return sum;
}

/// Changes by the slices [first, last) of one day, for a level that is read at a time of that day.
std::vector<LevelChange> Chronology::Builder::within(const Day& day, std::size_t first, std::size_t last, double read,
                                                     double sign) const {
  std::vector<LevelChange> changes;
  for (std::size_t place = first; place < last; ++place) {
    const int slice = day.slices[place];
    changes.push_back({slice, sign * day_share(slice), read - time_until(day, place + 1)});
  }
  return changes;
}

/// As many days of this kind as there are in a row. Returns the point they lead to, a new one if `to` is none.
int Chronology::Builder::add_repeated_day(const Day& day, int from, int to, std::string label) {
  const double length = time_until(day, day.slices.size());
  const double count = *at(day.slices.front()).days;
  std::vector<LevelChange> changes = within(day, 0, day.slices.size(), length, count);
  for (LevelChange& change : changes) {
    change.repeats = count;
    change.cycle_years = length;
  }
  if (to < 0) to = add_point(std::move(label), day.slices.back());
  path.steps.push_back({from, to, count * length, std::move(changes)});
  return to;
}

void Chronology::Builder::walk_first_day(const Day& day, int begin) {
  int from = begin;
  for (const int slice : day.slices) {
    const int to = add_slice_end(slice);
    path.steps.push_back({from, to, span(slice), {{slice, day_share(slice)}}});
    from = to;
  }
}

/// OSeMOSYS SC1: the first day at the beginning of each slice; SC2: the last of the days before, at the end of each.
void Chronology::Builder::check_first_week(const Day& day, const Day* before, int begin) {
  for (std::size_t place = 0; place < day.slices.size(); ++place) {
    const int slice = day.slices[place];
    const double read = time_until(day, place);
    path.checks.push_back(
        {fmt::format("{}/first-begin{}", at(slice).id, suffix), slice, begin, read, within(day, 0, place, read, 1)});
  }
  if (before == nullptr || *at(before->slices.front()).days == 1) return;
  const std::size_t count = before->slices.size();
  for (std::size_t place = 0; place + 1 < count; ++place) {
    const int slice = before->slices[place];
    const double read = time_until(*before, place + 1);
    path.checks.push_back({fmt::format("{}/first-end{}", at(slice).id, suffix), slice, begin,
                           read - time_until(*before, count), within(*before, place + 1, count, read, -1)});
  }
}

/// OSeMOSYS SC3: the last day at the end of each slice; SC4: the first day at the beginning of each. `finish` ends the
/// days of this kind, `before` those of the kind before (none: -1).
void Chronology::Builder::check_last_week(const Day& day, int before, int finish) {
  const std::size_t count = day.slices.size();
  for (std::size_t place = 0; place < count; ++place) {
    const int slice = day.slices[place];
    const double read = time_until(day, place + 1);
    path.checks.push_back({fmt::format("{}/last-end{}", at(slice).id, suffix), slice, finish,
                           read - time_until(day, count), within(day, place + 1, count, read, -1)});
  }
  if (before < 0 || *at(day.slices.front()).days == 1) return;
  for (std::size_t place = 1; place < count; ++place) {
    const int slice = day.slices[place];
    const double read = time_until(day, place);
    path.checks.push_back(
        {fmt::format("{}/last-begin{}", at(slice).id, suffix), slice, before, read, within(day, 0, place, read, 1)});
  }
}

/// The season's change is that of its slices' weights, whatever number of weeks that is.
void Chronology::Builder::add_season_step(const Season& season, int from, int to) {
  LevelStep step{from, to, 0, {}};
  double week = 0;
  for (const Day& day : season.days) {
    week += *at(day.slices.front()).days * time_until(day, day.slices.size());
    for (const int slice : day.slices) step.years += at(slice).weight * pass_years();
  }
  for (const Day& day : season.days) {
    for (const int slice : day.slices) step.changes.push_back({slice, 1 / passes, 0, step.years / week, week});
  }
  path.steps.push_back(std::move(step));
}

int Chronology::Builder::walk_season(const Season& season, int begin, int end) {
  if (end < 0) end = add_point("after/" + season.name, season.days.back().slices.back());
  add_season_step(season, begin, end);
  int day_begin = begin;
  const Day* before = nullptr;
  for (const Day& day : season.days) {
    if (before != nullptr)
      day_begin = add_repeated_day(*before, day_begin, -1, fmt::format("before/{}/{}", season.name, day.name));
    walk_first_day(day, day_begin);
    check_first_week(day, before, day_begin);
    before = &day;
  }
  std::vector<int> finish(season.days.size(), end);
  for (std::size_t place = 0; place + 1 < season.days.size(); ++place) {
    const Day& day = season.days[place];
    finish[place] = add_point(fmt::format("last/{}/{}", season.name, day.name), day.slices.back());
  }
  for (std::size_t place = 0; place < season.days.size(); ++place) {
    const int earlier = place == 0 ? -1 : finish[place - 1];
    if (place > 0) add_repeated_day(season.days[place], earlier, finish[place], {});
    check_last_week(season.days[place], earlier, finish[place]);
  }
  return end;
}

/// The last season ends in the point `end`; -1: a new one.
int Chronology::Builder::walk_days(int from, int end) {
  const std::vector<Season> seasons = seasons_of(chronology.slices_);
  for (std::size_t place = 0; place < seasons.size(); ++place) {
    from = walk_season(seasons[place], from, place + 1 == seasons.size() ? end : -1);
  }
  return from;
}

int Chronology::Builder::walk(int from) {
  if (!chronology.visits_.empty()) return walk_visits(from);
  return has_days() ? walk_days(from, -1) : walk_slices(from);
}

/// All passes but the last.
void Chronology::Builder::skip_passes(int from, int to) {
  LevelStep step{from, to, (passes - 1) * pass_years(), {}};
  double begin = 0;
  for (int slice = 0; slice < static_cast<int>(chronology.slices_.size()); ++slice) {
    begin += at(slice).weight;
    const double lag = std::max(0.0, 1 - begin) * pass_years();
    step.changes.push_back({slice, (passes - 1) / passes, lag, passes - 1, pass_years()});
  }
  path.steps.push_back(std::move(step));
}

Chronology::Chronology(std::vector<TimedSlice> slices, std::vector<SeasonVisit> visits)
    : slices_(std::move(slices)), visits_(std::move(visits)) {
  ensure(!slices_.empty(), "a chronology has slices");
  for (const TimedSlice& slice : slices_) {
    ensure(slice.days.has_value() == slices_.front().days.has_value(), "days of all slices or of none");
    ensure(!slice.days || slice.span_hours, "span_hours comes with days");
  }
}

StorePath Chronology::cyclic(double years) const {
  Builder builder(*this, years);
  if (visits_.empty() && builder.has_days()) {
    const int start = builder.add_point("start", 0);
    builder.walk_days(start, start);
  } else {
    builder.close(builder.walk(-1), -1);
  }
  return std::move(builder.path);
}

StorePath Chronology::carry(double years) const {
  Builder builder(*this, years);
  const int start = builder.add_point("start", 0);
  int last = builder.walk(start);
  if (builder.passes > 1) {
    builder.suffix = "/last-year";
    const int last_start = builder.add_point("start", 0);
    builder.skip_passes(start, last_start);
    last = builder.walk(last_start);
  }
  builder.path.start = start;
  builder.path.finish = last;
  return std::move(builder.path);
}

StorePath Chronology::daily(double years) const {
  Builder builder(*this, years);
  for (const Season& season : seasons_of(slices_)) {
    for (const Day& day : season.days) {
      int from = -1;
      for (const int slice : day.slices) {
        const int to = builder.add_slice_end(slice);
        builder.path.steps.push_back({from, to, builder.span(slice), {{slice, builder.day_share(slice)}}});
        builder.check_point(to);
        from = to;
      }
      builder.close(from, -1);
    }
  }
  return std::move(builder.path);
}

}  // namespace pinchpoint::plan
