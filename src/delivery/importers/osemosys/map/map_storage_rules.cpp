// SPDX-License-Identifier: Apache-2.0
// S9 to S12, S30, S39, SC1 and SC3 of MUIO's model text: every year begins with an empty storage.
#include <fmt/format.h>

#include <algorithm>

#include "delivery/importers/osemosys/map/limit_rows.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

using Values = std::vector<double>;

/// Row over slices: what a unit a year that is put in over the slice adds to a level; and what a unit of room adds.
struct LevelRow {
  std::vector<Values> share;  ///< by slice and year
  Values room;                ///< by year
};

class StorageRules {
 public:
  StorageRules(Mapping& mapping, int region, int store)
      : mapping_(mapping),
        region_(region),
        store_(store),
        slices_(mapping.foreign.count(Set::timeslice)),
        seasons_(mapping.foreign.count(Set::season)),
        days_(mapping.foreign.count(Set::daytype)),
        brackets_(mapping.foreign.count(Set::bracket)),
        is_even_by_day_(mapping.foreign.even_by_day.contains(store)) {}

  void add() {
    if (!is_even_by_day_ && days_ > 1) return refuse();
    for (int season = 0; season < seasons_; ++season) {
      for (int day = 0; day < days_; ++day) add_day(season, day);
    }
    if (mapping_.foreign.even_by_year.contains(store_)) {
      LevelRow& year = even_.emplace_back(empty());
      for (int season = 0; season < seasons_; ++season) add_season(year, season);
    }
    write(even_, "even", "is even in", "exactly");
    write(most_, "most-level", "level, at most, of", "at_most");
    write(least_, "least-level", "level, at least, of", "at_least");
  }

 private:
  void refuse() {
    mapping_.problems.add(
        Code::import_unsupported, mapping_.foreign.where({}),
        fmt::format("storage {} is not even by the end of a day (STORAGEINTRADAY) and there are {} DAYTYPEs: in MUIO's "
                    "text the level at the end of its last days follows from nothing",
                    mapping_.foreign.set(Set::storage)[store_], days_));
  }

  [[nodiscard]] LevelRow empty() const {
    const auto years = static_cast<std::size_t>(mapping_.years());
    return {std::vector<Values>(static_cast<std::size_t>(slices_), Values(years, 0)), Values(years, 0)};
  }

  [[nodiscard]] bool is_in(int slice, int season, int day, int bracket) const {
    return mapping_.at("Conversionls", {slice, season}) == 1 && mapping_.at("Conversionld", {slice, day}) == 1 &&
           mapping_.at("Conversionlh", {slice, bracket}) == 1;
  }

  /// The slice's rates, for so many years; limits measure rates by the year of which the shares add up to 1.
  void add_rates(LevelRow& row, int slice, int bracket, int season_of_days = -1, int day = -1) const {
    for (int year = 0; year < mapping_.years(); ++year) {
      double span = bracket < 0 ? mapping_.at("YearSplit", {slice, year}) : mapping_.at("DaySplit", {bracket, year});
      if (day >= 0) span *= mapping_.at("DaysInDayType", {season_of_days, day, year});
      row.share[static_cast<std::size_t>(slice)][static_cast<std::size_t>(year)] += span / mapping_.year_length(year);
    }
  }

  /// What the season as a whole adds.
  void add_season(LevelRow& row, int season) const {
    for (int day = 0; day < days_; ++day) {
      for (int bracket = 0; bracket < brackets_; ++bracket) {
        for (int slice = 0; slice < slices_; ++slice)
          if (is_in(slice, season, day, bracket)) add_rates(row, slice, -1);
      }
    }
  }

  /// What one day adds in the brackets from one to before another; or all days of the kind.
  void add_brackets(LevelRow& row, int season, int day, int begin, int end, bool is_all_days = false) const {
    for (int bracket = begin; bracket < end; ++bracket) {
      for (int slice = 0; slice < slices_; ++slice) {
        if (!is_in(slice, season, day, bracket)) continue;
        if (is_all_days) {
          add_rates(row, slice, bracket, season, day);
        } else {
          add_rates(row, slice, bracket);
        }
      }
    }
  }

