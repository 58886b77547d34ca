// SPDX-License-Identifier: Apache-2.0
#include "core/base/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace pinchpoint {

namespace {

std::uint8_t byte_at(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

bool is_between(std::uint8_t byte, std::uint8_t least, std::uint8_t most) { return byte >= least && byte <= most; }

/// Bytes of the well-formed sequence that starts here, or 0.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const std::uint8_t first = byte_at(text, at);
  if (first == 0) return 0;
  if (first < 0x80) return 1;
  const std::size_t length = is_between(first, 0xC2, 0xDF) ? 2 : is_between(first, 0xE0, 0xEF) ? 3 : 4;
  if (!is_between(first, 0xC2, 0xF4) || at + length > text.size()) return 0;
  // The second byte excludes overlong forms (E0, F0), surrogates (ED) and what lies beyond U+10FFFF (F4).
  const std::uint8_t least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const std::uint8_t most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (!is_between(byte_at(text, at + 1), least, most)) return 0;
  for (std::size_t next = 2; next < length; ++next) {
    if (!is_between(byte_at(text, at + next), 0x80, 0xBF)) return 0;
  }
  return length;
}

/// True if none of the next eight bytes is NUL or above 0x7F (the classic zero-byte test).
bool is_plain_block(const char* bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t highs = 0x8080808080808080;
  std::uint64_t block = 0;
  std::memcpy(&block, bytes, sizeof block);
  return (block & highs) == 0 && ((block - ones) & ~block & highs) == 0;
}

}  // namespace

std::size_t first_bad_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (at + 8 <= text.size() && is_plain_block(text.data() + at)) {
      at += 8;
      continue;
    }
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

std::string printable(std::string_view text) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    const std::uint8_t first = byte_at(text, at);
    const bool is_control = (first < 0x20 && first != '\t' && first != '\n') || first == 0x7F;
    out += length == 0 || is_control ? replacement : text.substr(at, length);
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

}  // namespace pinchpoint
