// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/tables/schema.hpp"

namespace pinchpoint::importers {

/// What a written folder holds.
struct Written {
  std::filesystem::path folder;
  std::vector<std::pair<std::string, std::size_t>> tables;  ///< name and number of rows, in the schemas' order
};

/// Rows of a model folder's tables as text. Tables are written in the schemas' column order, with the columns that are
/// used.
class FolderText {
 public:
  using Cells = std::vector<std::pair<std::string_view, std::string>>;

  /// Adds a row; columns that are not named stay empty.
  /// requires  table and columns of the schema, each column at most once
  void add(std::string_view table, const Cells& cells);
  void set_model_toml(std::string text) { model_toml_ = std::move(text); }

  [[nodiscard]] std::size_t row_count(std::string_view table) const;
  /// The table's file as it will be written; empty if it has no rows.
  [[nodiscard]] std::string csv(std::string_view table) const;
  [[nodiscard]] const std::string& model_toml() const { return model_toml_; }

  /// Writes the folder whole or not at all: beside its place first, then renamed.
  ///
  /// errors    IMP-007 if something is there already: without `overwrite` anything but an empty folder, with it
  /// anything
  ///           but a model folder
  /// throws    results::WriteError where the disk fails
  [[nodiscard]] Result<Written> write(const std::filesystem::path& folder, bool overwrite) const;
  /// Where write() works before it renames, for who has to clean up.
  [[nodiscard]] static std::filesystem::path unfinished_path(const std::filesystem::path& folder);

 private:
  struct Rows {
    const tables::TableSchema* schema = nullptr;
    std::vector<bool> is_used;       ///< by column
    std::vector<std::string> cells;  ///< row after row, every column
  };
  [[nodiscard]] std::string csv(const Rows& rows) const;
  void write_files(const std::filesystem::path& folder) const;

  std::map<std::string, Rows, std::less<>> tables_;
  std::string model_toml_;
};

/// Shortest text that reads back to the same number.
/// requires  a finite number
[[nodiscard]] std::string number_text(double value);
/// A text as a TOML string, quotes included.
[[nodiscard]] std::string toml_text(std::string_view text);

}  // namespace pinchpoint::importers
