// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>

namespace pinchpoint::optim {

/// A file written in large pieces. Failing to write throws std::system_error.
class TextFile {
 public:
  explicit TextFile(const std::string& path);

  template <class... Arguments>
  void print(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(buffer_), format, std::forward<Arguments>(arguments)...);
    if (buffer_.size() > flush_size) flush();
  }
  /// Writes what is left; call it last, for only then errors are known.
  void close();

 private:
  static constexpr std::size_t flush_size = 1 << 16;
  void flush();
  std::string path_;
  std::ofstream stream_;
  fmt::memory_buffer buffer_;
};

}  // namespace pinchpoint::optim
