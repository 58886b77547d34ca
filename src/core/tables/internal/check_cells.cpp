// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/tables/internal/cell_text.hpp"
#include "core/tables/internal/checks.hpp"
#include "core/tables/internal/range_text.hpp"
#include "core/tables/internal/table_data.hpp"

namespace pinchpoint::tables::internal {

namespace {

/// The check of one cell that is not empty.
class CellCheck {
 public:
  CellCheck(const Table& table, std::size_t row, int column, Diagnostics& diagnostics)
      : table_(table),
        row_(row),
        column_(column),
        schema_(table.schema().columns[static_cast<std::size_t>(column)]),
        text_(table.text(row, column)),
        diagnostics_(diagnostics) {}

  void check() {
    switch (schema_.type) {
      case ColumnType::id:
        return check_id(text_);
      case ColumnType::ids:
        return check_ids();
      case ColumnType::text:
        return;
      case ColumnType::number:
        return check_number(parse_number(text_), "is not a finite number");
      case ColumnType::integer:
        return check_number(parse_integer(text_), "is not a whole number");
      case ColumnType::boolean:
        return check_boolean();
      case ColumnType::date:
        return check_date();
      case ColumnType::choice:
        return check_choice();
      case ColumnType::unit:
        return;  // by check_figures, once money can be read
    }
  }

 private:
  Diagnostic& report(Code code, const std::string& message) {
    Diagnostic& item = diagnostics_.add(code, table_.where(row_, column_), message);
    item.found = text_;
    return item;
  }

  void check_id(std::string_view name) {
    if (is_id(name)) return;
    if (name.empty()) {
      report(Code::bad_id, fmt::format("'{}' has an empty name in its list", text_)).fix = "remove the extra ';'";
    } else {
      report(Code::bad_id, fmt::format("{} '{}' has characters that ids cannot have", schema_.name, name));
    }
  }

  void check_ids() {
    for (const std::string_view name : split_list(text_)) check_id(name);
  }

  void check_number(std::optional<double> number, std::string_view complaint) {
    if (!number) {
      report(Code::bad_number, fmt::format("{} '{}' {}", schema_.name, text_, complaint));
      return;
    }
    const bool is_figure = schema_.name == table_.schema().figure;  // its range holds in its unit: check_figures
    if (is_figure || is_within(schema_.range, *number)) return;
    report(Code::number_out_of_range, fmt::format("{} {} is out of range", schema_.name, text_)).expected =
        render_range(schema_.range);
  }

  void check_boolean() {
    if (parse_boolean(text_)) return;
    report(Code::bad_boolean, fmt::format("{} '{}' is neither yes nor no", schema_.name, text_));
  }

  void check_date() {
    if (parse_date(text_)) return;
    Diagnostic& item = report(Code::bad_date, fmt::format("{} '{}' is not a date", schema_.name, text_));
    item.expected = "YYYY, YYYY-Qn or YYYY-MM";
    const bool has_day = text_.size() > 7 && parse_date(text_.substr(0, 7));
    if (has_day) item.fix = fmt::format("write '{}'", text_.substr(0, 7));
  }

  void check_choice() {
    const auto& choices = schema_.choices;
    if (std::find(choices.begin(), choices.end(), text_) != choices.end()) return;
    Diagnostic& item =
        report(Code::bad_choice, fmt::format("{} '{}' is none of the words it may be", schema_.name, text_));
    item.expected = fmt::format("{}", fmt::join(choices, ", "));
    const std::string near = closest_name(text_, {choices.begin(), choices.end()});
    if (!near.empty()) item.fix = fmt::format("did you mean '{}'?", near);
  }

  const Table& table_;
  std::size_t row_;
  int column_;
  const ColumnSchema& schema_;
  std::string_view text_;
  Diagnostics& diagnostics_;
};

/// A column that the whole file lacks has been complained about at its header.
bool stands_in_file(const Table& table, std::size_t row, int column) {
  const Table::Data& data = TableAccess::data(table);
  return data.patched.contains(data.key(row, column)) ||
         data.part_of(row).file_column[static_cast<std::size_t>(column)] >= 0;
}

}  // namespace

void check_cell(const Table& table, std::size_t row, int column, Diagnostics& diagnostics) {
  if (table.has(row, column)) return CellCheck(table, row, column, diagnostics).check();
  const ColumnSchema& schema = table.schema().columns[static_cast<std::size_t>(column)];
  if (!schema.required || !stands_in_file(table, row, column)) return;
  diagnostics.add(Code::missing_value, table.where(row, column), fmt::format("{} is empty", schema.name)).expected =
      schema.about;
}

void check_cells(const Table& table, Diagnostics& diagnostics) {
  const int columns = static_cast<int>(table.schema().columns.size());
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    for (int column = 0; column < columns; ++column) check_cell(table, row, column, diagnostics);
  }
}

}  // namespace pinchpoint::tables::internal
