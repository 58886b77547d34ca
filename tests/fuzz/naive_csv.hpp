// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pinchpoint::fuzz {

/// What a CSV text holds, read letter by letter into strings: slow, and short enough to be seen to be right.
struct NaiveCsv {
  std::vector<std::vector<std::string>> records;  ///< without blank lines; the first is the header
  bool has_open_quote = false;
  bool has_text_after_quote = false;
  bool has_other_separators = false;  ///< a header of one field without quotes, with semicolons or tabs in it
};

inline NaiveCsv read_naive_csv(std::string_view text) {
  // A line ends with LF, CR LF, or a CR that is the last byte.
  const auto line_end = [&](std::size_t at) -> std::size_t {
    if (text.substr(at, 1) == "\n") return 1;
    if (text.substr(at, 2) == "\r\n") return 2;
    return text.substr(at) == "\r" ? 1 : 0;
  };
  NaiveCsv csv;
  std::size_t at = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  while (at < text.size()) {
    if (line_end(at) > 0) {
      at += line_end(at);
      continue;
    }
    std::vector<std::string> record;
    const bool begins_with_quote = text[at] == '"';
    for (bool is_more = true; is_more;) {
      std::string field;
      const bool is_quoted = text.substr(at, 1) == "\"";
      if (is_quoted) {
        for (++at; at < text.size() && (text[at] != '"' || text.substr(at, 2) == "\"\""); ++at) {
          if (text[at] == '"') ++at;
          field += text[at];
        }
        csv.has_open_quote |= at >= text.size();
        ++at;
      }
      while (at < text.size() && text[at] != ',' && line_end(at) == 0) {
        csv.has_text_after_quote |= is_quoted;
        if (!is_quoted) field += text[at];
        ++at;
      }
      record.push_back(field);
      is_more = at < text.size() && text[at] == ',';
      if (is_more) ++at;
    }
    if (at < text.size()) at += line_end(at);
    if (csv.records.empty() && record.size() == 1 && !begins_with_quote) {
      csv.has_other_separators = record.front().find_first_of(";\t") != std::string::npos;
    }
    csv.records.push_back(record);
  }
  return csv;
}

}  // namespace pinchpoint::fuzz
