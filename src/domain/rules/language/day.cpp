// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/language/day.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace pinchpoint::rules {

namespace {

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return std::nullopt;
    number = number * 10 + (letter - '0');
  }
  return number;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number_of(text.substr(0, 4));
  const auto month = number_of(text.substr(5, 2));
  const auto day = number_of(text.substr(8, 2));
  if (!year || !month || !day || *year < 1000) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return Day{static_cast<int>(std::chrono::sys_days(date).time_since_epoch().count())};
}

std::string to_string(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.days))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

}  // namespace pinchpoint::rules
