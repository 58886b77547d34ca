// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/table/rule_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/tables/csv.hpp"

namespace pinchpoint::rules {

namespace {

const std::string empty_text;

const ColumnForm* find_column(const TableForm& form, std::string_view name) {
  const auto found = std::find_if(form.columns.begin(), form.columns.end(),
                                  [name](const ColumnForm& column) { return column.name == name; });
  return found == form.columns.end() ? nullptr : &*found;
}

void check_name(const std::string& name, const SourceSpan& where, const TableForm& form,
                const std::vector<std::string>& more, Diagnostics& diagnostics) {
  std::vector<std::string> names = more;
  for (const ColumnForm& column : form.columns) names.push_back(column.name);
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  Diagnostic& item =
      diagnostics.add(Code::unknown_column, where, fmt::format("{} has no column '{}'", form.name, name));
  item.found = name;
  if (const std::string near = closest_name(name, names); !near.empty())
    item.fix = fmt::format("did you mean '{}'?", near);
}

void check_header(const TableForm& form, const std::map<std::string, SourceSpan, std::less<>>& header,
                  const std::vector<std::string>& more, const std::string& file, Diagnostics& diagnostics) {
  for (const auto& [name, where] : header) check_name(name, where, form, more, diagnostics);
  for (const ColumnForm& column : form.columns) {
    if (column.is_required && !header.contains(column.name))
      diagnostics.add(Code::missing_column, {file, 1, 1, 0}, fmt::format("the column '{}' is missing", column.name));
  }
}

void check_cell(const ColumnForm& column, const std::string& text, const SourceSpan& where, Diagnostics& diagnostics) {
  if (text.empty()) {
    if (column.is_required)
      diagnostics.add(Code::missing_value, where, fmt::format("'{}' is empty and must not be", column.name));
    return;
  }
  const auto complain = [&](Code code, const std::string& message, const std::string& expected) {
    Diagnostic& item = diagnostics.add(code, where, message);
    item.found = text;
    item.expected = expected;
  };
  switch (column.type) {
    case ColumnType::day:
      if (!parse_day(text)) complain(Code::bad_day, fmt::format("'{}' is no day", text), "YYYY-MM-DD");
      return;
    case ColumnType::decimal:
      if (!parse_exact(text)) complain(Code::bad_decimal, fmt::format("'{}' is no plain decimal", text), "e.g. 2.91");
      return;
    case ColumnType::flag:
      if (text != "yes" && text != "no")
        complain(Code::bad_boolean, fmt::format("'{}' is neither yes nor no", text), "");
      return;
    case ColumnType::choice:
      if (std::find(column.choices.begin(), column.choices.end(), text) == column.choices.end())
        complain(Code::bad_choice, fmt::format("{} is never '{}'", column.name, text),
                 fmt::format("{}", fmt::join(column.choices, ", ")));
      return;
    case ColumnType::id:
    case ColumnType::ids:
    case ColumnType::text:
      return;
  }
}

std::string key_of(const RuleTable& table, const TableForm& form, std::size_t row) {
  std::string key;
  for (const std::string& column : form.key) key += (key.empty() ? "" : ", ") + table.text(row, column);
  return key;
}

}  // namespace

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    std::string_view part = text.substr(0, end);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

const std::string& RuleTable::text(std::size_t row, std::string_view column) const {
  const auto found = columns_.find(column);
  return found == columns_.end() ? empty_text : rows_[row][found->second].text;
}

std::optional<Exact> RuleTable::decimal(std::size_t row, std::string_view column) const {
  return parse_exact(text(row, column));
}

std::vector<std::string> RuleTable::ids(std::size_t row, std::string_view column) const {
  return parts_of(text(row, column));
}

Span RuleTable::span(std::size_t row) const {
  return {parse_day(text(row, "from")).value_or(first_day), parse_day(text(row, "to")).value_or(last_day)};
}

SourceSpan RuleTable::where(std::size_t row, std::string_view column) const {
  const auto found = columns_.find(column);
  return found == columns_.end() ? row_where_[row] : rows_[row][found->second].where;
}

RuleTable read_rule_table(const std::string& file, const std::string& text, const TableForm& form,
                          const std::vector<std::string>& more_columns, Diagnostics& diagnostics) {
  RuleTable table;
  const tables::Csv csv = tables::read_csv(text, file, diagnostics);
  const auto value_of = [&text](const tables::CsvRow& row, const tables::CsvField& field) {
    const std::string_view raw = tables::raw_text(text, row, field);
    return field.has_doubled_quotes != 0 ? tables::unescaped(raw) : std::string(raw);
  };
  std::map<std::string, SourceSpan, std::less<>> header;
  for (std::size_t column = 0; column < csv.header.size(); ++column) {
    const std::string name = value_of(csv.header_row, csv.header[column]);
    const SourceSpan where = tables::place_of(text, file, csv.header_row, csv.header[column]);
    if (!header.emplace(name, where).second)
      diagnostics.add(Code::duplicate_column, where, fmt::format("the column '{}' stands twice", name));
    table.columns_.emplace(name, column);
    if (find_column(form, name) == nullptr) table.extra_.push_back(name);
  }
  check_header(form, header, more_columns, file, diagnostics);
  for (std::size_t row = 0; row < csv.rows.size(); ++row) {
    std::vector<RuleTable::Cell> cells;
    for (std::size_t column = 0; column < csv.header.size(); ++column) {
      const tables::CsvField& field = csv.field(row, column);
      cells.push_back({value_of(csv.rows[row], field), tables::place_of(text, file, csv.rows[row], field)});
    }
    table.rows_.push_back(std::move(cells));
    table.row_where_.push_back({file, csv.rows[row].line, 1, 0});
    for (const ColumnForm& column : form.columns) {
      if (header.contains(column.name))
        check_cell(column, table.text(row, column.name), table.where(row, column.name), diagnostics);
    }
    if (const Span span = table.span(row); span.to < span.from)
      diagnostics.add(Code::date_order, table.where(row, "to"), "the row ends before it begins");
  }
  return table;
}

RuleTable read_toml_rows(const std::vector<tables::TomlRow>& rows, const TableForm& form, Diagnostics& diagnostics) {
  RuleTable table;
  for (const ColumnForm& column : form.columns) table.columns_.emplace(column.name, table.columns_.size());
  for (const tables::TomlRow& row : rows) {
    std::vector<RuleTable::Cell> cells(form.columns.size(), RuleTable::Cell{"", row.where});
    for (const tables::TomlCell& cell : row.cells) {
      check_name(cell.key, cell.key_where, form, {}, diagnostics);
      const auto column = table.columns_.find(cell.key);
      if (column != table.columns_.end()) cells[column->second] = {cell.text, cell.where};
    }
    for (std::size_t column = 0; column < form.columns.size(); ++column)
      check_cell(form.columns[column], cells[column].text, cells[column].where, diagnostics);
    table.rows_.push_back(std::move(cells));
    table.row_where_.push_back(row.where);
  }
  return table;
}

int find_row(const std::string& name, const std::vector<std::string>& names, const SourceSpan& where, const char* table,
             Diagnostics& diagnostics) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<int>(found - names.begin());
  Diagnostic& item = diagnostics.add(Code::unknown_name, where, fmt::format("'{}' is not listed in {}", name, table));
  item.found = name;
  if (const std::string near = closest_name(name, names); !near.empty())
    item.fix = fmt::format("did you mean '{}'?", near);
  return -1;
}

void check_overlaps(const RuleTable& table, const TableForm& form, Diagnostics& diagnostics) {
  const bool has_days = find_column(form, "from") != nullptr;
  std::map<std::string, std::vector<std::size_t>> rows;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string key = key_of(table, form, row);
    for (const std::size_t earlier : rows[key]) {
      if (!table.span(row).overlaps(table.span(earlier))) continue;
      Diagnostic& item =
          has_days ? diagnostics.add(Code::overlapping_dates, table.where(row, "from"),
                                     fmt::format("'{}' is in force twice from {}", key,
                                                 to_string(std::max(table.span(row).from, table.span(earlier).from))))
                   : diagnostics.add(Code::duplicate_key, table.where(row, form.key.front()),
                                     fmt::format("'{}' stands twice", key));
      item.notes.push_back({table.where(earlier, form.key.front()), "the other row is here"});
    }
    rows[key].push_back(row);
  }
}

}  // namespace pinchpoint::rules
