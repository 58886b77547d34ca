// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <zlib.h>

#include <memory>
#include <string>

namespace pinchpoint::optim {

/// Lines of a file, plain or gzip. Where the heading that comes first (NAME, ROWS, TIME or STOCH) is indented, as in
/// files that printers' control characters once led, every line loses as many blanks.
class TextLines {
 public:
  explicit TextLines(const std::string& path) : file_(gzopen(path.c_str(), "rb")) {}
  [[nodiscard]] bool is_open() const { return file_ != nullptr; }
  /// False at the end and when the file is damaged (see is_damaged()).
  bool next(std::string& line);
  [[nodiscard]] bool is_damaged() const;
  [[nodiscard]] int line_number() const { return line_number_; }

 private:
  struct Close {
    void operator()(gzFile_s* file) const { gzclose(file); }
  };
  std::unique_ptr<gzFile_s, Close> file_;
  void find_margin(const std::string& line);
  int line_number_ = 0;
  std::size_t margin_ = 0;
  bool has_margin_ = false;
};

}  // namespace pinchpoint::optim
