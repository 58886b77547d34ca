// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/folder_text.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cmath>

#include "core/base/ensure.hpp"
#include "delivery/results/text_file.hpp"
#include "delivery/results/write_error.hpp"

namespace pinchpoint::importers {

namespace {

namespace fs = std::filesystem;

/// Quoted where CSV asks for it.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

[[noreturn]] void fail(const fs::path& path, const std::error_code& error) {
  throw results::WriteError(fmt::format("cannot write to {}: {}", path.string(), error.message()));
}

void make_folders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) fail(path, error);
}

void move_to(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) fail(to, error);
}

/// "demo/" names the folder demo.
fs::path without_slash(const fs::path& path) {
  return path.has_filename() || !path.has_parent_path() ? path : path.parent_path();
}

/// "" if the folder may be written.
std::string why_refused(const fs::path& folder, bool overwrite) {
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(folder, ignored))) return {};
  const bool is_folder = fs::is_directory(folder, ignored);
  if (is_folder && fs::is_empty(folder, ignored)) return {};
  if (!overwrite) return fmt::format("'{}' is there already", folder.string());
  if (is_folder && !fs::is_symlink(folder, ignored) && fs::exists(folder / "model.toml", ignored)) return {};
  return fmt::format("'{}' is no model folder, and only a model folder is ever replaced", folder.string());
}

}  // namespace

void FolderText::add(std::string_view table, const Cells& cells) {
  Rows& rows = tables_[std::string(table)];
  if (rows.schema == nullptr) {
    rows.schema = tables::find_schema(table);
    ensure(rows.schema != nullptr, fmt::format("there is no table '{}'", table));
    rows.is_used.assign(rows.schema->columns.size(), false);
  }
  const std::size_t begin = rows.cells.size();
  rows.cells.resize(begin + rows.schema->columns.size());
  for (const auto& [name, text] : cells) {
    const int column = rows.schema->find_column(name);
    ensure(column >= 0, fmt::format("table '{}' has no column '{}'", table, name));
    if (text.empty()) continue;
    const auto place = static_cast<std::size_t>(column);
    ensure(rows.cells[begin + place].empty(), fmt::format("column '{}' is given twice", name));
    rows.cells[begin + place] = text;
    rows.is_used[place] = true;
  }
}

std::size_t FolderText::row_count(std::string_view table) const {
  const auto found = tables_.find(table);
  return found == tables_.end() ? 0 : found->second.cells.size() / found->second.is_used.size();
}

std::string FolderText::csv(std::string_view table) const {
  const auto found = tables_.find(table);
  return found == tables_.end() ? std::string() : csv(found->second);
}

std::string FolderText::csv(const Rows& rows) const {
  const std::size_t width = rows.is_used.size();
  std::string text;
  const auto add_line = [&](const auto& field_of) {
    bool is_first = true;
    for (std::size_t column = 0; column < width; ++column) {
      if (!rows.is_used[column]) continue;
      if (!is_first) text += ',';
      text += field_of(column);
      is_first = false;
    }
    text += '\n';
  };
  add_line([&](std::size_t column) { return rows.schema->columns[column].name; });
  for (std::size_t begin = 0; begin < rows.cells.size(); begin += width) {
    add_line([&](std::size_t column) { return csv_field(rows.cells[begin + column]); });
  }
  return text;
}

void FolderText::write_files(const fs::path& folder) const {
  make_folders(folder);
  results::write_text_file(folder / "model.toml", model_toml_);
  for (const auto& [name, rows] : tables_) results::write_text_file(folder / (name + ".csv"), csv(rows));
}

fs::path FolderText::unfinished_path(const fs::path& folder) {
  const fs::path place = without_slash(folder);
  return place.parent_path() / fmt::format(".unfinished-{}-{}", ::getpid(), place.filename().string());
}

Result<Written> FolderText::write(const fs::path& folder, bool overwrite) const {
  const fs::path place = without_slash(folder);
  if (std::string why = why_refused(place, overwrite); !why.empty()) {
    Diagnostics refused;
    refused.add(Code::import_target_exists, {}, std::move(why));
    return refused;
  }
  const fs::path unfinished = unfinished_path(folder);
  const fs::path replaced = unfinished.string() + "-replaced";
  std::error_code ignored;
  try {
    write_files(unfinished);
    const bool is_there = fs::exists(place, ignored) && !fs::is_empty(place, ignored);
    if (is_there) move_to(place, replaced);
    move_to(unfinished, place);
    fs::remove_all(replaced, ignored);
  } catch (...) {
    fs::remove_all(unfinished, ignored);
    throw;
  }
  Written written{place, {}};
  for (const tables::TableSchema& schema : tables::schemas()) {
    if (const std::size_t count = row_count(schema.name); count > 0) written.tables.emplace_back(schema.name, count);
  }
  return written;
}

std::string number_text(double value) {
  ensure(std::isfinite(value), "only finite numbers are written");
  if (value == 0) return "0";
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end.ptr};
}

std::string toml_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') quoted += '\\';
    if (static_cast<unsigned char>(letter) < 0x20) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
    } else {
      quoted += letter;
    }
  }
  return quoted + '"';
}

}  // namespace pinchpoint::importers
