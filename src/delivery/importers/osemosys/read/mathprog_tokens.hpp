// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "delivery/importers/osemosys/read/raw_model.hpp"

namespace pinchpoint::importers::osemosys {

enum class TokenKind {
  word,
  assign,
  colon,
  comma,
  semicolon,
  bracket_open,
  bracket_close,
  paren_open,
  paren_close,
  star,
  other,
  end
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  ///< without quotes
  Place place;
};

/// Words and signs of GNU MathProg's data language, one after the other; comments are left out. In data a word may have
/// any character that means nothing else: 0.5, -1, E01, coal-plant.
class Tokens {
 public:
  Tokens(std::string_view text, std::int32_t file) : text_(text), file_(file) { advance(); }

  [[nodiscard]] const Token& peek() const { return token_; }
  Token take() {
    const Token token = token_;
    advance();
    return token;
  }

 private:
  void advance();
  void skip_blank();
  void step();
  void take_quoted(char quote);

  std::string_view text_;
  std::int32_t file_;
  std::size_t at_ = 0;
  std::int32_t line_ = 1;
  std::size_t line_begin_ = 0;
  Token token_;
};

}  // namespace pinchpoint::importers::osemosys
