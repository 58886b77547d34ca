// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "delivery/importers/osemosys/foreign_model.hpp"
#include "delivery/importers/osemosys/read/mathprog_tokens.hpp"
#include "delivery/importers/osemosys/read/readers.hpp"

namespace pinchpoint::importers::osemosys {

namespace {

/// What a statement is given up with; the rest of it is skipped.
struct Unreadable {
  Place place;
  std::string message;
};

/// Names of the model text that carry no figure: where results go, and sets that restate which ratios there are.
bool is_ignorable(std::string_view name) {
  return name == "ResultsPath" || name.starts_with("MODExTECHNOLOGYper") || name.starts_with("INPUTx");
}

/// Parameters of older model texts that those of now do without.
bool is_obsolete(std::string_view name) { return name == "TechWithCapacityNeededToMeetPeakTS"; }

class DataReader {
 public:
  DataReader(std::string_view text, std::int32_t file, RawModel& model, Diagnostics& problems)
      : tokens_(text, file), model_(model), problems_(problems) {}

  void read() {
    while (tokens_.peek().kind != TokenKind::end) {
      const Token token = tokens_.take();
      if (token.kind == TokenKind::semicolon) continue;
      if (token.kind == TokenKind::word && token.text == "end") return;
      try {
        read_statement(token);
      } catch (const Unreadable& problem) {
        problems_.add(Code::import_syntax, model_.where(problem.place), problem.message);
        skip_statement();
      }
    }
  }

 private:
  void read_statement(const Token& token) {
    if (token.kind == TokenKind::word && token.text == "data") return skip_statement();
    if (token.kind == TokenKind::word && token.text == "set") return read_set();
    if (token.kind == TokenKind::word && token.text == "param") return read_param();
    throw Unreadable{token.place,
                     fmt::format("a statement of data starts with set or param, not with '{}'", token.text)};
  }

  void skip_statement() {
    while (tokens_.peek().kind != TokenKind::end && tokens_.peek().kind != TokenKind::semicolon) tokens_.take();
  }

  Token take(TokenKind kind, std::string_view what) {
    if (tokens_.peek().kind == kind) return tokens_.take();
    const Token& found = tokens_.peek();
    throw Unreadable{found.place, found.kind == TokenKind::end
                                      ? fmt::format("the text ends where {} should stand", what)
                                      : fmt::format("'{}' stands where {} should stand", found.text, what)};
  }

  double take_number() {
    const Token token = take(TokenKind::word, "a number");
    const auto number = parse_number(token.text);
    if (!number) throw Unreadable{token.place, fmt::format("'{}' is no number", token.text)};
    return *number;
  }

  void read_set() {
    const Token name = take(TokenKind::word, "the name of a set");
    const std::optional<Set> set = find_set(name.text);
    if (!set) return read_other_set(name);
    if (name.text == "COMMODITY") model_.is_muio = true;
    read_members(model_.sets[std::string(name_of(*set))]);
  }

  void read_members(std::vector<RawModel::Member>& members) {
    while (tokens_.peek().kind != TokenKind::semicolon) {
      if (tokens_.peek().kind == TokenKind::assign || tokens_.peek().kind == TokenKind::comma) {
        tokens_.take();
        continue;
      }
      const Token member = take(TokenKind::word, "a member of the set");
      members.push_back({member.text, member.place});
    }
  }

  /// Modes of a technology; and storage that is even by the end of a day or a year.
  void read_other_set(const Token& name) {
    if (name.text == "MODEperTECHNOLOGY" && tokens_.peek().kind == TokenKind::bracket_open) {
      tokens_.take();
      const Token technology = take(TokenKind::word, "a technology");
      take(TokenKind::bracket_close, "']'");
      return read_members(model_.modes[std::string(technology.text)]);
    }
    const bool is_rule_of_storage = name.text == "STORAGEINTRADAY" || name.text == "STORAGEINTRAYEAR";
    if (!is_rule_of_storage) return warn_unused(name, "set");
    read_members(model_.storage_rules[std::string(name.text)]);
  }

  void warn_unused(const Token& name, std::string_view kind) {
    if (!is_ignorable(name.text)) {
      problems_.add(Code::import_unused, model_.where(name.place),
                    fmt::format("{} '{}' is none of OSeMOSYS and is not used", kind, name.text));
    }
    skip_statement();
  }

