// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>

#include "analysis/explain/number_text.hpp"
#include "core/base/ensure.hpp"
#include "delivery/results/tables/database.hpp"
#include "delivery/results/text_file.hpp"

namespace pinchpoint::results {

namespace {

using Connection = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;
using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

Connection open_for_reading(const std::filesystem::path& path) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
  Connection connection(handle, sqlite3_close);
  ensure(code == SQLITE_OK, "results.sqlite cannot be read back");
  return connection;
}

Statement prepare(sqlite3* connection, const std::string& sql) {
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v2(connection, sql.c_str(), -1, &handle, nullptr);
  ensure(code == SQLITE_OK, sqlite3_errmsg(connection));
  return {handle, sqlite3_finalize};
}

std::string_view text_of(sqlite3_stmt* statement, int column) {
  const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  return text == nullptr ? std::string_view() : std::string_view(text);
}

void append_text(std::string& line, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char letter : text) line.append(letter == '"' ? 2 : 1, letter);
  line += '"';
}

void append_cell(std::string& line, sqlite3_stmt* statement, int column) {
  if (sqlite3_column_type(statement, column) != SQLITE_FLOAT) {
    append_text(line, text_of(statement, column));
    return;
  }
  line += explain::exact_text(sqlite3_column_double(statement, column));
}

void write_table(sqlite3* connection, const std::string& name, const std::filesystem::path& path) {
  const Statement rows = prepare(connection, fmt::format("SELECT * FROM \"{}\"", name));
  const int width = sqlite3_column_count(rows.get());
  TextFile file(path);
  std::string line;
  for (int column = 0; column < width; ++column) {
    if (column > 0) line += ',';
    line += sqlite3_column_name(rows.get(), column);
  }
  file.write(line + "\n");
  while (sqlite3_step(rows.get()) == SQLITE_ROW) {
    line.clear();
    for (int column = 0; column < width; ++column) {
      if (column > 0) line += ',';
      append_cell(line, rows.get(), column);
    }
    line += '\n';
    file.write(line);
  }
  file.close();
}

}  // namespace

void write_csv_tables(const std::filesystem::path& database, const std::filesystem::path& folder) {
  const Connection connection = open_for_reading(database);
  const Statement names =
      prepare(connection.get(), "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name");
  while (sqlite3_step(names.get()) == SQLITE_ROW) {
    const std::string name(text_of(names.get(), 0));
    write_table(connection.get(), name, folder / (name + ".csv"));
  }
}

}  // namespace pinchpoint::results
