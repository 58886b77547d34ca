// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

struct sqlite3;

namespace pinchpoint::importers::temoa {

/// A Temoa database in memory or on disk, read only.
class Database {
 public:
  using Row = std::vector<std::optional<std::string>>;  ///< nothing for NULL; whole numbers without a point

  /// A SQLite file, or SQL text that makes one: a whole dump, or only the rows (then version 4's tables are assumed).
  ///
  /// errors    IMP-001 if there is no such file, or it is neither; IMP-002 with the line of SQL that cannot be run;
  ///           IMP-003 for other versions
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& path);

  [[nodiscard]] bool has_table(std::string_view name) const;
  [[nodiscard]] bool has_column(std::string_view table, std::string_view column) const;
  /// The columns of all rows, in the order of `order_by` (empty: of the table).
  /// requires  table and columns that are there
  [[nodiscard]] std::vector<Row> rows(std::string_view table, const std::vector<std::string_view>& columns,
                                      std::string_view order_by = {}) const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  using Handle = std::unique_ptr<sqlite3, Close>;
  class SqlReader;

  explicit Database(Handle handle) : handle_(std::move(handle)) {}
  Handle handle_;
};

}  // namespace pinchpoint::importers::temoa
