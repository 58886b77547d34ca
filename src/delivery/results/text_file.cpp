// SPDX-License-Identifier: Apache-2.0
#include "delivery/results/text_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include "delivery/results/write_error.hpp"

namespace pinchpoint::results {

TextFile::TextFile(const std::filesystem::path& path) : path_(path), file_(std::fopen(path.c_str(), "wxb")) {
  if (!file_) fail();
}

void TextFile::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail();
}

void TextFile::close() {
  if (std::fclose(file_.release()) != 0) fail();
}

void TextFile::fail() const {
  const std::string why = std::generic_category().message(errno);
  throw WriteError(fmt::format("cannot write {}: {}", path_.string(), why));
}

void write_text_file(const std::filesystem::path& path, std::string_view text) {
  TextFile file(path);
  file.write(text);
  file.close();
}

}  // namespace pinchpoint::results
