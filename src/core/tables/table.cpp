// SPDX-License-Identifier: Apache-2.0
#include "core/tables/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"
#include "core/tables/internal/cell_text.hpp"
#include "core/tables/internal/table_data.hpp"

namespace pinchpoint::tables {

const TablePart& Table::Data::part_of(std::size_t row) const {
  ensure(row < row_count, "the row is one of the table's");
  return parts[part_of_row[row]];
}

std::string_view Table::Data::own_text(std::size_t row, int column) const {
  if (!patched.empty()) {
    if (const auto found = patched.find(key(row, column)); found != patched.end()) return found->second.text;
  }
  const TablePart& part = part_of(row);
  const int file_column = part.file_column.at(static_cast<std::size_t>(column));
  if (file_column < 0) return {};
  const std::size_t row_of_part = row - part.first_row;
  const CsvField& field = part.csv.field(row_of_part, static_cast<std::size_t>(file_column));
  if (field.has_doubled_quotes != 0) return unescaped.at(key(row, column));
  return raw_text(part.text, part.csv.rows[row_of_part], field);
}

void Table::Data::add_part(TablePart part) {
  part.first_row = row_count;
  row_count += part.csv.rows.size();
  part_of_row.resize(row_count, static_cast<std::uint32_t>(parts.size()));
  for (std::size_t row = 0; row < part.csv.rows.size(); ++row) {
    for (std::size_t column = 0; column < part.file_column.size(); ++column) {
      if (part.file_column[column] < 0) continue;
      const CsvField& field = part.csv.field(row, static_cast<std::size_t>(part.file_column[column]));
      if (field.has_doubled_quotes == 0) continue;
      unescaped[key(part.first_row + row, static_cast<int>(column))] =
          tables::unescaped(raw_text(part.text, part.csv.rows[row], field));
    }
  }
  // An empty part would share its first row with the next and hide it.
  if (!part.csv.rows.empty()) parts.push_back(std::move(part));
}

const TableSchema& Table::schema() const { return *data_->schema; }
std::size_t Table::row_count() const { return data_->row_count; }

int Table::column(std::string_view name) const {
  const int found = schema().find_column(name);
  if (found < 0) ensure(false, "table " + std::string(schema().name) + " has no column " + std::string(name));
  return found;
}

bool Table::has(std::size_t row, int column) const { return !data_->own_text(row, column).empty(); }

std::string_view Table::text(std::size_t row, int column) const {
  const std::string_view own = data_->own_text(row, column);
  return own.empty() ? schema().columns[static_cast<std::size_t>(column)].default_text : own;
}

double Table::number(std::size_t row, int column) const {
  const auto number = internal::parse_number(text(row, column));
  ensure(number.has_value(), "number() of a cell without a number");
  return *number;
}

bool Table::boolean(std::size_t row, int column) const {
  const auto value = internal::parse_boolean(text(row, column));
  ensure(value.has_value(), "boolean() of a cell that is neither yes nor no");
  return *value;
}

std::optional<Date> Table::date(std::size_t row, int column) const { return parse_date(text(row, column)); }

std::vector<std::string_view> Table::ids(std::size_t row, int column) const {
  return internal::split_list(text(row, column));
}

SourceSpan Table::where(std::size_t row, int column) const {
  if (const auto found = data_->patched.find(data_->key(row, column)); found != data_->patched.end()) {
    return found->second.where;
  }
  const TablePart& part = data_->part_of(row);
  const CsvRow& csv_row = part.csv.rows[row - part.first_row];
  const int file_column = part.file_column.at(static_cast<std::size_t>(column));
  if (file_column < 0) return {part.file, csv_row.line, 0, 0};
  return place_of(part.text, part.file, csv_row,
                  part.csv.field(row - part.first_row, static_cast<std::size_t>(file_column)));
}

const std::vector<std::string>& Table::patches(std::size_t row) const {
  static const std::vector<std::string> none;
  const auto found = data_->patches.find(row);
  return found == data_->patches.end() ? none : found->second;
}

Table Table::copy() const { return Table(std::make_shared<Data>(*data_)); }

void Table::set_number(std::size_t row, int column, double number) {
  ensure(std::isfinite(number), "a cell's number is finite");
  const SourceSpan place = where(row, column);
  data_->patched[data_->key(row, column)] = {fmt::format("{}", number), place};
}

bool Table::is_inherited(std::size_t row) const { return data_->part_of(row).is_inherited; }

}  // namespace pinchpoint::tables
