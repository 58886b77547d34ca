// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/tables/internal/cell_text.hpp"
#include "core/tables/internal/checks.hpp"

namespace pinchpoint::tables::internal {

namespace {

/// Tables whose rows do nothing if they end before the horizon starts. Rows of history (measures, lanes, groups) may.
constexpr std::array tables_of_the_horizon = {"budgets", "facilities", "options"};

void report_order(const Table& table, std::size_t row, int from, int until, Diagnostics& diagnostics) {
  Diagnostic& item =
      diagnostics.add(Code::date_order, table.where(row, until),
                      fmt::format("until '{}' is not after from '{}'", table.text(row, until), table.text(row, from)));
  item.found = table.text(row, until);
}

void report_past(const Table& table, std::size_t row, int until, Date start, Diagnostics& diagnostics) {
  Diagnostic& item =
      diagnostics.add(Code::date_before_horizon, table.where(row, until),
                      fmt::format("until '{}' is not after the start of the horizon", table.text(row, until)));
  item.found = table.text(row, until);
  item.expected = fmt::format("a date after {}", to_string(start));
}

/// Number of a cell; nothing if it is empty or unreadable.
std::optional<double> number_in(const Table& table, std::size_t row, std::string_view column) {
  return parse_number(table.text(row, table.column(column)));
}

/// Months after the last one in which a shock may start, until nothing is lost any more; nothing if it never ends.
std::optional<double> shock_length(const Table& table, std::size_t row) {
  const auto duration = number_in(table, row, "duration_months");
  if (!duration) return std::nullopt;
  return std::max(*duration, number_in(table, row, "duration_high").value_or(0)) +
         number_in(table, row, "recovery_months").value_or(0);
}

void check_shock(const Table& table, std::size_t row, const ModelSettings& settings, Diagnostics& diagnostics) {
  const int from = table.column("from");
  const auto begin = table.date(row, from);
  if (!begin) return;
  std::string message;
  if (*begin >= settings.end) {
    message = fmt::format("the shock starts in {}, after the horizon", table.text(row, from));
  } else if (const auto length = shock_length(table, row)) {
    const Date last = table.date(row, table.column("from_until")).value_or(*begin);
    const bool is_yearly = table.text(row, table.column("probability_per")) == "year";
    const bool has_end = !is_yearly || table.has(row, table.column("from_until"));
    if (has_end && last.months + *length <= settings.start.months)
      message = "the shock is over before the horizon starts";
  }
  if (message.empty()) return;
  Diagnostic& item = diagnostics.add(Code::shock_outside_horizon, table.where(row, from), message);
  item.found = table.text(row, from);
  item.expected = fmt::format("a date from {} to before {}", to_string(settings.start), to_string(settings.end));
}

void check_shocks(const Table& table, const ModelSettings& settings, Diagnostics& diagnostics) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (!table.is_inherited(row)) check_shock(table, row, settings, diagnostics);
  }
}

}  // namespace

void check_dates(const Table& table, const ModelSettings& settings, Diagnostics& diagnostics) {
  const int from = table.schema().find_column("from");
  const int until = table.schema().find_column("until");
  if (table.schema().name == "shocks" && !settings.is_horizon_moved) check_shocks(table, settings, diagnostics);
  if (from < 0 || until < 0) return;
  const bool is_of_horizon =
      !settings.is_horizon_moved && std::find(tables_of_the_horizon.begin(), tables_of_the_horizon.end(),
                                              table.schema().name) != tables_of_the_horizon.end();
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto end = table.date(row, until);
    if (!end) continue;
    const auto begin = table.date(row, from);
    if (begin && *begin >= *end) {
      report_order(table, row, from, until, diagnostics);
    } else if (is_of_horizon && !table.is_inherited(row) && *end <= settings.start) {
      report_past(table, row, until, settings.start, diagnostics);
    }
  }
}

}  // namespace pinchpoint::tables::internal
