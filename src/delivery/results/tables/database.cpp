// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/tables/database.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <system_error>

#include "core/base/ensure.hpp"
#include "delivery/results/text_file.hpp"
#include "delivery/results/write_error.hpp"

namespace pinchpoint::results {

namespace {

std::string in_quotes(std::string_view name) { return fmt::format("\"{}\"", name); }

const char* sql_type(CellType type) {
  switch (type) {
    case CellType::text:
      return "TEXT";
    case CellType::number:
      return "REAL";
    case CellType::integer:
      return "INTEGER";
  }
  return "TEXT";
}

}  // namespace

Database::Database(const std::filesystem::path& path, std::string_view empty) : path_(path.string()) {
  if (!empty.empty()) write_text_file(path, empty);
  open(path_);
  begin();
  if (!empty.empty()) list_first_names();
}

std::unique_ptr<Database> Database::in_memory(std::string_view empty) {
  std::unique_ptr<Database> database(new Database());
  database->is_in_memory_ = true;
  database->open(":memory:");
  database->load(empty);
  database->begin();
  database->list_first_names();
  return database;
}

void Database::open(const std::string& name) {
  // One thread at a time writes a database, and nobody asks SQLite what memory it has: locks and counters cost a sixth
  // of the instructions of a small run's tables.
  static const int ignored = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(ignored);
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &opened, flags, nullptr);
  handle_.reset(opened);
  check(code);
}

void Database::load(std::string_view empty) {
  auto* const bytes = static_cast<unsigned char*>(sqlite3_malloc64(empty.size()));
  if (bytes == nullptr) throw std::bad_alloc();
  std::copy(empty.begin(), empty.end(), bytes);
  const auto size = static_cast<sqlite3_int64>(empty.size());
  check(sqlite3_deserialize(handle_.get(), "main", bytes, size, size,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE));
  sqlite3_int64 limit = std::numeric_limits<sqlite3_int64>::max();  // 1 GiB otherwise
  check(sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_SIZE_LIMIT, &limit));
}

/// Nobody reads the file before it is whole, so it needs no journal; secure_delete keeps stray memory out of its pages.
/// Pages are small: most tables of most runs have few rows or none, and each has a page of its own.
void Database::begin() {
  execute(
      "PRAGMA page_size=1024; PRAGMA encoding='UTF-8'; PRAGMA auto_vacuum=NONE; PRAGMA secure_delete=ON;"
      "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; PRAGMA locking_mode=EXCLUSIVE;"
      "BEGIN");
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close(handle); }

void Database::check(int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  const std::string why = handle_ != nullptr ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  ensure(code != SQLITE_ERROR && code != SQLITE_MISUSE, "SQLite refused a statement: " + why);
  throw WriteError(fmt::format("cannot write {}: {}", path_, why));
}

void Database::list_first_names() {
  sqlite3_stmt* names = nullptr;
  check(sqlite3_prepare_v2(handle_.get(), "SELECT name FROM sqlite_schema", -1, &names, nullptr));
  while (sqlite3_step(names) == SQLITE_ROW) {
    first_names_.emplace(reinterpret_cast<const char*>(sqlite3_column_text(names, 0)));
  }
  check(sqlite3_finalize(names));
}

void Database::execute(const std::string& sql) {
  check(sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr));
}

void Database::write_file() {
  sqlite3_int64 size = 0;
  const unsigned char* const bytes = sqlite3_serialize(handle_.get(), "main", &size, SQLITE_SERIALIZE_NOCOPY);
  ensure(bytes != nullptr && !path_.empty(), "a database in memory knows its bytes and its place");
  write_text_file(path_, {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
}

void Database::finish() {
  execute("COMMIT");
  if (is_in_memory_) write_file();
  check(sqlite3_close(handle_.get()));
  static_cast<void>(handle_.release());
}

std::future<std::unique_ptr<Database>> begin_database(std::string_view empty) {
  try {
    return std::async(std::launch::async, [empty] { return Database::in_memory(empty); });
  } catch (const std::system_error&) {
    return {};
  }
}

TableWriter::TableWriter(Database& database, const TableForm& form)
    : database_(database), name_(form.name), width_(form.columns.size()) {
  if (database.began_with(form.name)) return;
  std::vector<std::string> columns;
  for (const TableColumn& column : form.columns) {
    columns.push_back(fmt::format("{} {}", in_quotes(column.name), sql_type(column.type)));
  }
  database_.execute(fmt::format("CREATE TABLE {} ({})", in_quotes(form.name), fmt::join(columns, ", ")));
}

/// At the first row: most tables of a small run have none.
void TableWriter::prepare() {
  std::string marks = "?";
  for (std::size_t column = 1; column < width_; ++column) marks += ",?";
  const std::string insert = fmt::format("INSERT INTO {} VALUES ({})", in_quotes(name_), marks);
  database_.check(sqlite3_prepare_v2(database_.handle_.get(), insert.c_str(), -1, &statement_, nullptr));
}

TableWriter::~TableWriter() { sqlite3_finalize(statement_); }

void TableWriter::bind(int place, const Cell& cell) {
  int code = SQLITE_OK;
  if (const auto* const text = std::get_if<std::string_view>(&cell)) {
    code = sqlite3_bind_text(statement_, place, text->data() == nullptr ? "" : text->data(),
                             static_cast<int>(text->size()), SQLITE_STATIC);
  } else if (const auto* const integer = std::get_if<std::int64_t>(&cell)) {
    code = sqlite3_bind_int64(statement_, place, *integer);
  } else if (const auto* const number = std::get_if<double>(&cell); number != nullptr && std::isfinite(*number)) {
    code = sqlite3_bind_double(statement_, place, *number == 0 ? 0.0 : *number);
  } else {
    code = sqlite3_bind_null(statement_, place);
  }
  database_.check(code);
}

void TableWriter::row(std::span<const Cell> cells) {
  ensure(cells.size() == width_, "a row needs one cell a column");
  if (statement_ == nullptr) prepare();
  for (std::size_t place = 0; place < cells.size(); ++place) bind(static_cast<int>(place) + 1, cells[place]);
  database_.check(sqlite3_step(statement_));
  database_.check(sqlite3_reset(statement_));
}

}  // namespace pinchpoint::results
