// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/diagnostic.hpp"
#include "core/tables/csv.hpp"

namespace pinchpoint::importers::pypsa {

/// A CSV file of a PyPSA folder; every cell keeps its place.
class SourceTable {
 public:
  SourceTable() = default;
  /// errors    CSV-001 to CSV-005
  SourceTable(std::string file, std::string text, Diagnostics& diagnostics);

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] std::size_t row_count() const { return csv_.rows.size(); }
  [[nodiscard]] std::size_t column_count() const { return csv_.header.size(); }
  /// -1 where there is no such column.
  [[nodiscard]] int find_column(std::string_view name) const;
  [[nodiscard]] std::string column_name(std::size_t column) const;
  [[nodiscard]] std::string text(std::size_t row, int column) const;
  [[nodiscard]] SourceSpan where(std::size_t row, int column) const;
  [[nodiscard]] SourceSpan where_header(int column) const;

 private:
  std::string file_;
  std::string text_;
  tables::Csv csv_;
  std::map<std::string, int, std::less<>> columns_;
};

/// A number as pandas writes it: 1, 1.5e3, inf, -inf; nothing for an empty cell or nan.
struct ReadNumber {
  std::optional<double> value;
  bool is_empty = false;  ///< empty or nan: the attribute's default holds
};
[[nodiscard]] ReadNumber read_number(std::string_view text);

}  // namespace pinchpoint::importers::pypsa