  /// A parameter that another text may give a meaning to: to leave out its figures would plan another model.
  void refuse_unknown(const Token& name) {
    bool is_begun = false, has_figures = false;
    for (; tokens_.peek().kind != TokenKind::end && tokens_.peek().kind != TokenKind::semicolon; tokens_.take()) {
      has_figures = has_figures || is_begun;
      is_begun = is_begun || tokens_.peek().kind == TokenKind::assign;
    }
    const bool is_harmless = is_ignorable(name.text) || is_obsolete(name.text);
    if (!has_figures || model_.is_lenient || is_harmless) return warn_unused(name, "parameter");
    complain_of_unknown(name.text, model_.where(name.place), problems_);
  }

  void read_param() {
    std::optional<RawModel::Value> default_value = take_default();
    if (tokens_.peek().kind == TokenKind::colon) return read_tabbing(default_value);
    const Token name = take(TokenKind::word, "the name of a parameter");
    const ParameterSpec* const spec = find_spec(name.text);
    if (spec == nullptr) return refuse_unknown(name);
    RawModel::Parameter& parameter = parameter_of(*spec);
    if (tokens_.peek().kind == TokenKind::comma) tokens_.take();
    if (const auto own = take_default()) default_value = own;
    if (default_value) parameter.default_value = default_value;
    read_records(*spec, parameter);
  }

  std::optional<RawModel::Value> take_default() {
    if (tokens_.peek().kind != TokenKind::word || tokens_.peek().text != "default") return std::nullopt;
    tokens_.take();
    const Place place = tokens_.peek().place;
    return RawModel::Value{take_number(), place};
  }

  RawModel::Parameter& parameter_of(const ParameterSpec& spec) {
    RawModel::Parameter& parameter = model_.parameters[std::string(spec.name)];
    parameter.key_count = spec.indices.size();
    return parameter;
  }

  /// `param default 0 : [set :] A B := key … value value …;`
  void read_tabbing(const std::optional<RawModel::Value>& default_value) {
    tokens_.take();
    std::vector<const ParameterSpec*> specs;
    while (tokens_.peek().kind != TokenKind::assign) {
      if (tokens_.peek().kind == TokenKind::colon) {  // the names so far were a set's
        tokens_.take();
        specs.clear();
        continue;
      }
      if (tokens_.peek().kind == TokenKind::comma) {
        tokens_.take();
        continue;
      }
      const Token name = take(TokenKind::word, "the name of a parameter");
      const ParameterSpec* const spec = find_spec(name.text);
      if (spec == nullptr && !find_set(name.text)) return refuse_unknown(name);
      if (spec != nullptr) specs.push_back(spec);
    }
    if (specs.empty()) throw Unreadable{tokens_.peek().place, "no parameter is named"};
    for (const ParameterSpec* spec : specs) {
      if (default_value) parameter_of(*spec).default_value = default_value;
      if (spec->indices.size() != specs.front()->indices.size()) {
        throw Unreadable{tokens_.peek().place,
                         fmt::format("{} and {} have different numbers of indices", specs.front()->name, spec->name)};
      }
    }
    tokens_.take();
    while (tokens_.peek().kind != TokenKind::semicolon) read_tabbing_row(specs);
  }

  void read_tabbing_row(const std::vector<const ParameterSpec*>& specs) {
    std::vector<std::string_view> keys;
    for (std::size_t at = 0; at < specs.front()->indices.size(); ++at) keys.push_back(take_key());
    for (const ParameterSpec* spec : specs) take_value(parameter_of(*spec), keys);
    if (tokens_.peek().kind == TokenKind::comma) tokens_.take();
  }

  std::string_view take_key() {
    if (tokens_.peek().kind == TokenKind::comma) tokens_.take();
    return take(TokenKind::word, "a member of a set").text;
  }

  /// A value, or '.' for the default.
  void take_value(RawModel::Parameter& parameter, const std::vector<std::string_view>& keys) {
    if (tokens_.peek().kind == TokenKind::comma) tokens_.take();
    if (tokens_.peek().kind == TokenKind::word && tokens_.peek().text == ".") {
      tokens_.take();
      return;
    }
    const Place place = tokens_.peek().place;
    parameter.values.push_back({take_number(), place});
    parameter.keys.insert(parameter.keys.end(), keys.begin(), keys.end());
  }

  /// Keys that a slice leaves open are empty.
  void read_records(const ParameterSpec& spec, RawModel::Parameter& parameter) {
    std::vector<std::string_view> slice(spec.indices.size());
    bool is_transposed = false;
    for (;;) {
      switch (tokens_.peek().kind) {
        case TokenKind::semicolon:
          return;
        case TokenKind::assign:
        case TokenKind::comma:
          tokens_.take();
          break;
        case TokenKind::bracket_open:
          slice = take_slice(spec);
          is_transposed = false;
          break;
        case TokenKind::paren_open:
          take_transposition();
          is_transposed = true;
          break;
        case TokenKind::colon:
          read_table(parameter, slice, is_transposed);
          break;
        default:
          read_plain(parameter, slice);
      }
    }
  }

