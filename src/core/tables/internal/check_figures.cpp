// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <unordered_map>

#include "core/tables/internal/cell_text.hpp"
#include "core/tables/internal/checks.hpp"
#include "core/tables/internal/range_text.hpp"
#include "core/tables/internal/table_data.hpp"

namespace pinchpoint::tables::internal {

namespace {

/// What a figure's unit must convert into, for dimensions that need no other table. The others are the world's affair.
struct PlainDimension {
  std::vector<std::string> units;
  std::string expected;
};

std::optional<PlainDimension> plain_dimension(std::string_view dimension, const std::string& currency) {
  if (dimension == "share") return PlainDimension{{"1"}, "a share: 1 or %"};
  if (dimension == "time") return PlainDimension{{"year"}, "a time, e.g. months or years"};
  if (dimension == "share/time") return PlainDimension{{"1/year"}, "a share per time, e.g. %/year"};
  if (dimension == "budget") {
    return PlainDimension{{currency, currency + "/year"},
                          fmt::format("money or money per time, e.g. {0} or {0}/year", currency)};
  }
  return std::nullopt;
}

class FigureChecker {
 public:
  FigureChecker(const Table& table, const UnitSystem& units, const ModelSettings& settings, Diagnostics& diagnostics)
      : table_(table),
        units_(units),
        currency_(settings.currency),
        diagnostics_(diagnostics),
        figure_(table.schema().find_column(table.schema().figure)),
        parameter_(table.schema().parameters.empty() ? -1 : table.column("parameter")),
        unit_(table.schema().find_column("unit")),
        low_(table.schema().find_column("low")),
        high_(table.schema().find_column("high")) {}

  void check() {
    for (std::size_t column = 0; column < table_.schema().columns.size(); ++column) {
      if (table_.schema().columns[column].type == ColumnType::unit) check_unit_column(static_cast<int>(column));
    }
    if (figure_ < 0) return;
    for (std::size_t row = 0; row < table_.row_count(); ++row) {
      check_band(row);
      if (table_.has(row, figure_)) check_figure(row);
    }
  }

 private:
  void check_unit_column(int column) {
    for (std::size_t row = 0; row < table_.row_count(); ++row) {
      if (!table_.has(row, column)) continue;
      UnitProblem problem = UnitProblem::none;
      const bool is_read = units_.parse(table_.text(row, column), &problem).has_value();
      if (!is_read) report_unreadable(row, column, problem);
    }
  }

  void report_unreadable(std::size_t row, int column, UnitProblem problem) {
    const std::string text(table_.text(row, column));
    if (problem == UnitProblem::no_deflator) {
      report(Code::no_deflator, row, column, fmt::format("'{}' is money of a year that deflators does not have", text));
      return;
    }
    Diagnostic& item = report(Code::unknown_unit, row, column, fmt::format("unit '{}' cannot be read", text));
    const std::string near = units_.closest(text);
    if (!near.empty()) item.fix = fmt::format("did you mean '{}'?", near);
  }

  Diagnostic& report(Code code, std::size_t row, int column, const std::string& message) {
    Diagnostic& item = diagnostics_.add(code, table_.where(row, column), message);
    item.found = table_.text(row, column);
    return item;
  }

  [[nodiscard]] std::optional<double> number(std::size_t row, int column) const {
    return column < 0 ? std::nullopt : parse_number(table_.text(row, column));
  }

  /// A patched figure is a "what if": the band its source gave says nothing about it.
  [[nodiscard]] bool is_patched(std::size_t row) const {
    const Table::Data& data = TableAccess::data(table_);
    return !data.patched.empty() && data.patched.contains(data.key(row, figure_));
  }

  void check_band(std::size_t row) {
    const auto low = number(row, low_);
    const auto high = number(row, high_);
    const auto value = is_patched(row) ? std::nullopt : number(row, figure_);
    if (low && high && *low > *high) {
      report(Code::low_above_high, row, low_, fmt::format("low {} is above high {}", *low, *high));
    } else if (low && value && *value < *low) {
      report(Code::low_above_high, row, figure_, fmt::format("{} {} is below its low {}", figure_name(), *value, *low));
    } else if (high && value && *value > *high) {
      report(Code::low_above_high, row, figure_,
             fmt::format("{} {} is above its high {}", figure_name(), *value, *high));
    }
  }
  [[nodiscard]] std::string_view figure_name() const { return table_.schema().figure; }

