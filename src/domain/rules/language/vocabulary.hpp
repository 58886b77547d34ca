// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/source_span.hpp"

namespace pinchpoint::rules {

enum class FieldType { number, truth, word, country, day };
[[nodiscard]] const char* to_string(FieldType type);

/// What it means that nobody gave a fact.
enum class Absence {
  unknown,  ///< the verdict may be "cannot tell", and says that this is missing
  given,    ///< its default holds, and the verdict says that it was taken as given
  unproved  ///< whoever relies on it must show it: what it would allow is named, and not granted
};

/// A named fact that conditions may speak of: a row of fields.csv.
struct Field {
  std::string name;
  FieldType type = FieldType::number;
  Absence absence = Absence::unknown;
  std::string default_text;
  std::string unit;
  std::string about;
  std::vector<std::string> words;  ///< what a word field may be; empty = anything that rules name
  SourceSpan where;
};

struct Country {
  std::string id;  ///< ISO 3166-1 alpha-2, upper case
  std::string name;
  std::string as;    ///< the country whose groups it has (HK: CN); empty = its own
  std::string note;  ///< what is known about the history of its groups
  SourceSpan where;
};

/// Most groups: memberships of a country are the bits of one number.
inline constexpr std::size_t most_groups = 64;

/// All names that a condition may use.
class Vocabulary {
 public:
  std::vector<Field> fields;
  std::vector<Country> countries;
  std::vector<std::string> groups;
  std::vector<std::string> terms;  ///< definitions ("d5m") and classes ("3A090.a")

  /// Call after the lists above have changed.
  void index();

  /// Indices, or -1.
  [[nodiscard]] int find_field(std::string_view name) const { return found(field_index_, name); }
  [[nodiscard]] int find_country(std::string_view id) const { return found(country_index_, id); }
  [[nodiscard]] int find_group(std::string_view name) const { return found(group_index_, name); }
  [[nodiscard]] int find_term(std::string_view name) const { return found(term_index_, name); }
  /// Number of a word: as often as it is asked for the same one; words that no rule names may share one.
  [[nodiscard]] int word(std::string_view text) const;
  int add_word(std::string_view text);
  /// The word of a number; "other" for those that no rule names.
  [[nodiscard]] std::string word_text(int word) const;

 private:
  using Index = std::map<std::string, int, std::less<>>;
  static int found(const Index& index, std::string_view name) {
    const auto at = index.find(name);
    return at == index.end() ? -1 : at->second;
  }

  Index field_index_, country_index_, group_index_, term_index_, word_index_;
};

/// A word that no rule names.
inline constexpr int other_word = 1'000'000;

}  // namespace pinchpoint::rules
