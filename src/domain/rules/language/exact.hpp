// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pinchpoint::rules {

/// Wide enough for the product of two figures of the law; a GNU extension, so named once here.
__extension__ using Wide = __int128;

/// A number without rounding: a decimal as it was written, or the quotient of two (a performance density).
///
/// Control lines are compared as the law writes them: 3.196 is under 3.2, and 4800/810.81 is what it is. Sums, products
/// and quotients that need more than 38 digits do not exist; comparisons always do.
class Exact {
 public:
  constexpr Exact() = default;
  constexpr explicit Exact(std::int64_t whole) : numerator_(whole) {}

  [[nodiscard]] static std::optional<Exact> sum(const Exact& left, const Exact& right);
  [[nodiscard]] static std::optional<Exact> product(const Exact& left, const Exact& right);
  /// Nothing if `right` is zero.
  [[nodiscard]] static std::optional<Exact> quotient(const Exact& left, const Exact& right);

  friend std::strong_ordering operator<=>(const Exact& left, const Exact& right);
  friend bool operator==(const Exact& left, const Exact& right) { return (left <=> right) == 0; }

  [[nodiscard]] bool is_negative() const { return numerator_ < 0; }
  /// "2.909…": all digits if they end within `digits` after the point, else that many, cut off and marked.
  [[nodiscard]] std::string text(int digits = 6) const;

 private:
  friend std::optional<Exact> parse_exact(std::string_view text);
  static std::optional<Exact> reduced(Wide numerator, Wide denominator);

  Wide numerator_ = 0;
  Wide denominator_ = 1;  ///< above zero; no common divisor with the numerator
};

/// Reads a plain decimal: "-12.50", "1e26". At most 27 digits, 12 of them after the point; no separators.
[[nodiscard]] std::optional<Exact> parse_exact(std::string_view text);

}  // namespace pinchpoint::rules
