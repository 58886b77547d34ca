// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/pypsa/source_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace pinchpoint::importers::pypsa {

SourceTable::SourceTable(std::string file, std::string text, Diagnostics& diagnostics)
    : file_(std::move(file)), text_(std::move(text)), csv_(tables::read_csv(text_, file_, diagnostics)) {
  for (std::size_t column = 0; column < csv_.header.size(); ++column) {
    columns_.emplace(column_name(column), static_cast<int>(column));
  }
}

int SourceTable::find_column(std::string_view name) const {
  const auto found = columns_.find(name);
  return found == columns_.end() ? -1 : found->second;
}

std::string SourceTable::column_name(std::size_t column) const {
  const tables::CsvField& field = csv_.header[column];
  const std::string_view raw = tables::raw_text(text_, csv_.header_row, field);
  return field.has_doubled_quotes != 0 ? tables::unescaped(raw) : std::string(raw);
}

std::string SourceTable::text(std::size_t row, int column) const {
  const tables::CsvField& field = csv_.field(row, static_cast<std::size_t>(column));
  const std::string_view raw = tables::raw_text(text_, csv_.rows[row], field);
  return field.has_doubled_quotes != 0 ? tables::unescaped(raw) : std::string(raw);
}

SourceSpan SourceTable::where(std::size_t row, int column) const {
  return tables::place_of(text_, file_, csv_.rows[row], csv_.field(row, static_cast<std::size_t>(column)));
}

SourceSpan SourceTable::where_header(int column) const {
  return tables::place_of(text_, file_, csv_.header_row, csv_.header[static_cast<std::size_t>(column)]);
}

ReadNumber read_number(std::string_view text) {
  constexpr std::array<std::string_view, 6> empty = {"", "nan", "NaN", "NA", "None", "null"};
  if (std::find(empty.begin(), empty.end(), text) != empty.end()) return {.value = {}, .is_empty = true};
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || stopped != text.data() + text.size()) return {};
  return {.value = number};
}

}  // namespace pinchpoint::importers::pypsa
