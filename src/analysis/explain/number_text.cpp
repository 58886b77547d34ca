// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain/number_text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace pinchpoint::explain {

namespace {

std::string with_thousands(long long whole) {
  const std::string digits = std::to_string(whole);
  std::string text;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % 3 == 0) text += ',';
    text += digits[at];
  }
  return text;
}

/// 1 ≤ size < 1e6
std::string middling(double size) {
  if (size < 9999.5) return fmt::format("{:.4g}", size);
  // Four digits are meant to be read; the rest are zeros.
  const double step = size < 99995 ? 10 : 100;
  return with_thousands(std::llround(size / step) * static_cast<long long>(step));
}

}  // namespace

std::string number_text(double number) {
  if (!std::isfinite(number)) return std::isnan(number) ? "?" : number > 0 ? "infinite" : "-infinite";
  const double size = std::abs(number);
  const std::string sign = number < 0 ? "-" : "";
  if (size < 1) return size == 0 ? "0" : fmt::format("{:.4g}", number);
  constexpr std::array<std::pair<double, const char*>, 3> scales = {{{1e12, "trn"}, {1e9, "bn"}, {1e6, "M"}}};
  for (const auto& [scale, word] : scales) {
    if (size < 0.99995 * scale) continue;
    const double part = size / scale;
    return sign + (part < 1e6 ? middling(part) : fmt::format("{:.4g}", part)) + " " + word;
  }
  return sign + middling(size);
}

std::string money_text(double money, std::string_view currency) {
  return fmt::format("{} {}", currency, number_text(money));
}

std::string share_text(double share) {
  constexpr double rounding = 1e-9;  // of a solver: what is met to it is met
  if (share < 1 - rounding && share > 0.9995) return "99.9 %";
  return fmt::format("{:.1f} %", 100 * share);
}

std::string exact_text(double number) {
  if (!std::isfinite(number)) return "";
  if (number == 0) return "0";
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), end.ptr};
}

}  // namespace pinchpoint::explain
