// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/language/exact.hpp"

#include <algorithm>
#include <array>

namespace pinchpoint::rules {

namespace {

__extension__ using UnsignedWide = unsigned __int128;

Wide absolute(Wide value) { return value < 0 ? -value : value; }

Wide common_divisor(Wide left, Wide right) {
  while (right != 0) {
    const Wide rest = left % right;
    left = right;
    right = rest;
  }
  return left;
}

/// The product of two numbers of 128 bits, as its upper and lower half.
struct Product {
  UnsignedWide upper = 0, lower = 0;
  friend auto operator<=>(const Product&, const Product&) = default;
};

Product multiply(UnsignedWide left, UnsignedWide right) {
  constexpr UnsignedWide mask = ~std::uint64_t{0};
  const UnsignedWide low = (left & mask) * (right & mask);
  const UnsignedWide middle_left = (left >> 64) * (right & mask);
  const UnsignedWide middle_right = (left & mask) * (right >> 64);
  const UnsignedWide carry = (low >> 64) + (middle_left & mask) + (middle_right & mask);
  return {(left >> 64) * (right >> 64) + (middle_left >> 64) + (middle_right >> 64) + (carry >> 64),
          (carry << 64) | (low & mask)};
}

constexpr int most_digits = 27;
constexpr int most_places = 12;

std::optional<Wide> power_of_ten(int exponent) {
  if (exponent < 0 || exponent > 36) return std::nullopt;
  Wide power = 1;
  for (int step = 0; step < exponent; ++step) power *= 10;
  return power;
}

struct Digits {
  Wide value = 0;
  int count = 0;   ///< without leading zeros
  int places = 0;  ///< after the point
};

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// Takes "12.50" off the front of `text`.
std::optional<Digits> take_digits(std::string_view& text) {
  Digits digits;
  bool is_after_point = false;
  std::size_t used = 0;
  std::size_t seen = 0;
  for (; used < text.size(); ++used) {
    if (text[used] == '.' && !is_after_point) {
      is_after_point = true;
      continue;
    }
    if (!is_digit(text[used])) break;
    ++seen;
    if (is_after_point) ++digits.places;
    if (digits.value > 0 || text[used] != '0') ++digits.count;
    if (digits.count > most_digits || digits.places > most_places) return std::nullopt;
    digits.value = digits.value * 10 + (text[used] - '0');
  }
  if (seen == 0 || text[used - 1] == '.' || text.front() == '.') return std::nullopt;
  text.remove_prefix(used);
  return digits;
}

/// "e26" at the end of a number; nothing if there is something else.
std::optional<int> take_exponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  const bool is_negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || text.size() > 2 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  int exponent = 0;
  for (const char letter : text) exponent = exponent * 10 + (letter - '0');
  return is_negative ? -exponent : exponent;
}

std::string digits_of(Wide value) {
  if (value == 0) return "0";
  std::string text;
  for (; value > 0; value /= 10) text.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
  std::reverse(text.begin(), text.end());
  return text;
}

}  // namespace

std::optional<Exact> Exact::reduced(Wide numerator, Wide denominator) {
  const Wide divisor = common_divisor(absolute(numerator), denominator);
  Exact exact;
  exact.numerator_ = numerator / divisor;
  exact.denominator_ = denominator / divisor;
  return exact;
}

std::optional<Exact> Exact::sum(const Exact& left, const Exact& right) {
  Wide first = 0, second = 0, numerator = 0, denominator = 0;
  if (__builtin_mul_overflow(left.numerator_, right.denominator_, &first) ||
      __builtin_mul_overflow(right.numerator_, left.denominator_, &second) ||
      __builtin_add_overflow(first, second, &numerator) ||
      __builtin_mul_overflow(left.denominator_, right.denominator_, &denominator))
    return std::nullopt;
  return reduced(numerator, denominator);
}

std::optional<Exact> Exact::product(const Exact& left, const Exact& right) {
  Wide numerator = 0, denominator = 0;
  if (__builtin_mul_overflow(left.numerator_, right.numerator_, &numerator) ||
      __builtin_mul_overflow(left.denominator_, right.denominator_, &denominator))
    return std::nullopt;
  return reduced(numerator, denominator);
}

std::optional<Exact> Exact::quotient(const Exact& left, const Exact& right) {
  if (right.numerator_ == 0) return std::nullopt;
  Exact inverse;
  const bool is_negative = right.numerator_ < 0;
  inverse.numerator_ = is_negative ? -right.denominator_ : right.denominator_;
  inverse.denominator_ = is_negative ? -right.numerator_ : right.numerator_;
  return product(left, inverse);
}

std::strong_ordering operator<=>(const Exact& left, const Exact& right) {
  Wide first = 0, second = 0;
  if (!__builtin_mul_overflow(left.numerator_, right.denominator_, &first) &&
      !__builtin_mul_overflow(right.numerator_, left.denominator_, &second))
    return first <=> second;
  if (left.is_negative() != right.is_negative())
    return left.is_negative() ? std::strong_ordering::less : std::strong_ordering::greater;
  const auto magnitude = [](Wide value) { return static_cast<UnsignedWide>(absolute(value)); };
  const Product wide_first = multiply(magnitude(left.numerator_), static_cast<UnsignedWide>(right.denominator_));
  const Product wide_second = multiply(magnitude(right.numerator_), static_cast<UnsignedWide>(left.denominator_));
  return left.is_negative() ? wide_second <=> wide_first : wide_first <=> wide_second;
}

std::string Exact::text(int digits) const {
  const Wide magnitude = absolute(numerator_);
  std::string text = digits_of(magnitude / denominator_);
  if (is_negative()) text.insert(text.begin(), '-');
  Wide rest = magnitude % denominator_;
  if (rest == 0) return text;
  text.push_back('.');
  for (int place = 0; place < digits && rest != 0; ++place) {
    Wide shifted = 0;
    if (__builtin_mul_overflow(rest, Wide{10}, &shifted)) break;
    text.push_back(static_cast<char>('0' + static_cast<int>(shifted / denominator_)));
    rest = shifted % denominator_;
  }
  return rest == 0 ? text : text + "…";
}

std::optional<Exact> parse_exact(std::string_view text) {
  const bool is_negative = !text.empty() && text.front() == '-';
  if (is_negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  const auto digits = take_digits(text);
  if (!digits) return std::nullopt;
  const auto exponent = take_exponent(text);
  if (!exponent) return std::nullopt;
  const int shift = *exponent - digits->places;
  const auto power = power_of_ten(shift < 0 ? -shift : shift);
  if (!power || digits->count + std::max(shift, 0) > 36) return std::nullopt;
  const Wide value = is_negative ? -digits->value : digits->value;
  return shift < 0 ? Exact::reduced(value, *power) : Exact::reduced(value * *power, 1);
}

}  // namespace pinchpoint::rules
