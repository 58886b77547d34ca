// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/tables/result_reader.hpp"

#include <sqlite3.h>

namespace pinchpoint::results {

std::string ResultRow::text(int column) const {
  const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return text == nullptr ? std::string() : std::string(text);
}

double ResultRow::number(int column) const { return sqlite3_column_double(statement_, column); }

ResultReader::ResultReader(const std::filesystem::path& path) {
  check(sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READONLY, nullptr));
}

ResultReader::~ResultReader() { sqlite3_close(handle_); }

void ResultReader::check(int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE || !problem_.empty()) return;
  is_of_another_form_ = code == SQLITE_ERROR;
  problem_ = handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
}

void ResultReader::ask(const std::string& sql, const std::function<void(const ResultRow&)>& take) {
  if (!problem_.empty()) return;
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr));
  if (statement == nullptr) return;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) take(ResultRow(statement));
  check(code);
  sqlite3_finalize(statement);
}

}  // namespace pinchpoint::results
