// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/id.hpp"

namespace pinchpoint {

/// First day of a month.
struct Date {
  int months = 0;  ///< since year 0, January = 0

  [[nodiscard]] int year() const { return months / 12; }
  [[nodiscard]] int month() const { return months % 12 + 1; }
  friend constexpr auto operator<=>(Date, Date) = default;
};

/// Reads YYYY (its January), YYYY-Qn (its first month) or YYYY-MM. Years 1000 to 9999.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
/// Last month that such a date covers: 2030 → 2030-12, 2030-Q3 → 2030-09, 2030-05 → itself.
[[nodiscard]] std::optional<Date> parse_last_month(std::string_view text);
/// "2025-07"
[[nodiscard]] std::string to_string(Date date);

using PeriodId = Id<struct PeriodTag>;

enum class Step { month, quarter, year };
[[nodiscard]] constexpr int months_in(Step step) { return step == Step::month ? 1 : step == Step::quarter ? 3 : 12; }
/// "month", "quarter" or "year", as in model.toml.
[[nodiscard]] constexpr const char* to_text(Step step) {
  return step == Step::month ? "month" : step == Step::quarter ? "quarter" : "year";
}
/// The step of that name; nothing for another word.
[[nodiscard]] constexpr std::optional<Step> parse_step(std::string_view text) {
  for (const Step step : {Step::month, Step::quarter, Step::year}) {
    if (text == to_text(step)) return step;
  }
  return std::nullopt;
}

/// When in a period, or in each year of a longer one, money is paid.
enum class PaymentTime { start, middle, end };

/// The time axis of a plan: periods one after another, of equal length or not. Period t covers
/// [begin_of(t), begin_of(t+1)); periods beyond the horizon, which lead times may reach, are as long as the last one.
class Timeline {
 public:
  /// Equal periods. requires: count ≥ 1
  Timeline(Date start, Step step, int count);
  /// Periods that begin on the dates given; the last one ends before `end`. requires: ascending dates, at least one
  Timeline(std::vector<Date> begins, Date end);

  [[nodiscard]] int count() const { return static_cast<int>(begins_.size()) - 1; }
  [[nodiscard]] Date start() const { return begins_.front(); }
  [[nodiscard]] Date end() const { return begins_.back(); }  ///< exclusive
  [[nodiscard]] IdRange<PeriodId> periods() const { return IdRange<PeriodId>(static_cast<std::size_t>(count())); }
  [[nodiscard]] int months(PeriodId period) const {
    return begin_of(PeriodId(period.index() + 1)).months - begin_of(period).months;
  }
  [[nodiscard]] double years(PeriodId period) const { return months(period) / 12.0; }  ///< length of a period
  /// Time from the start of the horizon to a date, in years.
  [[nodiscard]] double years_until(Date date) const { return (date.months - start().months) / 12.0; }

  [[nodiscard]] Date begin_of(PeriodId period) const {
    if (period.index() >= 0 && period.index() <= count()) return begins_[static_cast<std::size_t>(period.index())];
    return begin_outside(period);
  }
  /// Period a date falls into; index -1 before the horizon, count() after it.
  [[nodiscard]] PeriodId period_of(Date date) const;
  /// Share of the period that lies in [from, until); an empty end is open.
  [[nodiscard]] double share_within(PeriodId period, std::optional<Date> from, std::optional<Date> until) const;
  /// "2025Q3" or "2025"
  [[nodiscard]] std::string label(PeriodId period) const;
  /// Whole periods, counted from the begin of one, that a time of `years` takes, rounded up (a hair is forgiven).
  [[nodiscard]] int periods_rounded_up(PeriodId from, double years) const;

  /// One payment of an amount that is spread over a period: a part of it, and when.
  struct Payment {
    double at_years = 0;  ///< from the start of the horizon
    double share = 0;     ///< of the period
  };
  /// A period's payments: one for each of its years, or one in all if it is no longer than a year.
  [[nodiscard]] std::vector<Payment> payments(PeriodId period, PaymentTime time) const;
  /// When a single payment of a period falls due, in years from the start of the horizon.
  [[nodiscard]] double payment_years(PeriodId period, PaymentTime time) const;

 private:
  [[nodiscard]] Date begin_outside(PeriodId period) const;

  std::vector<Date> begins_;  ///< of each period, and the end
};

/// How a shipment that takes a time is spread over arrival periods: shares of (offset, share), adding up to one.
/// A transit of 0.4 periods delivers 0.6 in the period of leaving and 0.4 in the next (uniform flow).
struct Arrival {
  int offset = 0;
  double share = 0;
};
[[nodiscard]] std::vector<Arrival> arrivals(const Timeline& timeline, PeriodId leaving, double transit_years);

/// A figure that changes on dates: holds from each date until the next; before the first: nothing.
/// An entry without date holds from the beginning of time.
class DatedValue {
 public:
  void set(std::optional<Date> from, double value);
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  /// True if an entry begins on a date.
  [[nodiscard]] bool is_dated() const { return !entries_.empty() && entries_.back().first > Date{0}; }
  [[nodiscard]] std::optional<double> at(Date date) const;
  /// Average over a period, weighted by months; nothing if no entry has begun by its end.
  [[nodiscard]] std::optional<double> average(const Timeline& timeline, PeriodId period) const;
  [[nodiscard]] const std::vector<std::pair<Date, double>>& entries() const { return entries_; }

 private:
  std::vector<std::pair<Date, double>> entries_;  // ascending by date
};

}  // namespace pinchpoint
