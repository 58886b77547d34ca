// SPDX-License-Identifier: Apache-2.0
#include "domain/rules/language/vocabulary.hpp"

#include "core/base/ensure.hpp"

namespace pinchpoint::rules {

const char* to_string(FieldType type) {
  switch (type) {
    case FieldType::number:
      return "number";
    case FieldType::truth:
      return "yes/no";
    case FieldType::word:
      return "word";
    case FieldType::country:
      return "country";
    case FieldType::day:
      return "day";
  }
  return "";
}

void Vocabulary::index() {
  ensure(groups.size() <= most_groups, "more country groups than a set of bits holds");
  const auto fill = [](Index& index, std::size_t place, const std::string& name) {
    index.emplace(name, static_cast<int>(place));
  };
  field_index_.clear(), country_index_.clear(), group_index_.clear(), term_index_.clear();
  for (std::size_t place = 0; place < fields.size(); ++place) fill(field_index_, place, fields[place].name);
  for (std::size_t place = 0; place < countries.size(); ++place) fill(country_index_, place, countries[place].id);
  for (std::size_t place = 0; place < groups.size(); ++place) fill(group_index_, place, groups[place]);
  for (std::size_t place = 0; place < terms.size(); ++place) fill(term_index_, place, terms[place]);
}

int Vocabulary::word(std::string_view text) const {
  const int known = found(word_index_, text);
  return known < 0 ? other_word : known;
}

int Vocabulary::add_word(std::string_view text) {
  const int next = static_cast<int>(word_index_.size());
  return word_index_.emplace(std::string(text), next).first->second;
}

std::string Vocabulary::word_text(int word) const {
  for (const auto& [text, number] : word_index_) {
    if (number == word) return text;
  }
  return "other";
}

}  // namespace pinchpoint::rules
