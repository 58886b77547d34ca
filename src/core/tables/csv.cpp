// SPDX-License-Identifier: Apache-2.0
#include "core/tables/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/ensure.hpp"
#include "core/base/utf8.hpp"

namespace pinchpoint::tables {

namespace {

int to_int(std::size_t count) { return static_cast<int>(count); }

/// One pass over the text; a cursor that counts lines.
class CsvReader {
 public:
  CsvReader(std::string_view text, const std::string& file, Diagnostics& diagnostics)
      : text_(text), file_(file), diagnostics_(diagnostics) {}

  Csv read() {
    if (!check_encoding()) return {};
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    skip_blank_lines();
    if (is_at_end()) {
      diagnostics_.add(Code::missing_header, {file_, 1, 1, 0}, "the table has no header row");
      return {};
    }
    csv_.header_row = begin_row();
    read_fields(csv_.header);
    if (has_other_separators()) return {};
    for (skip_blank_lines(); !is_at_end(); skip_blank_lines()) read_row();
    return std::move(csv_);
  }

 private:
  [[nodiscard]] bool is_at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] SourceSpan span(std::size_t column_at, std::size_t length) const {
    return {file_, line_, to_int(column_at - line_begin_) + 1, to_int(length)};
  }

  /// Bytes of the line end here, or 0. A CR ends a line only before LF or at the end of the text.
  [[nodiscard]] std::size_t line_end_length() const {
    if (text_[at_] == '\n') return 1;
    if (text_[at_] != '\r') return 0;
    if (at_ + 1 == text_.size()) return 1;
    return text_[at_ + 1] == '\n' ? 2 : 0;
  }
  void begin_line(std::size_t at) {
    ++line_;
    line_begin_ = at;
  }
  void skip_blank_lines() {
    while (!is_at_end()) {
      const std::size_t length = line_end_length();
      if (length == 0) return;
      at_ += length;
      begin_line(at_);
    }
  }

  /// False if the text is of another encoding altogether, or none: UTF-16, a spreadsheet, a picture.
  bool check_encoding() {
    const std::size_t bad = first_bad_utf8(text_);
    if (bad == std::string_view::npos) return true;
    const std::string_view before = text_.substr(0, bad);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t line_begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    diagnostics_.add(Code::bad_encoding, {file_, static_cast<int>(line), to_int(bad - line_begin) + 1, 1},
                     fmt::format("byte 0x{:02X} is not UTF-8 text", static_cast<unsigned char>(text_[bad])));
    return text_.find('\0') == std::string_view::npos;
  }

  /// As spreadsheets write them where a comma is the decimal sign. One error, not one a row.
  bool has_other_separators() {
    if (csv_.header.size() != 1 || text_[csv_.header_row.begin] == '"') return false;
    const std::string_view header = text_.substr(csv_.header_row.begin, csv_.header.front().length);
    const std::size_t found = header.find_first_of(";\t");
    if (found == std::string_view::npos) return false;
    const bool is_tab = header[found] == '\t';
    Diagnostic& item = diagnostics_.add(Code::wrong_field_count, {file_, csv_.header_row.line, to_int(found) + 1, 1},
                                        fmt::format("columns are separated by {}", is_tab ? "tabs" : "';'"));
    item.fix = "save the table with commas between columns and points in decimal numbers";
    return true;
  }

  CsvRow begin_row() {
    row_begin_ = at_;
    return {at_, line_};
  }

  void read_row() {
    const CsvRow row = begin_row();
    scratch_.clear();
    read_fields(scratch_);
    if (is_cut_short_) return;
    const CsvField missing{static_cast<std::uint32_t>(row_end_ - row_begin_), 0, 0};
    scratch_.resize(csv_.header.size(), missing);
    csv_.rows.push_back(row);
    csv_.fields.insert(csv_.fields.end(), scratch_.begin(), scratch_.end());
  }

  /// Fields up to the end of the row, which is passed.
  void read_fields(std::vector<CsvField>& fields) {
    const bool is_header = &fields == &csv_.header;
    while (true) {
      const SourceSpan first_byte = span(at_, 0);
      fields.push_back(read_field());
      if (!is_header && fields.size() == csv_.header.size() + 1) report_extra_field(first_byte, fields.back());
      if (is_at_end() || text_[at_] != ',') break;
      ++at_;
    }
    row_end_ = at_;
    if (is_at_end()) return;
    at_ += line_end_length();
    begin_line(at_);
  }

  void report_extra_field(SourceSpan where, const CsvField& field) {
    where.length = std::max(1, static_cast<int>(field.length));
    diagnostics_.add(Code::wrong_field_count, std::move(where),
                     fmt::format("the row has more than the {} fields of the header", csv_.header.size()));
  }

  [[nodiscard]] CsvField field_of(std::size_t begin, std::size_t end, bool has_doubled_quotes) const {
    return {static_cast<std::uint32_t>(begin - row_begin_), static_cast<std::uint32_t>(end - begin) & 0x7FFFFFFFU,
            has_doubled_quotes ? 1U : 0U};
  }

  CsvField read_field() {
    if (!is_at_end() && text_[at_] == '"') return read_quoted_field();
    const std::size_t begin = at_;
    skip_to_field_end();
    return field_of(begin, at_, false);
  }

  void skip_to_field_end() {
    while (!is_at_end() && text_[at_] != ',' && line_end_length() == 0) ++at_;
  }

  CsvField read_quoted_field() {
    const SourceSpan opening = span(at_, 1);
    const std::size_t begin = ++at_;
    bool has_doubled_quotes = false;
    for (; !is_at_end(); ++at_) {
      if (text_[at_] == '\n') begin_line(at_ + 1);
      if (text_[at_] != '"') continue;
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') return close_quoted_field(begin, has_doubled_quotes);
      has_doubled_quotes = true;
      ++at_;
    }
    diagnostics_.add(Code::unterminated_quote, opening, "the quote that opens here is never closed");
    is_cut_short_ = true;
    return field_of(begin, at_, has_doubled_quotes);
  }

  CsvField close_quoted_field(std::size_t begin, bool has_doubled_quotes) {
    const CsvField field = field_of(begin, at_, has_doubled_quotes);
    const std::size_t after = ++at_;
    skip_to_field_end();
    if (at_ > after) {
      diagnostics_.add(Code::text_after_quote, span(after, at_ - after),
                       fmt::format("'{}' follows the closing quote", text_.substr(after, at_ - after)));
    }
    return field;
  }

  std::string_view text_;
  const std::string& file_;
  Diagnostics& diagnostics_;
  Csv csv_;
  std::vector<CsvField> scratch_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::size_t row_begin_ = 0;
  std::size_t row_end_ = 0;
  int line_ = 1;
  bool is_cut_short_ = false;  ///< by a quote that is never closed: the last row is not what it seems
};

}  // namespace

Csv read_csv(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  ensure(text.size() <= largest_csv_bytes, "the text fits the places kept of it");
  return CsvReader(text, file, diagnostics).read();
}

std::string_view raw_text(std::string_view text, const CsvRow& row, const CsvField& field) {
  return text.substr(row.begin + field.begin, field.length);
}

std::string unescaped(std::string_view raw) {
  std::string value;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    value += raw[at];
    if (raw[at] == '"') ++at;
  }
  return value;
}

SourceSpan place_of(std::string_view text, const std::string& file, const CsvRow& row, const CsvField& field) {
  const std::string_view before = text.substr(row.begin, field.begin);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() : before.size() - newline - 1;
  return {file, row.line + static_cast<int>(lines), to_int(column) + 1, static_cast<int>(field.length)};
}

}  // namespace pinchpoint::tables