  std::vector<std::string_view> take_slice(const ParameterSpec& spec) {
    const Place place = tokens_.take().place;
    std::vector<std::string_view> slice;
    while (tokens_.peek().kind != TokenKind::bracket_close) {
      if (tokens_.peek().kind == TokenKind::comma) {
        tokens_.take();
      } else if (tokens_.peek().kind == TokenKind::star) {
        tokens_.take();
        slice.emplace_back();
      } else {
        slice.push_back(take(TokenKind::word, "a member or *").text);
      }
    }
    tokens_.take();
    if (slice.size() != spec.indices.size()) {
      throw Unreadable{
          place, fmt::format("{} has {} indices, and the slice {}", spec.name, spec.indices.size(), slice.size())};
    }
    return slice;
  }

  void take_transposition() {
    tokens_.take();
    const Token word = take(TokenKind::word, "tr");
    if (word.text != "tr") throw Unreadable{word.place, fmt::format("'{}' stands where tr should stand", word.text)};
    take(TokenKind::paren_close, "')'");
  }

  static std::vector<std::size_t> open_places(const std::vector<std::string_view>& slice) {
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < slice.size(); ++at) {
      if (slice[at].data() == nullptr) places.push_back(at);
    }
    return places;
  }

  void read_plain(RawModel::Parameter& parameter, std::vector<std::string_view> keys) {
    for (const std::size_t place : open_places(keys)) keys[place] = take_key();
    take_value(parameter, keys);
  }

  void read_table(RawModel::Parameter& parameter, std::vector<std::string_view> keys, bool is_transposed) {
    const Place place = tokens_.take().place;
    const std::vector<std::size_t> open = open_places(keys);
    if (open.size() != 2) {
      throw Unreadable{place, fmt::format("a table needs two open indices, and here are {}", open.size())};
    }
    std::vector<std::string_view> columns;
    while (tokens_.peek().kind != TokenKind::assign) {
      if (tokens_.peek().kind == TokenKind::comma) {
        tokens_.take();
        continue;
      }
      columns.push_back(take(TokenKind::word, "a column of the table, or ':='").text);
    }
    tokens_.take();
    while (tokens_.peek().kind == TokenKind::word) {
      keys[open[is_transposed ? 1 : 0]] = tokens_.take().text;
      for (const std::string_view column : columns) {
        keys[open[is_transposed ? 0 : 1]] = column;
        take_value(parameter, keys);
      }
      if (tokens_.peek().kind == TokenKind::comma) tokens_.take();
    }
  }

  Tokens tokens_;
  RawModel& model_;
  Diagnostics& problems_;
};

/// Blanks out the model text before the statement `data;`, so that places stay true.
void blank_model(std::string& text) {
  Tokens tokens(text, 0);
  bool is_begin = true;
  while (tokens.peek().kind != TokenKind::end) {
    const Token token = tokens.take();
    const bool is_data = token.kind == TokenKind::word && token.text == "data";
    if (is_begin && is_data && tokens.peek().kind == TokenKind::semicolon) {
      const auto begin = text.begin() + (token.text.data() - text.data());
      std::replace_if(
          text.begin(), begin, [](char letter) { return letter != '\n'; }, ' ');
      return;
    }
    is_begin = token.kind == TokenKind::semicolon;
  }
}

}  // namespace

void complain_of_unknown(std::string_view name, const SourceSpan& where, Diagnostics& problems) {
  Diagnostic& item = problems.add(
      Code::import_unsupported, where,
      fmt::format("parameter '{}' is none of OSeMOSYS: to leave out its figures would plan another model", name));
  item.fix = "correct its name, take it out of the data, or leave it out with --lenient";
}

void read_mathprog(const std::filesystem::path& path, RawModel& model, Diagnostics& problems) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad() || !file.is_open()) {
    problems.add(Code::import_not_found, {path.string(), 0, 0, 0}, fmt::format("cannot read '{}'", path.string()));
    return;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.replace(0, 3, "   ");
  blank_model(text);
  DataReader(model.keep(std::move(text)), model.add_file(path.string()), model, problems).read();
}

}  // namespace pinchpoint::importers::osemosys
