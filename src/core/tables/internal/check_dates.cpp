// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

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

}  // namespace

void check_dates(const Table& table, const ModelSettings& settings, bool has_own_horizon, Diagnostics& diagnostics) {
  const int from = table.schema().find_column("from");
  const int until = table.schema().find_column("until");
  if (from < 0 || until < 0) return;
  const bool is_of_horizon = has_own_horizon && std::find(tables_of_the_horizon.begin(), tables_of_the_horizon.end(),
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
