// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/rules/language/exact.hpp"

namespace pinchpoint::rules::internal {

/// end: of the text; bad: a letter that begins nothing, or a text that is never closed
enum class TokenKind { name, number, day, text, symbol, end, bad };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  ///< without quotes
  Exact number;           ///< of a number, and days since 1970 of a day
  std::size_t begin = 0, end = 0;

  [[nodiscard]] bool is(std::string_view word) const {
    return (kind == TokenKind::symbol || kind == TokenKind::name) && text == word;
  }
};

/// The last token is end or bad.
[[nodiscard]] std::vector<Token> tokens_of(std::string_view text);

}  // namespace pinchpoint::rules::internal
