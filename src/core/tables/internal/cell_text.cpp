// SPDX-License-Identifier: Apache-2.0
#include "core/tables/internal/cell_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace pinchpoint::tables::internal {

std::optional<double> parse_number(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stopped != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<double> parse_integer(std::string_view text) {
  const bool has_only_digits = text.find_first_not_of("-0123456789") == std::string_view::npos;
  const auto number = has_only_digits ? parse_number(text) : std::nullopt;
  constexpr double largest_exact = 9007199254740991.0;  // 2^53 - 1
  return number && std::abs(*number) <= largest_exact ? number : std::nullopt;
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "yes") return true;
  if (text == "no") return false;
  return std::nullopt;
}

bool is_id(std::string_view text) {
  constexpr std::string_view others = "-_./+";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           others.find(letter) != std::string_view::npos;
  });
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> parts;
  if (text.empty()) return parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    parts.push_back(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

}  // namespace pinchpoint::tables::internal
