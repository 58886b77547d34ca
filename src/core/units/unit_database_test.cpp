// SPDX-License-Identifier: Apache-2.0
#include "core/units/unit_database.hpp"

#include <gtest/gtest.h>
#include <udunits2.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>

namespace pinchpoint::units_internal {
namespace {

/// What a unit is worth in base units, to the last bit.
struct Meaning {
  std::string text;
  double zero = 0;
  double one = 0;
  bool operator==(const Meaning&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Meaning& meaning) {
  return out << meaning.text << " (0 is " << meaning.zero << ", 1 is " << meaning.one << ")";
}

using Converter = std::unique_ptr<cv_converter, void (*)(cv_converter*)>;

std::optional<Meaning> meaning_of(ut_unit* unit) {
  if (unit == nullptr) return std::nullopt;
  std::array<char, 512> text{};
  ut_format(unit, text.data(), text.size() - 1, UT_UTF8 | UT_DEFINITION);
  Meaning meaning{text.data()};
  // "0.3048 m" without its factor.
  const std::string_view powers = std::string_view(text.data()).substr(meaning.text.find_last_of(' ') + 1);
  const std::unique_ptr<ut_unit, void (*)(ut_unit*)> base(
      ut_parse(ut_get_system(unit), std::string(powers).c_str(), UT_UTF8), ut_free);
  if (!base || ut_are_convertible(unit, base.get()) == 0) return meaning;
  const Converter converter(ut_get_converter(unit, base.get()), cv_free);
  meaning.zero = cv_convert_double(converter.get(), 0);
  meaning.one = cv_convert_double(converter.get(), 1);
  return meaning;
}

/// The database as UDUNITS-2 itself reads it.
class WholeDatabase {
 public:
  [[nodiscard]] std::optional<Meaning> meaning(const std::string& text) const {
    const std::unique_ptr<ut_unit, void (*)(ut_unit*)> unit(ut_parse(system_.get(), text.c_str(), UT_UTF8), ut_free);
    return meaning_of(unit.get());
  }

