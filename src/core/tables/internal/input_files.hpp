// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/tables/model_folder.hpp"

namespace pinchpoint::tables::internal {

/// Reads files once, with their hashes, and names them relative to the model folder.
class InputFiles {
 public:
  InputFiles(const std::filesystem::path& model_folder, std::uintmax_t largest_bytes);

  [[nodiscard]] std::string shown(const std::filesystem::path& path) const;
  /// errors    FIL-002, FIL-006
  [[nodiscard]] std::optional<std::string> read(const std::filesystem::path& path, Diagnostics& diagnostics);
  /// What was read, sorted by path.
  [[nodiscard]] std::vector<InputFile> list() const;

 private:
  [[nodiscard]] std::optional<std::string> relative(const std::filesystem::path& path) const;
  /// By folder: what stands before the names of its files; nothing where they are not below the same root.
  mutable std::map<std::string, std::optional<std::string>, std::less<>> prefixes_;
  std::filesystem::path model_folder_;  ///< without links, as far as it is there
  std::uintmax_t largest_bytes_;
  std::map<std::string, InputFile> files_;
};

/// Table and patch files of one folder, without those it extends.
struct FolderFiles {
  std::filesystem::path folder;
  bool is_inherited = false;
  std::map<std::string, std::vector<std::filesystem::path>> tables;  ///< by table, parts in name order
  std::map<std::string, std::filesystem::path> patches;              ///< by name
};

/// errors    FIL-003 (a warning if lenient)
[[nodiscard]] FolderFiles list_folder(const std::filesystem::path& folder, const InputFiles& files, bool is_lenient,
                                      Diagnostics& diagnostics);

}  // namespace pinchpoint::tables::internal
