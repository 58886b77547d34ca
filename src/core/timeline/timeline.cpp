// SPDX-License-Identifier: Apache-2.0
#include "core/timeline/timeline.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <functional>

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

Timeline::Timeline(Date start, Step step, int count) {
  ensure(count >= 1, "a timeline needs a period");
  for (int period = 0; period <= count; ++period) begins_.push_back({start.months + period * months_in(step)});
}

Timeline::Timeline(std::vector<Date> begins, Date end) : begins_(std::move(begins)) {
  ensure(!begins_.empty(), "a timeline needs a period");
  begins_.push_back(end);
  ensure(std::adjacent_find(begins_.begin(), begins_.end(), std::greater_equal<>()) == begins_.end(),
         "the periods of a timeline must follow one another");
}

Date Timeline::begin_outside(PeriodId period) const {
  const int last_length = begins_.back().months - begins_[begins_.size() - 2].months;
  return {begins_.back().months + (period.index() - count()) * last_length};
}

PeriodId Timeline::period_of(Date date) const {
  const auto next = std::upper_bound(begins_.begin(), begins_.end(), date);
  return PeriodId(static_cast<int>(next - begins_.begin()) - 1);
}

double Timeline::share_within(PeriodId period, std::optional<Date> from, std::optional<Date> until) const {
  const int begin = begin_of(period).months;
  const int end = begin + months(period);
  const int first = from ? std::clamp(from->months, begin, end) : begin;
  const int last = until ? std::clamp(until->months, begin, end) : end;
  return std::max(0, last - first) / static_cast<double>(end - begin);
}

std::string Timeline::label(PeriodId period) const {
  const Date date = begin_of(period);
  const int length = months(period);
  if (length % 12 == 0 && date.month() == 1) return std::to_string(date.year());
  if (length != 3 || date.month() % 3 != 1) return to_string(date);
  return std::to_string(date.year()) + "Q" + std::to_string((date.month() - 1) / 3 + 1);
}

int Timeline::periods_rounded_up(PeriodId from, double duration_years) const {
  // A month read through the unit library is 1/12 year to rounding only: 1e-6 of a period is no period.
  const double least_months = duration_years * 12 - 1e-6 * months(from);
  int periods = 0;
  while (begin_of(PeriodId(from.index() + periods)).months - begin_of(from).months < least_months) ++periods;
  return periods;
}

namespace {

double part_before(PaymentTime time) {
  switch (time) {
    case PaymentTime::start:
      return 0;
    case PaymentTime::middle:
      return 0.5;
    case PaymentTime::end:
      return 1;
  }
  return 0;
}

}  // namespace

std::vector<Timeline::Payment> Timeline::payments(PeriodId period, PaymentTime time) const {
  const double length = years(period);
  const double begin = years_until(begin_of(period));
  std::vector<Payment> all;
  for (int year = 0; year < length; ++year) {
    const double part = std::min(1.0, length - year);
    all.push_back({begin + year + part_before(time) * part, part / length});
  }
  return all;
}

double Timeline::payment_years(PeriodId period, PaymentTime time) const {
  return years_until(begin_of(period)) + part_before(time) * years(period);
}

std::vector<Arrival> arrivals(const Timeline& timeline, PeriodId leaving, double transit_years) {
  // What leaves evenly in [begin, end) arrives evenly in [begin, end) + transit.
  constexpr double no_time = 1e-9;  // of a period: rounding of a month read through the unit library
  const double length = timeline.months(leaving);
  const double first = timeline.begin_of(leaving).months + transit_years * 12;
  std::vector<Arrival> found;
  double left = 1;
  for (int offset = 0; left > no_time; ++offset) {
    const double end = timeline.begin_of(PeriodId(leaving.index() + offset + 1)).months;
    const double arrived = std::clamp((end - first) / length, 0.0, 1.0);
    const double share = arrived - (1 - left);
    if (share > no_time) {
      found.push_back({offset, 1 - arrived < no_time ? left : share});
      left = 1 - arrived;
    }
  }
  return found;
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
