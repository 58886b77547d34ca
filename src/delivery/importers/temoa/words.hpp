// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace pinchpoint::importers::temoa {

/// The parts of a text between single separators; none of an empty text.
[[nodiscard]] inline std::vector<std::string_view> words(std::string_view text, char separator = ' ') {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return parts;
}

}  // namespace pinchpoint::importers::temoa
