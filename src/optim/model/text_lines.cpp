// SPDX-License-Identifier: Apache-2.0
#include "optim/model/text_lines.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pinchpoint::optim {

bool TextLines::next(std::string& line) {
  line.clear();
  std::array<char, 4096> piece{};
  while (gzgets(file_.get(), piece.data(), static_cast<int>(piece.size())) != nullptr) {
    line += piece.data();
    if (line.empty() || line.back() != '\n') continue;
    break;
  }
  if (line.empty()) return false;
  ++line_number_;
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  if (!has_margin_) find_margin(line);
  if (margin_ > 0) line.erase(0, std::min(margin_, line.find_first_not_of(' ')));
  return true;
}

void TextLines::find_margin(const std::string& line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string::npos || line[begin] == '*') return;
  has_margin_ = true;
  const std::string_view word = std::string_view(line).substr(begin, line.find_first_of(" \t", begin) - begin);
  const bool is_heading = word == "NAME" || word == "ROWS" || word == "TIME" || word == "STOCH";
  if (is_heading && line.find('\t') >= begin) margin_ = begin;
}

bool TextLines::is_damaged() const {
  int code = Z_OK;
  gzerror(file_.get(), &code);
  return code != Z_OK && code != Z_STREAM_END;
}

}  // namespace pinchpoint::optim
