// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "delivery/importers/osemosys/map/mapping.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

constexpr double hours_a_year = 8760;

/// Where a slice lies in the year: indices of season, day type and daily time bracket.
struct Slot {
  int season = -1, day = -1, bracket = -1;
  friend auto operator<=>(const Slot&, const Slot&) = default;
};

class Chronology {
 public:
  explicit Chronology(Mapping& mapping) : mapping_(mapping), foreign_(mapping.foreign) {
    for (int slice = 0; slice < foreign_.count(Set::timeslice); ++slice) slots_.push_back(slot_of(slice));
  }

  /// Stores need every slice in one slot, one slice a slot, every slot of the grid, and days that are alike each year.
  void check() {
    std::map<Slot, int> taken;
    for (int slice = 0; slice < foreign_.count(Set::timeslice); ++slice) {
      const Slot& slot = slots_[static_cast<std::size_t>(slice)];
      const std::string& name = foreign_.set(Set::timeslice)[slice];
      if (slot.season < 0 || slot.day < 0 || slot.bracket < 0) {
        refuse(fmt::format("TIMESLICE '{}' belongs to no or to several of SEASON, DAYTYPE and DAILYTIMEBRACKET", name));
        continue;
      }
      const auto [other, is_new] = taken.emplace(slot, slice);
      if (!is_new) {
        refuse(fmt::format("TIMESLICE '{}' and '{}' have the same season, day type and daily time bracket",
                           foreign_.set(Set::timeslice)[other->second], name));
      }
    }
    const int grid = foreign_.count(Set::season) * foreign_.count(Set::daytype) * foreign_.count(Set::bracket);
    if (!mapping_.problems.has_errors() && static_cast<int>(taken.size()) != grid) {
      refuse(fmt::format("{} of the {} combinations of season, day type and daily time bracket have no TIMESLICE",
                         grid - static_cast<int>(taken.size()), grid));
    }
    check_constant("DaySplit");
    check_constant("DaysInDayType");
    check_year_lengths();
    check_steps(Set::season);
    check_steps(Set::daytype);
  }

  /// Slices in the order in which they follow one another.
  [[nodiscard]] std::vector<int> order() const {
    std::vector<int> order(slots_.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int left, int right) {
      return slots_[static_cast<std::size_t>(left)] < slots_[static_cast<std::size_t>(right)];
    });
    return order;
  }

  [[nodiscard]] const Slot& slot(int slice) const { return slots_[static_cast<std::size_t>(slice)]; }

 private:
  void refuse(std::string message) {
    mapping_.problems.add(Code::import_unsupported, foreign_.where({}),
                          std::move(message) + ": STORAGE cannot be imported");
  }

  int only_member(const char* parameter, Set set, int slice) const {
    int found = -1;
    for (int member = 0; member < foreign_.count(set); ++member) {
      if (mapping_.at(parameter, {slice, member}) == 0) continue;
      if (found >= 0) return -1;
      found = member;
    }
    return found;
  }

  [[nodiscard]] Slot slot_of(int slice) const {
    return {only_member("Conversionls", Set::season, slice), only_member("Conversionld", Set::daytype, slice),
            only_member("Conversionlh", Set::bracket, slice)};
  }

  void check_constant(const char* name) {
    for (const Parameter::Series& series : foreign_.parameter(name).series(-1)) {
      if (series.is_all(series.values.front())) continue;
      refuse(fmt::format("{} differs from year to year", name));
      return;
    }
  }

  /// Days are as long in every year: so must be what the shares of the year add up to.
  void check_year_lengths() {
    for (int year = 1; year < mapping_.years(); ++year) {
      if (std::abs(mapping_.year_length(year) - mapping_.year_length(0)) < 1e-9) continue;
      refuse(fmt::format("YearSplit adds up to {} in {} and to {} in {}", number_text(mapping_.year_length(0)),
                         mapping_.date(0), number_text(mapping_.year_length(year)), mapping_.date(year)));
      return;
    }
  }

  /// OSeMOSYS counts seasons and day types by one.
  void check_steps(Set set) {
    const Members& members = foreign_.set(set);
    for (int index = 1; index < members.count(); ++index) {
      if (parse_number(members[index]).value() - parse_number(members[index - 1]).value() == 1) continue;
      refuse(fmt::format("{} jumps from {} to {}", name_of(set), members[index - 1], members[index]));
    }
  }

  Mapping& mapping_;
  const ForeignModel& foreign_;
  std::vector<Slot> slots_;
};

}  // namespace

void map_time(Mapping& mapping) {
  const ForeignModel& foreign = mapping.foreign;
  Chronology chronology(mapping);
  const bool has_stores = mapping.has_linked_stores() && !foreign.has_storage_rules;
  if (has_stores) chronology.check();
  if (mapping.problems.has_errors()) return;
  mapping.slice_order = chronology.order();
  for (const int slice : mapping.slice_order) {
    const auto at = static_cast<std::size_t>(slice);
    std::vector<double> weights;
    for (int year = 0; year < mapping.years(); ++year) {
      weights.push_back(mapping.at("YearSplit", {slice, year}) / mapping.year_length(year));
    }
    FolderText::Cells days;
    if (has_stores) {
      const Slot& slot = chronology.slot(slice);
      const double span = mapping.at("DaySplit", {slot.bracket, 0}) * hours_a_year / mapping.year_length(0);
      days = {{"season", foreign.set(Set::season)[slot.season]},
              {"day", foreign.set(Set::daytype)[slot.day]},
              {"days", number_text(mapping.at("DaysInDayType", {slot.season, slot.day, 0}))},
              {"span_hours", number_text(span)}};
    }
    const std::string& name = foreign.set(Set::timeslice)[slice];
    Mapping::for_each_change(mapping, weights, [&](const std::string& from, double value) {
      FolderText::Cells cells = {{"id", mapping.slices[at]},
                                 {"name", name == mapping.slices[at] ? std::string() : name},
                                 {"from", from},
                                 {"weight", number_text(value)},
                                 {"unit", "1"},
                                 {"source", Mapping::source}};
      cells.insert(cells.end(), days.begin(), days.end());
      mapping.folder.add("slices", cells);
    });
  }
}

}  // namespace pinchpoint::importers::osemosys
