// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

namespace pinchpoint::results {

/// A new file of text. Throws WriteError where the disk fails, at the latest in close().
class TextFile {
 public:
  explicit TextFile(const std::filesystem::path& path);
  void write(std::string_view text);
  void close();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[noreturn]] void fail() const;
  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
};

/// Writes a whole file.
void write_text_file(const std::filesystem::path& path, std::string_view text);

}  // namespace pinchpoint::results
