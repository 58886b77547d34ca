// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace pinchpoint::rules {

/// A day of the calendar: rules begin and end on days, where plans know months.
struct Day {
  int days = 0;  ///< since 1970-01-01
  friend constexpr auto operator<=>(Day, Day) = default;
};

inline constexpr Day first_day{-1'000'000};
inline constexpr Day last_day{1'000'000};

/// Reads YYYY-MM-DD; nothing if there is no such day.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);
[[nodiscard]] std::string to_string(Day day);

/// From its first to its last day, both included.
struct Span {
  Day from = first_day;
  Day to = last_day;
  [[nodiscard]] constexpr bool holds(Day day) const { return from <= day && day <= to; }
  [[nodiscard]] constexpr bool overlaps(const Span& other) const { return from <= other.to && other.from <= to; }
  friend constexpr bool operator==(const Span&, const Span&) = default;
};

}  // namespace pinchpoint::rules
