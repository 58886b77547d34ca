// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/language/condition.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "domain/rules/internal/condition_lexer.hpp"

namespace pinchpoint::rules {

namespace {

using internal::Token;
using internal::TokenKind;

/// What was read where a value may stand: a number (a sum), or one field or word of another type.
struct Operand {
  FieldType type = FieldType::number;
  Linear linear;
  int field = -1;  ///< of a word, country, truth or day
  bool is_text = false;
  Token token;
  std::size_t begin = 0, end = 0;
};

class Parser {
 public:
  Parser(std::string_view text, const SourceSpan& where, Vocabulary& vocabulary, Diagnostics& diagnostics)
      : where_(where), vocabulary_(vocabulary), diagnostics_(diagnostics), tokens_(internal::tokens_of(text)) {
    condition_.text = text;
  }

  std::optional<Condition> parse() {
    condition_.root = either();
    if (!has_failed_ && peek().kind != TokenKind::end) fail_syntax(peek(), "`and`, `or` or the end");
    if (has_failed_) return std::nullopt;
    return std::move(condition_);
  }

 private:
  [[nodiscard]] const Token& peek() const { return tokens_[place_]; }
  Token take() {
    const Token token = tokens_[place_];
    if (place_ + 1 < tokens_.size()) ++place_;
    return token;
  }
  bool accept(std::string_view word) {
    if (!peek().is(word)) return false;
    take();
    return true;
  }

  /// Only the first complaint of a condition is kept: what follows it is guesswork.
  Diagnostic* complain(Code code, std::size_t begin, std::size_t end, std::string message) {
    if (has_failed_) return nullptr;
    has_failed_ = true;
    SourceSpan place = where_;
    place.column += static_cast<int>(begin);
    place.length = static_cast<int>(std::max<std::size_t>(end - begin, 1));
    Diagnostic& item = diagnostics_.add(code, place, std::move(message));
    item.found = condition_.text.substr(begin, end - begin);
    return &item;
  }
  int fail_syntax(const Token& token, std::string_view expected) {
    const std::string found =
        token.kind == TokenKind::end ? "the condition ends" : fmt::format("found '{}'", token.text);
    if (auto* const item = complain(Code::condition_syntax, token.begin, token.end,
                                    fmt::format("{} where {} was expected", found, expected)))
      item->expected = expected;
    return -1;
  }
  int fail_type(std::size_t begin, std::size_t end, std::string message) {
    complain(Code::condition_type, begin, end, std::move(message));
    return -1;
  }

  int add(Node node) {
    condition_.nodes.push_back(std::move(node));
    return static_cast<int>(condition_.nodes.size()) - 1;
  }
  int join(Op op, int left, int right) {
    if (left < 0 || right < 0) return -1;
    Node node;
    node.op = op;
    node.left = left;
    node.right = right;
    node.begin = at(left).begin;
    node.end = at(right).end;
    return add(std::move(node));
  }
  [[nodiscard]] const Node& at(int node) const { return condition_.nodes[static_cast<std::size_t>(node)]; }

  int either() {
    int left = both();
    while (!has_failed_ && accept("or")) left = join(Op::either, left, both());
    return left;
  }
  int both() {
    int left = negation();
    while (!has_failed_ && accept("and")) left = join(Op::both, left, negation());
    return left;
  }
  int negation() {
    const Token first = peek();
    if (!accept("not")) return atom();
    if (++depth_ > deepest_condition) return fail_syntax(first, "fewer nested parts");
    const int inner = negation();
    --depth_;
    if (inner < 0) return -1;
    Node node;
    node.op = Op::negation;
    node.left = inner;
    node.begin = first.begin;
    node.end = at(inner).end;
    return add(std::move(node));
  }
  int atom() {
    if (peek().is("(")) return parenthesis();
    if (peek().is("is")) return class_test();
    if (peek().is("true") || peek().is("false")) return constant();
    const Operand left = operand();
    if (has_failed_) return -1;
    if (is_relation(peek())) return comparison(left);
    if (accept("in")) return membership(left);
    return alone(left);
  }
  int parenthesis() {
    const Token open = take();
    if (++depth_ > deepest_condition) return fail_syntax(open, "fewer nested parts");
    const int inner = either();
    --depth_;
    if (inner < 0) return -1;
    if (!peek().is(")")) return fail_syntax(peek(), "`)`");
    const std::size_t end = take().end;
    condition_.nodes[static_cast<std::size_t>(inner)].begin = open.begin;
    condition_.nodes[static_cast<std::size_t>(inner)].end = end;
    return inner;
  }
  int constant() {
    const Token word = take();
    Node node;
    node.truth = word.text == "true";
    node.begin = word.begin;
    node.end = word.end;
    return add(std::move(node));
  }

