// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/tables/csv.hpp"
#include "core/tables/table.hpp"

namespace pinchpoint::tables {

/// A file of a table: its text, where its fields stand in it, and which column of the schema each is.
struct TablePart {
  std::string file;  ///< relative to the model folder
  std::string text;
  Csv csv;
  std::vector<int> file_column;  ///< by schema column; -1 = the file lacks it
  std::size_t first_row = 0;     ///< of the table
  bool is_inherited = false;
};

struct Table::Data {
  const TableSchema* schema = nullptr;
  std::vector<TablePart> parts;
  std::size_t row_count = 0;
  std::vector<std::uint32_t> part_of_row;                    ///< place in `parts`
  std::unordered_map<std::uint64_t, std::string> unescaped;  ///< values of fields with doubled quotes

  struct PatchedCell {
    std::string text;
    SourceSpan where;
  };
  std::unordered_map<std::uint64_t, PatchedCell> patched;
  std::unordered_map<std::size_t, std::vector<std::string>> patches;  ///< by row

  [[nodiscard]] std::uint64_t key(std::size_t row, int column) const {
    return row * schema->columns.size() + static_cast<std::size_t>(column);
  }
  [[nodiscard]] const TablePart& part_of(std::size_t row) const;
  /// The cell's own text, without default.
  [[nodiscard]] std::string_view own_text(std::size_t row, int column) const;
  void add_part(TablePart part);
};

namespace internal {

/// Access to what only the reader of a table may change or see.
struct TableAccess {
  [[nodiscard]] static Table::Data& data(Table& table) { return *table.data_; }
  [[nodiscard]] static const Table::Data& data(const Table& table) { return *table.data_; }
};

}  // namespace internal
}  // namespace pinchpoint::tables
