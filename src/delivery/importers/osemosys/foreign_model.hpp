// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "delivery/importers/osemosys/read/raw_model.hpp"

namespace pinchpoint::importers::osemosys {

/// The sets of OSeMOSYS.
enum class Set {
  region,
  technology,
  timeslice,
  fuel,
  emission,
  mode,
  season,
  daytype,
  bracket,
  storage,
  year,
  udc,  ///< constraints of the user's own
};
inline constexpr std::size_t set_count = 12;
[[nodiscard]] std::string_view name_of(Set set);
/// MUIO's COMMODITY is FUEL.
[[nodiscard]] std::optional<Set> find_set(std::string_view name);

/// A parameter of the OSeMOSYS model, its indices in the order of the GNU MathProg text (2016 to now).
struct ParameterSpec {
  std::string_view name;
  std::vector<Set> indices;
  double default_value;  ///< where the data have none: otoole's
};
[[nodiscard]] const std::vector<ParameterSpec>& parameter_specs();
[[nodiscard]] const ParameterSpec* find_spec(std::string_view name);

/// Members of a set: numbers in ascending order, words as they stand in the data.
class Members {
 public:
  /// False if it is there already.
  bool add(std::string_view text);
  [[nodiscard]] int find(std::string_view text) const;  ///< or -1
  [[nodiscard]] int count() const { return static_cast<int>(texts_.size()); }
  [[nodiscard]] const std::string& operator[](int index) const { return texts_.at(static_cast<std::size_t>(index)); }
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }
  /// Puts them in ascending order. requires  numbers
  void sort_numbers();

 private:
  std::vector<std::string> texts_;
  std::map<std::string, int, std::less<>> index_;
};
/// Numbers are the same however they are written: "1990.0" is "1990".
[[nodiscard]] std::string canonical(std::string_view text);

/// A value by the members of its sets.
class Parameter {
 public:
  struct Entry {
    std::uint64_t key = 0;
    double value = 0;
    Place place;
  };

  Parameter(const ParameterSpec& spec, const std::array<Members, set_count>& sets, double default_value);

  [[nodiscard]] const ParameterSpec& spec() const { return *spec_; }
  [[nodiscard]] double default_value() const { return default_; }
  [[nodiscard]] const Place& default_place() const { return default_place_; }
  [[nodiscard]] double at(std::initializer_list<int> indices) const { return at_key(key_of(indices)); }
  /// Where the value stands; the place of the default, or none.
  [[nodiscard]] Place place(std::initializer_list<int> indices) const;
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] std::vector<int> indices_of(std::uint64_t key) const;

  /// Indices but the last, which must be the year, with a value for each year.
  struct Series {
    std::vector<int> index;
    std::vector<double> values;
    [[nodiscard]] bool is_all(double value) const;
  };
  /// All that differ from `neutral` in some year, in the order of the indices.
  [[nodiscard]] std::vector<Series> series(double neutral = 0) const;

  // While reading.
  void add(Entry entry) { entries_.push_back(entry); }
  void set_default_place(Place place) { default_place_ = place; }
  /// Sorts; returns pairs of entries with the same key.
  std::vector<std::pair<Entry, Entry>> settle();
  [[nodiscard]] std::uint64_t key_of(const int* indices) const;
  [[nodiscard]] std::uint64_t key_of(std::initializer_list<int> indices) const;
  /// "CapitalCost[UTOPIA,E01,1990]"
  [[nodiscard]] std::string name(std::uint64_t key, const std::array<Members, set_count>& sets) const;

 private:
  [[nodiscard]] double at_key(std::uint64_t key) const;
  [[nodiscard]] const Entry* find(std::uint64_t key) const;

  const ParameterSpec* spec_;
  std::vector<std::uint64_t> sizes_;
  std::vector<Entry> entries_;
  double default_;
  Place default_place_;
};

struct ForeignModel {
  std::array<Members, set_count> sets;
  std::map<std::string, Parameter, std::less<>> parameters;  ///< all of parameter_specs()
  std::vector<int> years;                                    ///< consecutive
  bool is_muio = false;                                      ///< made by MUIO, whose model text checks nothing
  bool penalties_are_income = false;   ///< the sum of a technology's penalties of a year may be below zero
  std::map<int, std::set<int>> modes;  ///< by technology: all that it may run in; none given = any
  /// The data know MUIO's sets of storage that is even by the end of a day or a year: each year begins with it empty.
  bool has_storage_rules = false;
  std::set<int> even_by_day, even_by_year;  ///< storages
  std::vector<std::string> files;

  [[nodiscard]] const Members& set(Set wanted) const { return sets[static_cast<std::size_t>(wanted)]; }
  [[nodiscard]] int count(Set wanted) const { return set(wanted).count(); }
  [[nodiscard]] const Parameter& parameter(std::string_view name) const;
  [[nodiscard]] bool may_run(int technology, int mode) const;
  [[nodiscard]] bool is_given(std::string_view name) const;  ///< has values or a default of the data
  /// Of a place in no file: the first file as a whole.
  [[nodiscard]] SourceSpan where(const Place& place) const;
  std::map<std::string, bool, std::less<>> given;
};

/// Looks up names. Errors: IMP-002 numbers that are none, IMP-003 sets of a form that OSeMOSYS lacks or years with
/// gaps, IMP-004 a value given twice, IMP-005 unknown members, IMP-006 empty sets.
[[nodiscard]] Result<ForeignModel> resolve(const RawModel& raw);

}  // namespace pinchpoint::importers::osemosys