  void add_day(int season, int day) {
    LevelRow begin = empty();
    for (int before = 0; before < season; ++before) add_season(begin, before);
    for (int before = 0; before < day; ++before) add_brackets(begin, season, before, 0, brackets_, true);
    for (int bracket = 0; bracket < brackets_; ++bracket) {
      LevelRow level = begin;
      add_brackets(level, season, day, 0, bracket);
      add_bounds(level, false);
    }
    if (is_even_by_day_) {
      add_brackets(even_.emplace_back(empty()), season, day, 0, brackets_);
      return;
    }
    // SC3: the last day may begin with any level, and what it adds up to has room.
    for (int bracket = 1; bracket < brackets_; ++bracket) {
      LevelRow change = empty();
      add_brackets(change, season, day, bracket, brackets_);
      add_bounds(change, true);
    }
  }

  /// least · room ≤ level ≤ room; of a change either way: (1 − least) · room.
  void add_bounds(const LevelRow& level, bool is_change) {
    LevelRow& most = most_.emplace_back(level);
    LevelRow& least = least_.emplace_back(level);
    for (int year = 0; year < mapping_.years(); ++year) {
      const double share = mapping_.at("MinStorageCharge", {region_, store_, year});
      most.room[static_cast<std::size_t>(year)] = is_change ? share - 1 : -1;
      least.room[static_cast<std::size_t>(year)] = is_change ? 1 - share : -share;
    }
  }

  /// A limit per slice has as many rows as there are slices: the n-th takes the n-th of its rows.
  void write(const std::vector<LevelRow>& rows, const char* slug, const char* words, const char* sense) {
    const auto size = static_cast<std::size_t>(slices_);
    for (std::size_t first = 0; first < rows.size(); first += size) {
      const std::string& store = mapping_.foreign.set(Set::storage)[store_];
      LimitRows limit(mapping_, {fmt::format("{}.{}", mapping_.in_region(id(), region_), slug),
                                 fmt::format("{} {}{}", words, store, mapping_.region_words(region_)), sense, "slice"});
      for (std::size_t at = first; at < std::min(rows.size(), first + size); ++at)
        write_row(limit, rows[at], static_cast<int>(at - first));
      limit.add_values({0.0}, fmt::format("{}/year", Mapping::activity));
    }
  }

  void write_row(LimitRows& limit, const LevelRow& row, int position) const {
    const auto is_zero = [](const Values& values) {
      return std::all_of(values.begin(), values.end(), [](double value) { return value == 0; });
    };
    const std::string& at =
        mapping_.slices[static_cast<std::size_t>(mapping_.slice_order[static_cast<std::size_t>(position)])];
    for (int other = 0; other < slices_; ++other) {
      const int slice = mapping_.slice_order[static_cast<std::size_t>(other)];
      Values share = row.share[static_cast<std::size_t>(slice)];
      if (is_zero(share)) continue;
      const std::string lag = std::to_string((position - other + slices_) % slices_);
      const FolderText::Cells where = {{"commodity", mapping_.stored[static_cast<std::size_t>(store_)]},
                                       {"region", mapping_.region_filter(region_)},
                                       {"slice", at},
                                       {"lag", lag}};
      limit.add_term("made", where, share);
      for (double& value : share) value = -value;
      limit.add_term("used", where, share);
    }
    if (is_zero(row.room)) return;
    limit.add_term("capacity", {{"technology", id()}, {"region", mapping_.region_filter(region_)}, {"slice", at}},
                   row.room);
  }

  [[nodiscard]] const std::string& id() const { return mapping_.stores[static_cast<std::size_t>(store_)]; }

  Mapping& mapping_;
  int region_, store_, slices_, seasons_, days_, brackets_;
  bool is_even_by_day_;
  std::vector<LevelRow> even_, most_, least_;
};

}  // namespace

void map_storage_rules(Mapping& mapping, int region, int store) { StorageRules(mapping, region, store).add(); }

}  // namespace pinchpoint::importers::osemosys