  /// Range and dimension of a row's figure: its parameter's, if the table has one figure a row.
  struct Demand {
    std::string_view name;
    std::string_view dimension;
    const Range* range;
  };
  [[nodiscard]] std::optional<Demand> demand_of(std::size_t row) const {
    const ColumnSchema& column = table_.schema().columns[static_cast<std::size_t>(figure_)];
    if (parameter_ < 0) return Demand{column.name, column.dimension, &column.range};
    const ParameterSchema* const parameter = table_.schema().find_parameter(table_.text(row, parameter_));
    if (parameter == nullptr) return std::nullopt;
    return Demand{parameter->name, parameter->dimension, &parameter->range};
  }

  void check_figure(std::size_t row) {
    const auto demand = demand_of(row);
    if (!demand) return;
    if (!table_.has(row, unit_) && demand->dimension != "share") {
      diagnostics_.add(Code::missing_unit, table_.where(row, unit_),
                       fmt::format("{} '{}' has no unit", demand->name, table_.text(row, figure_)));
      return;
    }
    const std::string_view unit = table_.has(row, unit_) ? table_.text(row, unit_) : "1";
    if (!units_.parse(unit)) return;
    const auto factor = factor_to_plain(demand->dimension, unit);
    if (!factor) return report_dimension(row, *demand, unit);
    check_range(row, *demand, *factor);
  }

  void report_dimension(std::size_t row, const Demand& demand, std::string_view unit) {
    Diagnostic& item =
        report(Code::wrong_dimension, row, unit_,
               fmt::format("{} cannot be in '{}' ({})", demand.name, unit, units_.dimension(*units_.parse(unit))));
    item.expected = plain_dimension(demand.dimension, currency_)->expected;
  }

  /// Factor into the unit of a plain dimension; 1 for any other dimension; nothing if the unit is of the wrong one.
  std::optional<double> factor_to_plain(std::string_view dimension, std::string_view unit) {
    std::string key(dimension);
    key.append(" ").append(unit);
    auto known = factors_.find(key);
    if (known == factors_.end()) known = factors_.emplace(std::move(key), compute_factor(dimension, unit)).first;
    return known->second;
  }
  [[nodiscard]] std::optional<double> compute_factor(std::string_view dimension, std::string_view unit) const {
    const auto plain = plain_dimension(dimension, currency_);
    if (!plain) return 1.0;
    for (const std::string& target : plain->units) {
      if (const auto factor = units_.factor(*units_.parse(unit), *units_.parse(target))) return factor;
    }
    return std::nullopt;
  }

  void check_range(std::size_t row, const Demand& demand, double factor) {
    const auto value = number(row, figure_);
    if (!value) return;
    // 30 % read as 0.3 may differ from 0.3 in the last digit.
    constexpr double rounding = 1e-12;
    const double scaled = *value * factor;
    const bool is_fine = is_within(*demand.range, scaled) ||
                         (is_within(*demand.range, scaled * (1 - rounding)) && !demand.range->minimum_exclusive);
    if (is_fine) return;
    report(Code::number_out_of_range, row, figure_,
           fmt::format("{} {} is out of range", demand.name, table_.text(row, figure_)))
        .expected = render_range(*demand.range);
  }

  const Table& table_;
  const UnitSystem& units_;
  std::string currency_;
  Diagnostics& diagnostics_;
  int figure_;
  int parameter_;
  int unit_;
  int low_;
  int high_;
  std::unordered_map<std::string, std::optional<double>> factors_;
};

}  // namespace

void check_figures(const Table& table, const UnitSystem& units, const ModelSettings& settings,
                   Diagnostics& diagnostics) {
  FigureChecker(table, units, settings, diagnostics).check();
}

}  // namespace pinchpoint::tables::internal
