// SPDX-License-Identifier: Apache-2.0
#include "delivery/importers/osemosys/read/mathprog_tokens.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";
constexpr std::string_view signs = ":,;[]()*{}=\"'#";

TokenKind kind_of(char letter) {
  switch (letter) {
    case ':':
      return TokenKind::colon;
    case ',':
      return TokenKind::comma;
    case ';':
      return TokenKind::semicolon;
    case '[':
      return TokenKind::bracket_open;
    case ']':
      return TokenKind::bracket_close;
    case '(':
      return TokenKind::paren_open;
    case ')':
      return TokenKind::paren_close;
    case '*':
      return TokenKind::star;
    default:
      return TokenKind::other;
  }
}

}  // namespace

void Tokens::step() {
  if (text_[at_] == '\n') {
    ++line_;
    line_begin_ = at_ + 1;
  }
  ++at_;
}

void Tokens::skip_blank() {
  while (at_ < text_.size()) {
    const char letter = text_[at_];
    if (blanks.find(letter) != std::string_view::npos) {
      step();
    } else if (letter == '#') {
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
    } else if (text_.substr(at_, 2) == "/*") {
      const std::size_t close = text_.find("*/", at_ + 2);
      const std::size_t end = close == std::string_view::npos ? text_.size() : close + 2;
      while (at_ < end) step();
    } else {
      return;
    }
  }
}

void Tokens::take_quoted(char quote) {
  const std::size_t begin = at_ + 1;
  std::size_t end = begin;
  while (end < text_.size() && text_[end] != quote && text_[end] != '\n') ++end;
  token_.kind = end < text_.size() && text_[end] == quote ? TokenKind::word : TokenKind::other;
  token_.text = text_.substr(begin, end - begin);
  at_ = token_.kind == TokenKind::word ? end + 1 : end;
}

void Tokens::advance() {
  skip_blank();
  const std::size_t begin = at_;
  token_ = {};
  token_.place = {file_, line_, static_cast<std::int32_t>(at_ - line_begin_) + 1, 0};
  if (at_ >= text_.size()) return;
  const char letter = text_[at_];
  if (letter == '"' || letter == '\'') {
    take_quoted(letter);
  } else if (text_.substr(at_, 2) == ":=") {
    token_.kind = TokenKind::assign;
    at_ += 2;
    token_.text = ":=";
  } else if (signs.find(letter) != std::string_view::npos) {
    token_.kind = kind_of(letter);
    token_.text = text_.substr(at_++, 1);
  } else {
    while (at_ < text_.size() && blanks.find(text_[at_]) == std::string_view::npos &&
           signs.find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    token_.kind = TokenKind::word;
    token_.text = text_.substr(begin, at_ - begin);
  }
  token_.place.length = static_cast<std::int32_t>(at_ - begin);
}

}  // namespace pinchpoint::importers::osemosys