  int term_node(const Token& name) {
    const int term = vocabulary_.find_term(name.text);
    if (term < 0) {
      if (auto* const item = complain(Code::unknown_field, name.begin, name.end,
                                      fmt::format("no rule classifies anything as '{}'", name.text)))
        item->fix = near(name.text, vocabulary_.terms);
      return -1;
    }
    Node node;
    node.op = Op::term;
    node.index = term;
    node.begin = name.begin;
    node.end = name.end;
    return add(std::move(node));
  }
  /// is 3A090.a        is {3A090.a, 4A090.a}
  int class_test() {
    const Token word = take();
    int test = -1;
    if (!peek().is("{")) {
      if (!is_word(peek())) return fail_syntax(peek(), "a class");
      test = term_node(take());
    } else {
      do {
        take();  // { or ,
        if (!is_word(peek())) return fail_syntax(peek(), "a class");
        const int next = term_node(take());
        test = test < 0 ? next : join(Op::either, test, next);
        if (test < 0) return -1;
      } while (peek().is(","));
      const std::size_t end = peek().end;
      if (!accept("}")) return fail_syntax(peek(), "`,` or `}`");
      condition_.nodes[static_cast<std::size_t>(test)].end = end;
    }
    if (test >= 0) condition_.nodes[static_cast<std::size_t>(test)].begin = word.begin;
    return test;
  }

  static bool is_word(const Token& token) {
    return token.kind == TokenKind::name || token.kind == TokenKind::text || token.kind == TokenKind::number;
  }
  static bool is_relation(const Token& token) {
    return token.kind == TokenKind::symbol && (token.text == "<" || token.text == "<=" || token.text == ">" ||
                                               token.text == ">=" || token.text == "==" || token.text == "!=");
  }
  static Relation relation_of(const Token& token) {
    if (token.text == "<") return Relation::less;
    if (token.text == "<=") return Relation::at_most;
    if (token.text == ">") return Relation::more;
    if (token.text == ">=") return Relation::at_least;
    return token.text == "==" ? Relation::equal : Relation::unequal;
  }

