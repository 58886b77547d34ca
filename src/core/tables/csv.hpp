// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/source_span.hpp"

namespace pinchpoint::tables {

/// Largest text that read_csv takes: places are kept in 31 bits.
inline constexpr std::uintmax_t largest_csv_bytes = (std::uintmax_t{1} << 31) - 1;

/// A field by its place in the text; no field has memory of its own.
struct CsvField {
  std::uint32_t begin = 0;                   ///< bytes after the start of its row; inside the quotes, if it has any
  std::uint32_t length : 31 = 0;             ///< bytes in the text
  std::uint32_t has_doubled_quotes : 1 = 0;  ///< its value is the text with "" read as "
};

struct CsvRow {
  std::uint64_t begin = 0;  ///< bytes after the start of the text
  std::int32_t line = 0;    ///< line on which it starts, from 1
};

/// Rows of a CSV text. Every row has as many fields as the header; fields that a row lacks are empty.
struct Csv {
  CsvRow header_row;
  std::vector<CsvField> header;
  std::vector<CsvRow> rows;
  std::vector<CsvField> fields;  ///< row after row

  [[nodiscard]] const CsvField& field(std::size_t row, std::size_t column) const {
    return fields[row * header.size() + column];
  }
};

/// Reads RFC 4180 with LF or CRLF, with or without BOM and final line end; blank lines are skipped.
///
/// requires  text.size() ≤ largest_csv_bytes
/// errors    CSV-001 to CSV-005, at most one CSV-003; what can be read is returned all the same, less a last row with a
///           quote that is never closed; nothing is, and one CSV-002 told, where the header is of one column without
///           quotes that holds semicolons or tabs
[[nodiscard]] Csv read_csv(std::string_view text, const std::string& file, Diagnostics& diagnostics);

/// The field as it stands in the text, doubled quotes and all.
[[nodiscard]] std::string_view raw_text(std::string_view text, const CsvRow& row, const CsvField& field);
/// The field's value where it has doubled quotes.
[[nodiscard]] std::string unescaped(std::string_view raw);
/// Line, column and length of a field.
[[nodiscard]] SourceSpan place_of(std::string_view text, const std::string& file, const CsvRow& row,
                                  const CsvField& field);

}  // namespace pinchpoint::tables
