// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <future>
#include <initializer_list>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace pinchpoint::results {

enum class CellType { text, number, integer };

struct TableColumn {
  std::string name;
  CellType type = CellType::text;
};

struct TableForm {
  std::string name;
  std::vector<TableColumn> columns;
};

/// Nothing, a text that outlives the call, a number, or an integer.
using Cell = std::variant<std::monostate, std::string_view, double, std::int64_t>;

/// A new SQLite file, written in one go. The same calls give the same bytes. Throws WriteError where the disk fails.
class Database {
 public:
  /// `empty`: bytes of a database with tables and views but no rows, to begin with. To have SQLite make all
  /// tables takes longer than to fill those of a small run.
  explicit Database(const std::filesystem::path& path, std::string_view empty = {});
  /// One that is filled in memory and becomes a file at its end.
  /// requires  put_at() before finish()
  [[nodiscard]] static std::unique_ptr<Database> in_memory(std::string_view empty);

  /// Where a database in memory becomes a file.
  void put_at(const std::filesystem::path& path) { path_ = path.string(); }
  void execute(const std::string& sql);
  /// Was a table or view there at the beginning?
  [[nodiscard]] bool began_with(std::string_view name) const { return first_names_.contains(name); }
  /// Ends the transaction and closes the file; nothing may be called afterwards.
  void finish();

 private:
  friend class TableWriter;
  /// A database that cannot be opened has a handle too, which a constructor that throws must still close.
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  Database() = default;
  void open(const std::string& name);
  void load(std::string_view empty);
  void begin();
  void check(int code);
  void list_first_names();
  void write_file();
  std::string path_;
  bool is_in_memory_ = false;
  std::set<std::string, std::less<>> first_names_;
  std::unique_ptr<sqlite3, Close> handle_;
};

/// Begins a database in memory on another thread: to read its empty tables takes SQLite as long as a small solve.
/// Invalid where there is no thread to be had. `empty` outlives it.
[[nodiscard]] std::future<std::unique_ptr<Database>> begin_database(std::string_view empty);

/// Creates a table, if the database did not begin with it, and fills it row by row.
class TableWriter {
 public:
  TableWriter(Database& database, const TableForm& form);
  ~TableWriter();
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  /// requires: one cell a column; numbers are cleaned of -0 and must be finite or become empty
  void row(std::span<const Cell> cells);
  void row(std::initializer_list<Cell> cells) { row(std::span(cells.begin(), cells.size())); }

 private:
  void prepare();
  void bind(int place, const Cell& cell);
  Database& database_;
  std::string name_;
  std::size_t width_;
  sqlite3_stmt* statement_ = nullptr;
};

/// Writes every table and view of a database as <folder>/<name>.csv: RFC 4180, numbers as short as they can be read
/// back.
void write_csv_tables(const std::filesystem::path& database, const std::filesystem::path& folder);

}  // namespace pinchpoint::results