  /// A sum of products with at most one field each, or one word, country, day or truth.
  Operand operand() {
    Operand sum = product();
    while (!has_failed_ && peek().is("+")) {
      const Token plus = take();
      const Operand next = product();
      if (has_failed_) break;
      if (sum.type != FieldType::number || next.type != FieldType::number) {
        fail_type(plus.begin, plus.end, "only numbers can be added");
        break;
      }
      sum.linear.fields.insert(sum.linear.fields.end(), next.linear.fields.begin(), next.linear.fields.end());
      const auto constant = Exact::sum(sum.linear.constant, next.linear.constant);
      if (!constant) fail_type(sum.begin, next.end, "the sum has too many digits");
      if (constant) sum.linear.constant = *constant;
      sum.end = next.end;
    }
    return sum;
  }
  Operand product() {
    Operand left = value();
    while (!has_failed_ && peek().is("*")) {
      const Token star = take();
      Operand right = value();
      if (has_failed_) break;
      if (left.type != FieldType::number || right.type != FieldType::number ||
          (!left.linear.fields.empty() && !right.linear.fields.empty())) {
        fail_type(star.begin, star.end, "only a number and a number field can be multiplied");
        break;
      }
      if (left.linear.fields.empty()) std::swap(left, right);
      scale(left, right.linear.constant);
      const std::size_t begin = std::min(left.begin, right.begin);
      left.end = std::max(left.end, right.end);
      left.begin = begin;
    }
    return left;
  }
  void scale(Operand& operand, const Exact& factor) {
    const auto constant = Exact::product(operand.linear.constant, factor);
    if (constant) operand.linear.constant = *constant;
    bool fits = constant.has_value();
    for (auto& [coefficient, field] : operand.linear.fields) {
      const auto scaled = Exact::product(coefficient, factor);
      fits = fits && scaled;
      if (scaled) coefficient = *scaled;
    }
    if (!fits) fail_type(operand.begin, operand.end, "the product has too many digits");
  }
  Operand value() {
    const Token token = peek();
    Operand operand;
    operand.token = token;
    operand.begin = token.begin;
    operand.end = token.end;
    if (token.kind == TokenKind::number || token.kind == TokenKind::day) {
      operand.type = token.kind == TokenKind::day ? FieldType::day : FieldType::number;
      operand.linear.constant = take().number;
    } else if (token.kind == TokenKind::text) {
      operand.type = FieldType::word;
      operand.is_text = true;
      take();
    } else if (token.kind == TokenKind::name && !is_keyword(token)) {
      name_value(take(), operand);
    } else {
      fail_syntax(token, "a field, a number or a text");
    }
    return operand;
  }
  static bool is_keyword(const Token& token) {
    return token.text == "and" || token.text == "or" || token.text == "not" || token.text == "in" || token.text == "is";
  }
  void name_value(const Token& name, Operand& operand) {
    operand.field = vocabulary_.find_field(name.text);
    if (operand.field >= 0) {
      operand.type = vocabulary_.fields[static_cast<std::size_t>(operand.field)].type;
      if (operand.type == FieldType::number || operand.type == FieldType::day)
        operand.linear.fields.emplace_back(Exact(1), operand.field);
      return;
    }
    if (vocabulary_.find_term(name.text) >= 0) {
      operand.type = FieldType::truth;
      return;
    }
    std::vector<std::string> names = vocabulary_.terms;
    for (const Field& field : vocabulary_.fields) names.push_back(field.name);
    if (auto* const item = complain(Code::unknown_field, name.begin, name.end,
                                    fmt::format("there is no field or definition '{}'", name.text)))
      item->fix = near(name.text, names);
  }
  static std::string near(std::string_view name, const std::vector<std::string>& candidates) {
    const std::string closest = closest_name(name, candidates);
    return closest.empty() ? "" : fmt::format("did you mean '{}'?", closest);
  }

