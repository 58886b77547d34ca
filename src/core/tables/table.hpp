// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/source_span.hpp"
#include "core/tables/schema.hpp"
#include "core/timeline/timeline.hpp"

namespace pinchpoint::tables {

namespace internal {
struct TableAccess;
}

/// A table that has passed its schema: typed access to cells, each with its place in the user's files.
/// Columns are those of the schema, in the schema's order, whether the file has them or not.
class Table {
 public:
  [[nodiscard]] const TableSchema& schema() const;
  [[nodiscard]] std::size_t row_count() const;
  /// Index of a schema column; ensures that it exists.
  [[nodiscard]] int column(std::string_view name) const;

  /// True if the cell has text of its own (a default does not count).
  [[nodiscard]] bool has(std::size_t row, int column) const;
  /// The cell's text, or the column's default, or empty.
  [[nodiscard]] std::string_view text(std::size_t row, int column) const;
  /// requires: a number or integer column whose cell or default is not empty
  [[nodiscard]] double number(std::size_t row, int column) const;
  [[nodiscard]] bool boolean(std::size_t row, int column) const;
  [[nodiscard]] std::optional<Date> date(std::size_t row, int column) const;
  /// Parts of an `ids` cell.
  [[nodiscard]] std::vector<std::string_view> ids(std::size_t row, int column) const;
  /// Where the cell stands (file relative to the model folder; a cell not in the file: its row).
  [[nodiscard]] SourceSpan where(std::size_t row, int column) const;
  /// Names of the patches that changed this row, in order; usually empty.
  [[nodiscard]] const std::vector<std::string>& patches(std::size_t row) const;
  /// True if the row comes from a folder this one extends.
  [[nodiscard]] bool is_inherited(std::size_t row) const;

  /// A copy that can be changed: without one, tables that look alike may share their cells.
  [[nodiscard]] Table copy() const;
  /// Puts a number where one stands, as a patch would; only in what copy() made.
  void set_number(std::size_t row, int column, double number);

  struct Data;
  explicit Table(std::shared_ptr<Data> data) : data_(std::move(data)) {}

 private:
  friend struct internal::TableAccess;
  std::shared_ptr<Data> data_;
};

}  // namespace pinchpoint::tables
