// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "delivery/importers/temoa/database.hpp"
#include "delivery/importers/temoa/options.hpp"

namespace pinchpoint::importers::temoa {

using Key = std::vector<std::string>;

/// The figures of one table, by the columns that identify them.
class Parameter {
 public:
  void set(Key key, std::vector<double> values) { rows_[std::move(key)] = std::move(values); }
  [[nodiscard]] std::optional<double> find(std::initializer_list<std::string_view> key) const;
  [[nodiscard]] double value(std::initializer_list<std::string_view> key, double otherwise) const {
    return find(key).value_or(otherwise);
  }
  /// In the order of their keys.
  [[nodiscard]] const std::map<Key, std::vector<double>>& rows() const { return rows_; }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

 private:
  std::map<Key, std::vector<double>> rows_;
};

/// What a commodity may be (`flag`); one may be several things: "wp" is waste that is an input elsewhere.
struct Commodity {
  std::string about, unit;
  bool is_source = false;    ///< as much as is wanted, from nowhere
  bool is_physical = false;  ///< balanced
  bool is_annual = false;    ///< balanced over the year, not by time slice
  bool is_demand = false;
  bool is_emission = false;
  bool is_waste = false;  ///< a surplus may be left

  [[nodiscard]] bool is_sink() const { return is_demand || is_waste; }
};

struct Technology {
  std::string about;
  bool is_baseload = false, is_storage = false;
  bool is_unlimited = false, is_annual = false, is_reserve = false, can_retire = false, is_flexible = false,
       is_exchange = false, is_seasonal = false, is_curtailed = false;
};

struct Season {
  std::string name;
  double share = 1;  ///< of the year
};

struct TimeOfDay {
  std::string name;
  double hours = 24;
};

/// A season in the order in which stores go through them; the same one may come again.
struct Visit {
  std::string name, season;
  double share = 0;
};

struct Period {
  int year = 0;
  int length = 0;  ///< years
  std::string text;
};

/// An emission of one technology that another one takes up.
struct Link {
  std::string region, technology, emission, driven;
};

/// A Temoa database as it stands; names are looked up, figures are not judged.
struct TemoaData {
  std::string file;
  std::map<std::string, Parameter, std::less<>> parameters;
  std::vector<std::string> regions;
  std::vector<int> existing;     ///< years before the horizon in which something was built
  std::vector<Period> periods;   ///< that are planned
  int end = 0;                   ///< first year after them
  std::vector<Season> seasons;   ///< in order
  std::vector<TimeOfDay> times;  ///< in order
  std::vector<Visit> visits;     ///< in order; empty = seasons follow each other as they are listed
  std::map<std::string, Commodity, std::less<>> commodities;
  std::map<std::string, Technology, std::less<>> technologies;
  std::map<std::string, std::vector<std::string>, std::less<>> groups;  ///< of technologies
  std::vector<Link> links;
  double discount_rate = 0.05;

  [[nodiscard]] const Parameter& parameter(std::string_view table) const;
  [[nodiscard]] double hours_a_day() const;
  /// Share of the year of season and time of day number `slice`, seasons outermost.
  [[nodiscard]] double share(std::size_t slice) const;
  [[nodiscard]] std::size_t slice_count() const { return seasons.size() * times.size(); }
  [[nodiscard]] const Season& season(std::size_t slice) const { return seasons[slice / times.size()]; }
  [[nodiscard]] const TimeOfDay& time(std::size_t slice) const { return times[slice % times.size()]; }
  [[nodiscard]] bool is_planned(int year) const;
};

/// Tables of extensions that the options, of release 4.1, do not switch on are left out with a warning.
///
/// errors    IMP-003 other versions; IMP-005 names that are listed nowhere; IMP-006 figures that are missing
void read_data(const Database& database, const TemoaOptions& options, TemoaData& data, Diagnostics& problems);

}  // namespace pinchpoint::importers::temoa