  int comparison(const Operand& first) {
    int chain = -1;
    Operand left = first;
    while (!has_failed_ && is_relation(peek())) {
      const Token relation = take();
      Operand right = operand();
      if (has_failed_) return -1;
      const int link = compare(left, relation_of(relation), right);
      chain = chain < 0 ? link : join(Op::both, chain, link);
      left = std::move(right);
    }
    return has_failed_ ? -1 : chain;
  }
  int compare(const Operand& left, Relation relation, const Operand& right) {
    const bool are_alike = left.type == right.type;
    if (are_alike && (left.type == FieldType::number || left.type == FieldType::day)) {
      Node node;
      node.op = Op::compare;
      node.relation = relation;
      node.left_side = left.linear;
      node.right_side = right.linear;
      node.begin = left.begin;
      node.end = right.end;
      return add(std::move(node));
    }
    if (right.is_text && left.field >= 0 && (left.type == FieldType::word || left.type == FieldType::country))
      return equality(left, relation, right);
    return fail_type(left.begin, right.end,
                     fmt::format("a {} cannot be compared with a {}", to_string(left.type), to_string(right.type)));
  }
  /// type == 'reexport'
  int equality(const Operand& left, Relation relation, const Operand& right) {
    if (relation != Relation::equal && relation != Relation::unequal)
      return fail_type(left.begin, right.end, "words have no order: use == or !=");
    Node node;
    node.op = Op::word_in;
    node.index = left.field;
    node.begin = left.begin;
    node.end = right.end;
    add_to_set(node, right.token);
    if (has_failed_) return -1;
    const int test = add(std::move(node));
    if (relation == Relation::equal) return test;
    Node inverse;
    inverse.op = Op::negation;
    inverse.left = test;
    inverse.begin = left.begin;
    inverse.end = right.end;
    return add(std::move(inverse));
  }
  void add_to_set(Node& node, const Token& word) {
    const Field& field = vocabulary_.fields[static_cast<std::size_t>(node.index)];
    if (field.type == FieldType::country) {
      const int country = vocabulary_.find_country(word.text);
      if (country < 0)
        complain(Code::unknown_country, word.begin, word.end, fmt::format("there is no country '{}'", word.text));
      node.set.push_back(country);
      return;
    }
    if (!field.words.empty() && std::find(field.words.begin(), field.words.end(), word.text) == field.words.end()) {
      if (auto* const item = complain(Code::unknown_field, word.begin, word.end,
                                      fmt::format("{} is never '{}'", field.name, word.text)))
        item->expected = fmt::format("{}", fmt::join(field.words, ", "));
    }
    node.set.push_back(vocabulary_.add_word(word.text));
  }
  /// to in {CN, HK}        to in D:5
  int membership(const Operand& left) {
    if (left.field < 0 || (left.type != FieldType::word && left.type != FieldType::country))
      return fail_type(left.begin, left.end, "only a word or a country can be in a set");
    Node node;
    node.op = Op::word_in;
    node.index = left.field;
    node.begin = left.begin;
    if (!peek().is("{")) return group_test(left, std::move(node));
    do {
      take();  // { or ,
      if (!is_word(peek())) return fail_syntax(peek(), "a word");
      add_to_set(node, take());
    } while (!has_failed_ && peek().is(","));
    if (has_failed_) return -1;
    node.end = peek().end;
    if (!accept("}")) return fail_syntax(peek(), "`,` or `}`");
    return add(std::move(node));
  }
  int group_test(const Operand& left, Node node) {
    if (peek().kind != TokenKind::name) return fail_syntax(peek(), "`{` or a country group");
    const Token name = take();
    if (left.type != FieldType::country)
      return fail_type(left.begin, name.end, "only a country can be in a country group");
    node.op = Op::group_in;
    node.group = vocabulary_.find_group(name.text);
    node.end = name.end;
    if (node.group < 0) {
      if (auto* const item = complain(Code::unknown_field, name.begin, name.end,
                                      fmt::format("there is no country group '{}'", name.text)))
        item->fix = near(name.text, vocabulary_.groups);
      return -1;
    }
    return add(std::move(node));
  }
  int alone(const Operand& operand) {
    if (operand.type != FieldType::truth)
      return fail_type(operand.begin, operand.end,
                       fmt::format("a {} says neither yes nor no: compare it with something", to_string(operand.type)));
    Node node;
    node.op = operand.field >= 0 ? Op::truth_field : Op::term;
    node.index = operand.field >= 0 ? operand.field : vocabulary_.find_term(operand.token.text);
    node.begin = operand.begin;
    node.end = operand.end;
    return add(std::move(node));
  }

  SourceSpan where_;
  Vocabulary& vocabulary_;
  Diagnostics& diagnostics_;
  std::vector<Token> tokens_;
  std::size_t place_ = 0;
  int depth_ = 0;
  bool has_failed_ = false;
  Condition condition_;
};

}  // namespace

std::optional<Condition> parse_condition(std::string_view text, const SourceSpan& where, Vocabulary& vocabulary,
                                         Diagnostics& diagnostics) {
  // Tokens point into the condition's own copy of its text only while it is parsed.
  return Parser(text, where, vocabulary, diagnostics).parse();
}

Mentions mentions_of(const Condition& condition) {
  Mentions mentions;
  for (const Node& node : condition.nodes) {
    if (node.op == Op::term) mentions.terms.push_back(node.index);
    if (node.op == Op::truth_field || node.op == Op::word_in || node.op == Op::group_in)
      mentions.fields.push_back(node.index);
    for (const Linear* side : {&node.left_side, &node.right_side}) {
      for (const auto& [factor, field] : side->fields) mentions.fields.push_back(field);
    }
  }
  for (std::vector<int>* list : {&mentions.fields, &mentions.terms}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  return mentions;
}

}  // namespace pinchpoint::rules
