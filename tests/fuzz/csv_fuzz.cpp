// SPDX-License-Identifier: Apache-2.0
// The CSV reader against a naive one: the same fields, the same complaints, and places that point at the fields.
#include <cstdint>
#include <cstdlib>

#include "core/base/ensure.hpp"
#include "core/base/utf8.hpp"
#include "core/tables/csv.hpp"
#include "tests/fuzz/naive_csv.hpp"

namespace {

using namespace pinchpoint;
using namespace pinchpoint::tables;

std::string value(std::string_view text, const CsvRow& row, const CsvField& field) {
  const std::string_view raw = raw_text(text, row, field);
  return field.has_doubled_quotes != 0 ? unescaped(raw) : std::string(raw);
}

bool has(const Diagnostics& diagnostics, Code code) {
  for (const Diagnostic& item : diagnostics.all()) {
    if (item.code == code) return true;
  }
  return false;
}

/// Bytes from the start of the text to a place of it.
std::size_t offset_of(std::string_view text, const SourceSpan& place) {
  std::size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (int line = 1; line < place.line; ++line) begin = text.find('\n', begin) + 1;
  return begin + static_cast<std::size_t>(place.column) - 1;
}

void compare_row(std::string_view text, const CsvRow& row, const CsvField* fields, std::size_t width,
                 const std::vector<std::string>& expected) {
  for (std::size_t column = 0; column < width; ++column) {
    const std::string wanted = column < expected.size() ? expected[column] : std::string();
    ensure(value(text, row, fields[column]) == wanted, "both readers see the same field");
    const SourceSpan place = place_of(text, "", row, fields[column]);
    ensure(offset_of(text, place) == row.begin + fields[column].begin, "a place points at its field");
  }
}

void compare(std::string_view text) {
  Diagnostics diagnostics;
  const Csv csv = read_csv(text, "fuzz.csv", diagnostics);
  ensure(has(diagnostics, Code::bad_encoding) == (first_bad_utf8(text) != std::string_view::npos), "encoding");
  if (text.find('\0') != std::string_view::npos) return;
  const fuzz::NaiveCsv naive = fuzz::read_naive_csv(text);
  ensure(has(diagnostics, Code::missing_header) == naive.records.empty(), "header");
  if (naive.has_other_separators) {
    ensure(has(diagnostics, Code::wrong_field_count) && csv.header.empty() && csv.rows.empty(), "other separators");
    return;
  }
  ensure(has(diagnostics, Code::unterminated_quote) == naive.has_open_quote, "open quote");
  if (naive.records.empty() || naive.has_open_quote) return;
  if (diagnostics.left_out() == 0) {
    ensure(has(diagnostics, Code::text_after_quote) == naive.has_text_after_quote, "text after quote");
  }
  ensure(csv.rows.size() + 1 == naive.records.size(), "both readers see as many rows");
  ensure(csv.header.size() == naive.records.front().size(), "both readers see as many columns");
  compare_row(text, csv.header_row, csv.header.data(), csv.header.size(), naive.records.front());
  for (std::size_t row = 0; row < csv.rows.size(); ++row) {
    compare_row(text, csv.rows[row], &csv.field(row, 0), csv.header.size(), naive.records[row + 1]);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  compare({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