 private:
  std::unique_ptr<ut_system, void (*)(ut_system*)> system_{
      (ut_set_error_message_handler(ut_ignore), ut_read_xml(nullptr)), ut_free_system};
};

std::optional<Meaning> meaning(UnitDatabase& database, const std::string& text) {
  const UnitHandle unit = database.parse(text);
  database.define_words_of("m kg s A K mol cd rad");  // for the text that is compared
  return meaning_of(unit.get());
}

std::vector<std::string> words_of_tables() {
  std::vector<std::string> words;
  for (const auto& table : {database_names, database_symbols}) {
    for (const DatabaseWord& word : table) words.emplace_back(word.word);
  }
  return words;
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// "&#xB0;" and the like as UTF-8; below U+10000 as all of the database.
std::string without_entities(std::string text) {
  static const std::regex entity("&#x([0-9A-Fa-f]+);");
  for (std::smatch match; std::regex_search(text, match, entity);) {
    const unsigned long code = std::stoul(match[1], nullptr, 16);
    std::string bytes;
    if (code < 0x80) {
      bytes = {static_cast<char>(code)};
    } else if (code < 0x800) {
      bytes = {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
    } else {
      bytes = {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
               static_cast<char>(0x80 | (code & 0x3F))};
    }
    text.replace(static_cast<std::size_t>(match.position()), static_cast<std::size_t>(match.length()), bytes);
  }
  return text;
}

/// Every word that stands in the XML files, each with two plurals; read without tools/embed_units.py.
std::vector<std::string> words_of_files() {
  static const std::regex word("<(singular|plural|symbol)[^>]*>\\s*([^<]*?)\\s*<");
  ut_status status = UT_SUCCESS;
  const std::filesystem::path folder = std::filesystem::path(ut_get_path_xml(nullptr, &status)).parent_path();
  std::vector<std::string> words;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string text = file_text(entry.path());
    for (std::sregex_iterator match(text.begin(), text.end(), word), end; match != end; ++match) {
      words.push_back(without_entities((*match)[2]));
      for (const char* ending : {"s", "es"}) words.push_back(words.end()[ending[1] == 0 ? -1 : -2] + ending);
    }
  }
  return words;
}

TEST(UnitDatabase, reads_every_word_as_udunits_does) {
  const WholeDatabase whole;
  UnitDatabase database;
  const auto words = words_of_tables();
  EXPECT_GT(words.size(), 500U);
  for (const std::string& word : words) {
    ASSERT_TRUE(whole.meaning(word).has_value()) << word;
    EXPECT_EQ(meaning(database, word), whole.meaning(word)) << word;
  }
}

TEST(UnitDatabase, a_word_means_the_same_whichever_came_before) {
  const WholeDatabase whole;
  auto words = words_of_tables();
  std::reverse(words.begin(), words.end());
  UnitDatabase backwards;
  for (const std::string& word : words) EXPECT_EQ(meaning(backwards, word), whole.meaning(word)) << word;
  for (std::size_t at = 0; at < words.size(); at += 7) {
    UnitDatabase alone;
    EXPECT_EQ(meaning(alone, words[at]), whole.meaning(words[at])) << words[at];
  }
}

TEST(UnitDatabase, leaves_out_no_word_of_the_files) {
  const WholeDatabase whole;
  UnitDatabase database;
  const auto words = words_of_files();
  EXPECT_GT(words.size(), 1000U);
  for (const std::string& word : words) EXPECT_EQ(meaning(database, word), whole.meaning(word)) << word;
}

TEST(UnitDatabase, prefixes_cases_and_powers_are_read_as_udunits_does) {
  const WholeDatabase whole;
  for (const std::string& word : words_of_tables()) {
    UnitDatabase database;
    std::string upper = word;
    for (char& letter : upper) letter = static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 32 : letter);
    for (const std::string& text :
         {upper, "k" + word, "kilo" + word, "µ" + word, "da" + upper, "Mega" + word + "s", word + "2", word + "^-1",
          "3 m/" + word, word + "." + word, "(" + word + ")²", "per " + word, word + "_" + word, word + "m"}) {
      EXPECT_EQ(meaning(database, text), whole.meaning(text)) << text;
    }
  }
}

TEST(UnitDatabase, texts_are_read_or_refused_as_udunits_does) {
  const WholeDatabase whole;
  UnitDatabase database;
  for (const char* text : {"",
                           " ",
                           "1",
                           "%",
                           "10 %",
                           "kg m2 s-3",
                           "kg·m²·s⁻³",
                           "W h",
                           "W.h/t",
                           "days since 2000-01-01",
                           "s @ 1970-01-01",
                           "lg(re 1 mW)",
                           "ln(re 1 Pa)",
                           "degC",
                           "°C",
                           "°",
                           "5'",
                           "5 \"",
                           "µm",
                           "μs",
                           "kΩ",
                           "arc degree",
                           "arc degree",
                           "m per second",
                           "mm^2 kmh",
                           "kWhm",
                           "xyzzy",
                           "m/",
                           "H2O",
                           "inH2O",
                           "astronomical_unit_BIPM_2006",
                           "USD",
                           "m2s",
                           "m 2 s",
                           "1e3kt",
                           "Kt/YEAR"}) {
    EXPECT_EQ(meaning(database, text), whole.meaning(text)) << text;
  }
}

TEST(UnitDatabase, a_word_left_out_is_free_for_another_meaning) {
  UnitDatabase database;
  database.leave_out("byte");
  EXPECT_EQ(database.parse("byte"), nullptr);
  EXPECT_EQ(database.parse("BYTE"), nullptr);
  EXPECT_NE(database.parse("bytes"), nullptr);
}

TEST(UnitDatabase, words_that_are_added_take_the_place_of_those_left_out) {
  const std::array<DatabaseWord, 2> names = {DatabaseWord{"knots", 0}, DatabaseWord{"rope", 1}};
  UnitDatabase database;
  database.leave_out("knots");
  database.add_words({"2 rope", "3 metre"}, names, {});
  EXPECT_EQ(meaning(database, "Knots")->one, 6);
  EXPECT_EQ(meaning(database, "kilorope")->one, 3000);
  EXPECT_NE(database.parse("knot"), nullptr);
}

TEST(UnitDatabase, a_unit_outlives_it) {
  UnitHandle unit;
  {
    UnitDatabase database;
    unit = database.parse("MW.h");
  }
  EXPECT_EQ(meaning_of(unit.get())->text, "3600000000 m²·kg·s⁻²");
}

}  // namespace
}  // namespace pinchpoint::units_internal
