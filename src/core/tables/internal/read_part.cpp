// SPDX-License-Identifier: Apache-2.0
#include "core/tables/internal/read_part.hpp"

#include <fmt/format.h>

#include <set>

namespace pinchpoint::tables::internal {

namespace {

class HeaderReader {
 public:
  HeaderReader(TablePart& part, const TableSchema& schema, bool is_lenient, Diagnostics& diagnostics)
      : part_(part), schema_(schema), is_lenient_(is_lenient), diagnostics_(diagnostics) {}

  void read() {
    part_.file_column.assign(schema_.columns.size(), -1);
    if (part_.csv.header.empty()) return;
    for (std::size_t at = 0; at < part_.csv.header.size(); ++at) read_name(at);
    for (std::size_t column = 0; column < schema_.columns.size(); ++column) {
      const ColumnSchema& schema = schema_.columns[column];
      const bool is_misspelt = misspelt_.contains(std::string(schema.name));
      if (schema.required && part_.file_column[column] < 0 && !is_misspelt) report_missing(schema);
    }
  }

 private:
  [[nodiscard]] SourceSpan where(std::size_t at) const {
    return place_of(part_.text, part_.file, part_.csv.header_row, part_.csv.header[at]);
  }

  void read_name(std::size_t at) {
    const std::string name(raw_text(part_.text, part_.csv.header_row, part_.csv.header[at]));
    const int column = schema_.find_column(name);
    if (column < 0) return report_unknown(at, name);
    int& place = part_.file_column[static_cast<std::size_t>(column)];
    if (place >= 0) {
      Diagnostic& item =
          diagnostics_.add(Code::duplicate_column, where(at), fmt::format("column '{}' appears twice", name));
      item.notes.push_back({where(static_cast<std::size_t>(place)), "it appears here first"});
      return;
    }
    place = static_cast<int>(at);
  }

  void report_unknown(std::size_t at, const std::string& name) {
    std::vector<std::string> names;
    for (const ColumnSchema& column : schema_.columns) names.emplace_back(column.name);
    const std::string message = name.empty() ? fmt::format("column {} has no name", at + 1)
                                             : fmt::format("{} has no column '{}'", schema_.name, name);
    Diagnostic& item = is_lenient_ ? diagnostics_.add_lenient(Code::unknown_column, where(at), message)
                                   : diagnostics_.add(Code::unknown_column, where(at), message);
    item.found = name;
    item.expected = fmt::format("{}", fmt::join(names, ", "));
    const std::string near = closest_name(name, names);
    if (near.empty()) return;
    item.fix = fmt::format("did you mean '{}'?", near);
    misspelt_.insert(near);
  }

  void report_missing(const ColumnSchema& column) {
    Diagnostic& item = diagnostics_.add(Code::missing_column, {part_.file, part_.csv.header_row.line, 0, 0},
                                        fmt::format("{} needs a column '{}'", schema_.name, column.name));
    item.expected = column.about;
  }

  TablePart& part_;
  const TableSchema& schema_;
  bool is_lenient_;
  Diagnostics& diagnostics_;
  std::set<std::string> misspelt_;  ///< columns that an unknown name probably means
};

}  // namespace

TablePart read_part(std::string text, std::string file, const TableSchema& schema, bool is_lenient,
                    Diagnostics& diagnostics) {
  TablePart part;
  part.file = std::move(file);
  part.text = std::move(text);
  part.csv = read_csv(part.text, part.file, diagnostics);
  HeaderReader(part, schema, is_lenient, diagnostics).read();
  return part;
}

}  // namespace pinchpoint::tables::internal
