// SPDX-License-Identifier: Apache-2.0
#include "optim/model/text_file.hpp"

#include <cerrno>
#include <system_error>

namespace pinchpoint::optim {

namespace {

void check(const std::ofstream& stream, const std::string& path) {
  if (!stream) throw std::system_error(errno, std::generic_category(), "cannot write " + path);
}

}  // namespace

TextFile::TextFile(const std::string& path) : path_(path), stream_(path, std::ios::binary | std::ios::trunc) {
  check(stream_, path_);
}

void TextFile::flush() {
  stream_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
  check(stream_, path_);
}

void TextFile::close() {
  flush();
  stream_.close();
  check(stream_, path_);
}

}  // namespace pinchpoint::optim
