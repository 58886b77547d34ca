// SPDX-License-Identifier: Apache-2.0
#include "core/units/unit_database.hpp"

#include <udunits2.h>

#include <algorithm>
#include <optional>

#include "core/base/ensure.hpp"

namespace pinchpoint::units_internal {

namespace {

bool is_ascii(char letter) { return static_cast<unsigned char>(letter) < 0x80; }
bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'); }

ut_encoding encoding_of(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_ascii) ? UT_ASCII : UT_UTF8;
}

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

/// What no word contains.
bool is_between_words(char letter) { return std::string_view(" .*/^()+-@\t").find(letter) != std::string_view::npos; }

/// True if a word may end before `at`: digits are an exponent, and words in other scripts may be followed by anything.
bool may_end_at(std::string_view text, std::size_t at) {
  if (is_digit(text[at - 1]) || is_between_words(text[at - 1])) return false;
  return at == text.size() || !(is_letter(text[at]) || text[at] == '_');
}

}  // namespace

UnitDatabase::Words::Words(std::span<const DatabaseWord> words) : table(words), is_done(words.size()) {
  std::size_t at = 0;
  for (std::size_t byte = 0; byte < begin.size(); ++byte) {
    while (at < table.size() && static_cast<unsigned char>(table[at].word.front()) < byte) ++at;
    begin[byte] = static_cast<std::uint16_t>(at);
  }
}

std::optional<std::size_t> UnitDatabase::Words::find(std::string_view word) const {
  const auto byte = static_cast<unsigned char>(word.front());
  const auto end = table.begin() + begin[byte + 1];
  const auto found =
      std::lower_bound(table.begin() + begin[byte], end, word,
                       [](const DatabaseWord& entry, std::string_view wanted) { return entry.word < wanted; });
  if (found == end || found->word != word) return std::nullopt;
  return static_cast<std::size_t>(found - table.begin());
}

UnitDatabase::UnitDatabase()
    : system_(ut_new_system(), ut_free_system),
      of_udunits_{{}, std::vector<UnitHandle>(database_units.size()), Words(database_names), Words(database_symbols)},
      added_{{}, {}, Words({}), Words({})} {
  ut_set_error_message_handler(ut_ignore);
  ensure(system_ != nullptr, "UDUNITS-2 makes a system of units");
  for (const DatabasePrefix& prefix : database_prefixes) {
    const auto add = prefix.is_symbol ? ut_add_symbol_prefix : ut_add_name_prefix;
    ensure(add(system(), prefix.text, prefix.value) == UT_SUCCESS, prefix.text);
  }
  of_udunits_.definitions.reserve(database_units.size());
  for (const DatabaseUnit& unit : database_units) of_udunits_.definitions.push_back(unit.definition);
  // Base units are printed in the order in which they are made.
  for (std::size_t place = 0; place < database_units.size(); ++place) {
    const DatabaseUnit& unit = database_units[place];
    if (unit.symbol.empty()) continue;
    const UnitHandle& made = unit_at(of_udunits_, place);
    ensure(ut_map_unit_to_symbol(made.get(), unit.symbol.data(), UT_ASCII) == UT_SUCCESS, unit.symbol);
  }
  const UnitHandle second = parse("second");
  ensure(second && ut_set_second(second.get()) == UT_SUCCESS, "UDUNITS-2 knows the second");
}

void UnitDatabase::add_words(std::vector<std::string_view> definitions, std::span<const DatabaseWord> names,
                             std::span<const DatabaseWord> symbols) {
  const std::size_t count = definitions.size();
  added_ = {std::move(definitions), std::vector<UnitHandle>(count), Words(names), Words(symbols)};
}

UnitHandle UnitDatabase::hold(ut_unit* unit) const {
  if (unit == nullptr) return {};
  return {unit, [system_alive = system_](ut_unit* dead) { ut_free(dead); }};
}

UnitHandle UnitDatabase::parse(std::string_view text) {
  define_words_of(text);
  return hold(ut_parse(system(), std::string(text).c_str(), encoding_of(text)));
}

void UnitDatabase::leave_out(std::string_view word) {
  if (const auto name = of_udunits_.names.find(in_lower_case(word))) of_udunits_.names.is_done[*name] = true;
  if (const auto symbol = of_udunits_.symbols.find(word)) of_udunits_.symbols.is_done[*symbol] = true;
}

void UnitDatabase::define_words_of(std::string_view text) {
  const std::string lower = in_lower_case(text);
  for (std::size_t end = 1; end <= text.size(); ++end) {
    if (!may_end_at(text, end)) continue;
    // Every ending of a word: what stands before it may be a prefix.
    for (std::size_t begin = end; begin > 0 && !is_between_words(text[begin - 1]);) {
      --begin;
      define_word(false, std::string_view(lower).substr(begin, end - begin));
      define_word(true, text.substr(begin, end - begin));
    }
  }
}

void UnitDatabase::define_word(bool is_symbol, std::string_view word) {
  for (Vocabulary* const vocabulary : {&added_, &of_udunits_}) {
    Words& words = is_symbol ? vocabulary->symbols : vocabulary->names;
    const auto place = words.find(word);
    if (!place || words.is_done[*place]) continue;
    words.is_done[*place] = true;
    const auto map = is_symbol ? ut_map_symbol_to_unit : ut_map_name_to_unit;
    const UnitHandle& unit = unit_at(*vocabulary, words.table[*place].unit);
    ensure(map(words.table[*place].word.data(), encoding_of(word), unit.get()) == UT_SUCCESS, word);
  }
}

const UnitHandle& UnitDatabase::unit_at(Vocabulary& vocabulary, std::size_t place) {
  UnitHandle& unit = vocabulary.units[place];
  if (unit) return unit;
  const std::string_view definition = vocabulary.definitions[place];
  if (definition == "base") {
    unit = hold(ut_new_base_unit(system()));
  } else if (definition == "dimensionless") {
    unit = hold(ut_new_dimensionless_unit(system()));
  } else {
    unit = parse(definition);
  }
  ensure(unit != nullptr, definition);
  return unit;
}

}  // namespace pinchpoint::units_internal
