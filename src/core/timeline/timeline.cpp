// SPDX-License-Identifier: Apache-2.0
#include "core/timeline/timeline.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "core/base/ensure.hpp"

namespace pinchpoint {

namespace {

std::optional<int> whole_number(std::string_view text, int smallest, int largest) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (number < smallest || number > largest) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  const auto year = whole_number(text.substr(0, 4), 1000, 9999);
  if (!year) return std::nullopt;
  if (text.size() == 4) return Date{*year * 12};
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  if (text[5] == 'Q') {
    const auto quarter = whole_number(text.substr(6), 1, 4);
    return quarter ? std::optional(Date{*year * 12 + (*quarter - 1) * 3}) : std::nullopt;
  }
  const auto month = whole_number(text.substr(5), 1, 12);
  return month ? std::optional(Date{*year * 12 + *month - 1}) : std::nullopt;
}

std::optional<Date> parse_last_month(std::string_view text) {
  const auto first = parse_date(text);
  if (!first) return std::nullopt;
  const int months = text.size() == 4 ? 12 : text[5] == 'Q' ? 3 : 1;
  return Date{first->months + months - 1};
}

std::string to_string(Date date) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d", date.year() % 10000, date.month());
  return text;
}

Timeline::Timeline(Date start, Step step, int count) : start_(start), step_(step), count_(count) {
  ensure(count >= 1, "a timeline needs a period");
}

PeriodId Timeline::period_of(Date date) const {
  if (date < start_) return PeriodId(-1);
  return PeriodId(std::min(count_, (date.months - start_.months) / months_in(step_)));
}

double Timeline::share_within(PeriodId period, std::optional<Date> from, std::optional<Date> until) const {
  const int begin = begin_of(period).months;
  const int end = begin + months_in(step_);
  const int first = from ? std::clamp(from->months, begin, end) : begin;
  const int last = until ? std::clamp(until->months, begin, end) : end;
  return std::max(0, last - first) / static_cast<double>(months_in(step_));
}

std::string Timeline::label(PeriodId period) const {
  const Date date = begin_of(period);
  if (step_ == Step::year && start_.month() == 1) return std::to_string(date.year());
  if (step_ == Step::year) return to_string(date);
  return std::to_string(date.year()) + "Q" + std::to_string((date.month() - 1) / 3 + 1);
}

int Timeline::periods_rounded_up(double duration_years) const {
  // A month read through the unit library is 1/12 year to rounding only: 1e-6 of a period is no period.
  return static_cast<int>(std::ceil(duration_years / years() - 1e-6));
}

std::vector<Arrival> arrivals(const Timeline& timeline, double transit_years) {
  const double periods = transit_years / timeline.years();
  const double whole = std::floor(periods + 1e-9);
  const double rest = std::max(0.0, periods - whole);
  const int offset = static_cast<int>(whole);
  if (rest < 1e-9) return {{offset, 1.0}};
  return {{offset, 1.0 - rest}, {offset + 1, rest}};
}

void DatedValue::set(std::optional<Date> from, double value) {
  const Date date = from.value_or(Date{0});
  const auto place = std::lower_bound(entries_.begin(), entries_.end(), date,
                                      [](const auto& entry, Date limit) { return entry.first < limit; });
  if (place != entries_.end() && place->first == date) {
    place->second = value;
  } else {
    entries_.insert(place, {date, value});
  }
}

std::optional<double> DatedValue::at(Date date) const {
  const auto next = std::upper_bound(entries_.begin(), entries_.end(), date,
                                     [](Date limit, const auto& entry) { return limit < entry.first; });
  if (next == entries_.begin()) return std::nullopt;
  return std::prev(next)->second;
}

std::optional<double> DatedValue::average(const Timeline& timeline, PeriodId period) const {
  double sum = 0;
  double weight = 0;
  for (std::size_t entry = 0; entry < entries_.size(); ++entry) {
    const auto until = entry + 1 < entries_.size() ? std::optional(entries_[entry + 1].first) : std::nullopt;
    const double share = timeline.share_within(period, entries_[entry].first, until);
    sum += share * entries_[entry].second;
    weight += share;
  }
  if (weight == 0) return std::nullopt;
  return sum / weight;
}

}  // namespace pinchpoint
