// SPDX-License-Identifier: Apache-2.0
#include "core/tables/toml_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/tables/internal/toml.hpp"

namespace pinchpoint::tables {

namespace {

class TableReader {
 public:
  TableReader(std::string_view text, std::string file) : file_(std::move(file)) {
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      lines_.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  Result<TomlTables> read(std::string_view text) {
    const toml::parse_result parsed = toml::parse(text);
    if (parsed.failed()) {
      std::string message(parsed.error().description());
      if (message.starts_with("Error")) message.front() = 'e';
      diagnostics_.add(Code::bad_toml, span(parsed.error().source()), std::move(message));
      return diagnostics_;
    }
    for (const auto& [name, node] : parsed.table()) read_section(std::string(name.str()), name.source(), node);
    if (diagnostics_.has_errors()) return diagnostics_;
    return std::move(tables_);
  }

 private:
  /// toml++ counts columns in letters; ours are bytes.
  [[nodiscard]] std::size_t byte_of(const toml::source_position& position) const {
    if (position.line == 0 || position.line > lines_.size()) return 0;
    const std::string_view line = lines_[position.line - 1];
    std::size_t byte = 0;
    for (std::size_t letters = 1; letters < position.column && byte < line.size(); ++letters) {
      ++byte;
      while (byte < line.size() && (static_cast<unsigned char>(line[byte]) & 0xC0U) == 0x80U) ++byte;
    }
    return byte;
  }
  [[nodiscard]] SourceSpan span(const toml::source_region& region) const {
    const std::size_t begin = byte_of(region.begin);
    const std::size_t end = byte_of(region.end);
    return {file_, static_cast<int>(region.begin.line), static_cast<int>(begin) + 1,
            region.begin.line == region.end.line && end > begin ? static_cast<int>(end - begin) : 1};
  }

  void read_section(const std::string& name, const toml::source_region& where, const toml::node& node) {
    std::vector<TomlRow>& rows = tables_[name];
    if (const toml::table* const table = node.as_table()) {
      rows.push_back(row_of(name, *table));
      return;
    }
    const toml::array* const array = node.as_array();
    const bool is_tables = array != nullptr && std::all_of(array->begin(), array->end(),
                                                           [](const toml::node& it) { return it.is_table(); });
    if (!is_tables) {
      diagnostics_.add(Code::bad_key_value, span(where),
                       fmt::format("'{}' stands at the top, outside of any table", name));
      return;
    }
    for (const toml::node& item : *array) rows.push_back(row_of(name, *item.as_table()));
  }

  TomlRow row_of(const std::string& section, const toml::table& table) {
    TomlRow row{span(table.source()), {}};
    for (const auto& [key, node] : table) {
      if (const auto text = text_of(node, fmt::format("{}.{}", section, key.str())))
        row.cells.push_back({std::string(key.str()), span(key.source()), *text, span(node.source())});
    }
    std::sort(row.cells.begin(), row.cells.end(), [](const TomlCell& left, const TomlCell& right) {
      return std::pair(left.key_where.line, left.key_where.column) <
             std::pair(right.key_where.line, right.key_where.column);
    });
    return row;
  }

  std::optional<std::string> text_of(const toml::node& node, const std::string& name) {
    if (const auto text = node.value_exact<std::string>()) return *text;
    if (const auto flag = node.value_exact<bool>()) return *flag ? "yes" : "no";
    if (const toml::array* const array = node.as_array()) return joined(*array, name);
    if (!node.is_table()) return as_written(node.source());
    diagnostics_.add(Code::bad_key_value, span(node.source()),
                     fmt::format("'{}' is a table where a value is expected", name));
    return std::nullopt;
  }

  std::optional<std::string> joined(const toml::array& array, const std::string& name) {
    std::string text;
    for (const toml::node& item : array) {
      const auto part = item.is_array() ? std::nullopt : text_of(item, name);
      if (!part || part->find(';') != std::string::npos) {
        diagnostics_.add(Code::bad_key_value, span(item.source()),
                         fmt::format("an element of '{}' is no text without ';'", name));
        return std::nullopt;
      }
      text += (text.empty() ? "" : ";") + *part;
    }
    return text;
  }

  /// Letters of a number or date as the file has them.
  [[nodiscard]] std::string as_written(const toml::source_region& region) const {
    const std::string_view line = lines_.at(region.begin.line - 1);
    const std::size_t begin = byte_of(region.begin);
    std::size_t end = begin;
    while (end < line.size() && std::string_view(" \t\r,]}#").find(line[end]) == std::string_view::npos) ++end;
    return std::string(line.substr(begin, end - begin));
  }

  std::string file_;
  std::vector<std::string_view> lines_;
  TomlTables tables_;
  Diagnostics diagnostics_;
};

}  // namespace

Result<TomlTables> read_toml_tables(std::string_view text, const std::string& file) {
  return TableReader(text, file).read(text);
}

}  // namespace pinchpoint::tables
