// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace pinchpoint::results {

/// One row of an answer to a query; columns count from 0.
class ResultRow {
 public:
  explicit ResultRow(sqlite3_stmt* statement) : statement_(statement) {}
  [[nodiscard]] std::string text(int column) const;  ///< empty for NULL
  [[nodiscard]] double number(int column) const;     ///< 0 for NULL

 private:
  sqlite3_stmt* statement_;
};

/// Reads the results.sqlite of a run; changes nothing in it. What is wrong with the file is remembered, not thrown.
class ResultReader {
 public:
  explicit ResultReader(const std::filesystem::path& path);
  ~ResultReader();
  ResultReader(const ResultReader&) = delete;
  ResultReader& operator=(const ResultReader&) = delete;

  /// Calls `take` for every row; after a problem it does nothing.
  void ask(const std::string& sql, const std::function<void(const ResultRow&)>& take);
  /// What SQLite said first: no database, no such table, …; empty if all went well.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  /// True if the file is a database and a table or a column is missing.
  [[nodiscard]] bool is_of_another_form() const { return is_of_another_form_; }

 private:
  void check(int code);
  sqlite3* handle_ = nullptr;
  std::string problem_;
  bool is_of_another_form_ = false;
};

}  // namespace pinchpoint::results
