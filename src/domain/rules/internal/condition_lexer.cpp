// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/internal/condition_lexer.hpp"

#include <array>

#include "domain/rules/language/day.hpp"

namespace pinchpoint::rules::internal {

namespace {

bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}
bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_name_part(char letter) {
  return is_letter(letter) || is_digit(letter) || letter == '.' || letter == ':' || letter == '-';
}

constexpr std::array<std::string_view, 13> symbols = {"<=", ">=", "==", "!=", "<", ">", "(",
                                                      ")",  "{",  "}",  ",",  "+", "*"};

Token name_or_number(std::string_view text, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < text.size() && is_name_part(text[end])) ++end;
  Token token{TokenKind::name, text.substr(begin, end - begin), {}, begin, end};
  if (const auto day = parse_day(token.text)) {
    token.kind = TokenKind::day;
    token.number = Exact(day->days);
  } else if (const auto number = parse_exact(token.text)) {
    token.kind = TokenKind::number;
    token.number = *number;
  }
  return token;
}

Token quoted(std::string_view text, std::size_t begin) {
  const std::size_t close = text.find(text[begin], begin + 1);
  if (close == std::string_view::npos) return {TokenKind::bad, text.substr(begin), {}, begin, text.size()};
  return {TokenKind::text, text.substr(begin + 1, close - begin - 1), {}, begin, close + 1};
}

Token token_at(std::string_view text, std::size_t begin) {
  if (begin == text.size()) return {TokenKind::end, {}, {}, begin, begin};
  const char first = text[begin];
  if (is_letter(first) || is_digit(first)) return name_or_number(text, begin);
  if (first == '\'' || first == '"') return quoted(text, begin);
  for (const std::string_view symbol : symbols) {
    if (text.substr(begin, symbol.size()) == symbol)
      return {TokenKind::symbol, text.substr(begin, symbol.size()), {}, begin, begin + symbol.size()};
  }
  return {TokenKind::bad, text.substr(begin, 1), {}, begin, begin + 1};
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t place = 0;
  do {
    while (place < text.size() && (text[place] == ' ' || text[place] == '\t' || text[place] == '\n')) ++place;
    tokens.push_back(token_at(text, place));
    place = tokens.back().end;
  } while (tokens.back().kind != TokenKind::end && tokens.back().kind != TokenKind::bad);
  return tokens;
}

}  // namespace pinchpoint::rules::internal
