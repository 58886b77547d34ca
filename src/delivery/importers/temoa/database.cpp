// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/temoa/database.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>
#include <iterator>

#include "core/base/ensure.hpp"
#include "delivery/importers/folder_text.hpp"
#include "delivery/importers/temoa/schema.hpp"
#include "delivery/importers/temoa/words.hpp"

namespace pinchpoint::importers::temoa {

namespace {

constexpr std::string_view sqlite_magic = "SQLite format 3";

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

Diagnostics problem(Code code, SourceSpan where, std::string message) {
  Diagnostics problems;
  problems.add(code, std::move(where), std::move(message));
  return problems;
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return {};
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// Foreign SQL may fill its own database, and nothing else.
int allow(void*, int action, const char*, const char*, const char*, const char*) {
  return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
}

/// Text of a whole number is the same whether it was stored as 2030, 2030.0 or '2030'.
std::string number_of(double value) {
  constexpr double exact = 9007199254740992.0;
  if (std::isfinite(value) && value == std::floor(value) && std::abs(value) < exact)
    return fmt::format("{:.0f}", value);
  return fmt::format("{}", value);
}

std::optional<std::string> cell(sqlite3_stmt* statement, int column) {
  const int type = sqlite3_column_type(statement, column);
  if (type == SQLITE_NULL) return {};
  if (type == SQLITE_FLOAT) return number_of(sqlite3_column_double(statement, column));
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close(handle); }

/// Runs SQL text, statement by statement.
class Database::SqlReader {
 public:
  SqlReader(std::string file, std::string text) : file_(std::move(file)), text_(std::move(text)) {}

  Result<Database> read() {
    Handle handle = fill(Tables::own);
    // A dump of rows alone names no table that is there.
    if (handle == nullptr && needs_tables_) handle = fill(Tables::first);
    if (handle == nullptr && is_later_) handle = fill(Tables::later);
    if (handle == nullptr && !unsupported_.empty()) return problem(Code::import_unsupported, where_, unsupported_);
    if (handle == nullptr && is_older_)
      return problem(Code::import_unsupported, where_,
                     "a Temoa database of version 3: convert it with `temoa migrate`");
    if (handle == nullptr) return problem(Code::import_syntax, where_, message_);
    return Database(std::move(handle));
  }

 private:
  /// The text's own, those of schema 4.0, or those of 4.1.
  enum class Tables { own, first, later };

  Handle fill(Tables tables);
  static void make_tables(sqlite3* database, Tables tables);
  void report(const std::string& why, Tables tables);
  [[nodiscard]] bool may_skip(std::string_view why) const;
  [[nodiscard]] SourceSpan span(const char* at) const;

  std::string file_, text_;
  bool needs_tables_ = false, is_older_ = false, is_later_ = false;
  SourceSpan where_;
  std::string message_, unsupported_;
};

/// Results and state of earlier runs are not needed.
bool Database::SqlReader::may_skip(std::string_view why) const {
  constexpr std::string_view missing = "no such table: ";
  if (!why.starts_with(missing)) return false;
  const std::string_view table = why.substr(missing.size());
  return table.starts_with("output_") || table.starts_with("main.output_") || table.starts_with("myopic_");
}

SourceSpan Database::SqlReader::span(const char* at) const {
  while (*at != '\0' && std::isspace(static_cast<unsigned char>(*at)) != 0) ++at;
  const std::string_view before(text_.data(), static_cast<std::size_t>(at - text_.data()));
  const auto line = std::count(before.begin(), before.end(), '\n');
  return {file_, static_cast<int>(line) + 1, 1, 0};
}

void Database::SqlReader::make_tables(sqlite3* database, Tables tables) {
  const bool is_later = tables == Tables::later;
  for (const TableForm& form : table_forms()) {
    if (is_later && form.name == "planning_reserve_margin") continue;  // unsupported in this form
    const std::string_view columns = is_later && form.name == "technology" ? later_technology_columns : form.columns;
    const std::string sql = fmt::format("CREATE TABLE {} ({}, PRIMARY KEY ({}))", form.name,
                                        fmt::join(words(columns), ", "), fmt::join(words(form.keys), ", "));
    ensure(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, "Temoa's tables can be made");
  }
  // What Temoa's own schema puts there.
  sqlite3_exec(database,
               "INSERT INTO metadata VALUES ('DB_MAJOR', 4, ''); INSERT INTO metadata_real VALUES "
               "('global_discount_rate', 0.05, ''), ('default_loan_rate', 0.05, '')",
               nullptr, nullptr, nullptr);
}

/// What a statement's failure tells of the text.
void Database::SqlReader::report(const std::string& why, Tables tables) {
  constexpr std::string_view missing = "no such table: ";
  is_later_ = tables == Tables::first && why.starts_with("table technology has");
  if (!why.starts_with(missing)) return;
  const std::string table = why.substr(missing.size());
  needs_tables_ = needs_tables_ || tables == Tables::own;
  is_older_ = std::isupper(static_cast<unsigned char>(table.front())) != 0;
  if (tables == Tables::own) return;
  for (const UnsupportedTable& other : unsupported_tables()) {
    if (table == other.name) unsupported_ = fmt::format("{} (table {})", other.about, table);
  }
  if (table == "planning_reserve_margin") unsupported_ = fmt::format("{} (table {})", later_reserves, table);
}

Database::Handle Database::SqlReader::fill(Tables tables) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  Handle handle(opened);
  ensure(code == SQLITE_OK, "a database in memory can be opened");
  sqlite3_set_authorizer(opened, allow, nullptr);
  // Wrong figures are reported by name, not as a constraint of some table.
  sqlite3_exec(opened, "PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF", nullptr, nullptr, nullptr);
  if (tables != Tables::own) make_tables(opened, tables);
  for (const char* at = text_.c_str(); *at != '\0';) {
    sqlite3_stmt* prepared = nullptr;
    const char* rest = nullptr;
    int result = sqlite3_prepare_v2(opened, at, -1, &prepared, &rest);
    const Statement statement(prepared);
    if (result == SQLITE_OK && prepared == nullptr) break;  // only blanks and comments are left
    if (result == SQLITE_OK) {
      do result = sqlite3_step(prepared);
      while (result == SQLITE_ROW);
    }
    if (result != SQLITE_OK && result != SQLITE_DONE) {
      const std::string why = sqlite3_errmsg(opened);
      report(why, tables);
      if (tables == Tables::own || !may_skip(why)) {
        where_ = span(at);
        message_ = fmt::format("this SQL cannot be run: {}", why);
        return nullptr;
      }
      rest = std::find(at, text_.c_str() + text_.size(), ';');
      if (*rest == ';') ++rest;
    }
    at = rest;
  }
  return handle;
}

Result<Database> Database::open(const std::filesystem::path& path) {
  const std::string file = path.string();
  std::optional<std::string> text = read_file(path);
  if (!text) return problem(Code::import_not_found, {file, 0, 0, 0}, fmt::format("there is no file '{}'", file));
  if (!text->starts_with(sqlite_magic)) {
    if (text->find('\0') != std::string::npos) {
      return problem(Code::import_not_found, {file, 0, 0, 0},
                     fmt::format("'{}' is neither SQL text nor a SQLite database", file));
    }
    return SqlReader(file, std::move(*text)).read();
  }
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
  Handle handle(opened);
  const bool is_readable = code == SQLITE_OK && sqlite3_exec(opened, "SELECT count(*) FROM sqlite_master", nullptr,
                                                             nullptr, nullptr) == SQLITE_OK;
  if (!is_readable) {
    return problem(Code::import_not_found, {file, 0, 0, 0},
                   fmt::format("'{}' cannot be read: {}", file, sqlite3_errmsg(opened)));
  }
  return Database(std::move(handle));
}

bool Database::has_table(std::string_view name) const {
  sqlite3_stmt* prepared = nullptr;
  sqlite3_prepare_v2(handle_.get(), "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?", -1,
                     &prepared, nullptr);
  const Statement statement(prepared);
  sqlite3_bind_text(prepared, 1, name.data(), static_cast<int>(name.size()), SQLITE_STATIC);
  return sqlite3_step(prepared) == SQLITE_ROW;
}

bool Database::has_column(std::string_view table, std::string_view column) const {
  sqlite3_stmt* prepared = nullptr;
  sqlite3_prepare_v2(handle_.get(), "SELECT 1 FROM pragma_table_info(?) WHERE name = ?", -1, &prepared, nullptr);
  const Statement statement(prepared);
  sqlite3_bind_text(prepared, 1, table.data(), static_cast<int>(table.size()), SQLITE_STATIC);
  sqlite3_bind_text(prepared, 2, column.data(), static_cast<int>(column.size()), SQLITE_STATIC);
  return sqlite3_step(prepared) == SQLITE_ROW;
}

std::vector<Database::Row> Database::rows(std::string_view table, const std::vector<std::string_view>& columns,
                                          std::string_view order_by) const {
  const std::string order = order_by.empty() ? "" : fmt::format(" ORDER BY {}", order_by);
  const std::string sql = fmt::format("SELECT \"{}\" FROM \"{}\"{}", fmt::join(columns, "\", \""), table, order);
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &prepared, nullptr);
  const Statement statement(prepared);
  ensure(code == SQLITE_OK, fmt::format("'{}' can be read: {}", sql, sqlite3_errmsg(handle_.get())));
  std::vector<Row> rows;
  while (sqlite3_step(prepared) == SQLITE_ROW) {
    Row& row = rows.emplace_back();
    for (int column = 0; column < static_cast<int>(columns.size()); ++column) row.push_back(cell(prepared, column));
  }
  return rows;
}

}  // namespace pinchpoint::importers::temoa
