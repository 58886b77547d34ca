// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <unordered_map>

#include "core/tables/internal/cell_text.hpp"
#include "core/tables/internal/checks.hpp"

namespace pinchpoint::tables::internal {

namespace {

/// Text that is equal where the cells mean the same: 2026, 2026-Q1 and 2026-01 are one date.
std::string key_text(const Table& table, std::size_t row, int column) {
  const std::string text(table.text(row, column));
  switch (table.schema().columns[static_cast<std::size_t>(column)].type) {
    case ColumnType::date: {
      const auto date = parse_date(text);
      return date ? to_string(*date) : text;
    }
    case ColumnType::integer: {
      const auto number = parse_integer(text);
      return number ? fmt::format("{}", *number) : text;
    }
    case ColumnType::id:
    case ColumnType::ids:
    case ColumnType::text:
    case ColumnType::number:
    case ColumnType::boolean:
    case ColumnType::choice:
    case ColumnType::unit:
      return text;
  }
  return text;
}

std::string describe_key(const Table& table, std::size_t row, const std::vector<int>& key) {
  std::string text;
  for (const int column : key) {
    if (!table.has(row, column)) continue;
    if (!text.empty()) text += ", ";
    text +=
        fmt::format("{} '{}'", table.schema().columns[static_cast<std::size_t>(column)].name, table.text(row, column));
  }
  return text;
}

/// False if a required part of the key is missing, which has been complained about.
bool has_key(const Table& table, std::size_t row, const std::vector<int>& key) {
  for (const int column : key) {
    if (table.schema().columns[static_cast<std::size_t>(column)].required && !table.has(row, column)) return false;
  }
  return true;
}

void report_duplicate(const Table& table, std::size_t row, std::size_t first, const std::vector<int>& key,
                      Diagnostics& diagnostics) {
  Diagnostic& item = diagnostics.add(Code::duplicate_key, table.where(row, key.front()),
                                     fmt::format("two rows have {}", describe_key(table, row, key)));
  item.found = table.text(row, key.front());
  item.notes.push_back({table.where(first, key.front()), table.is_inherited(first) && !table.is_inherited(row)
                                                             ? "the other one, in a folder this one extends"
                                                             : "the other one"});
}

}  // namespace

void check_keys(const Table& table, Diagnostics& diagnostics) {
  std::vector<int> key;
  for (const std::string_view column : table.schema().key) key.push_back(table.column(column));
  if (key.empty()) return;
  std::unordered_map<std::string, std::size_t> first_rows;
  first_rows.reserve(table.row_count());
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (!has_key(table, row, key)) continue;
    std::string text;
    for (const int column : key) text.append(key_text(table, row, column)) += '\n';
    const auto [place, is_new] = first_rows.emplace(std::move(text), row);
    if (!is_new) report_duplicate(table, row, place->second, key, diagnostics);
  }
}

}  // namespace pinchpoint::tables::internal
