// SPDX-License-Identifier: Apache-2.0
#include "optim/model/text_lines.hpp"

#include <array>

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
  return true;
}

bool TextLines::is_damaged() const {
  int code = Z_OK;
  gzerror(file_.get(), &code);
  return code != Z_OK && code != Z_STREAM_END;
}

}  // namespace pinchpoint::optim
