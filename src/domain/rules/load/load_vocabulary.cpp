// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "domain/rules/internal/loaders.hpp"

namespace pinchpoint::rules {

namespace {

FieldType type_of(const std::string& text) {
  if (text == "number") return FieldType::number;
  if (text == "truth") return FieldType::truth;
  if (text == "country") return FieldType::country;
  return text == "day" ? FieldType::day : FieldType::word;
}

Absence absence_of(const std::string& text) {
  if (text == "given") return Absence::given;
  return text == "unproved" ? Absence::unproved : Absence::unknown;
}

void load_fields(const RuleTable& table, Vocabulary& vocabulary, Diagnostics& diagnostics) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Field field{table.text(row, "field"),   type_of(table.text(row, "type")), absence_of(table.text(row, "absence")),
                table.text(row, "default"), table.text(row, "unit"),          table.text(row, "about"),
                table.ids(row, "words"),    table.where(row, "field")};
    if ((field.absence == Absence::given) == field.default_text.empty())
      diagnostics.add(Code::rule_form, table.where(row, "default"),
                      "a default stands where absence is `given`, and only there");
    for (const std::string& word : field.words) vocabulary.add_word(word);
    vocabulary.fields.push_back(std::move(field));
  }
}

void load_countries(const RuleTable& table, Vocabulary& vocabulary) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    vocabulary.countries.push_back({table.text(row, "country"), table.text(row, "name"), table.text(row, "as"),
                                    table.text(row, "note"), table.where(row, "country")});
  }
}

void add_unique(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

void load_memberships(const RuleTable& table, RuleBase& base, Diagnostics& diagnostics) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string& id = table.text(row, "country");
    const int country = base.vocabulary.find_country(id);
    if (country < 0) {
      diagnostics.add(Code::unknown_country, table.where(row, "country"), fmt::format("there is no country '{}'", id))
          .found = id;
      continue;
    }
    base.memberships.push_back({country, base.vocabulary.find_group(table.text(row, "group")), table.span(row)});
  }
}

void check_countries(const Vocabulary& vocabulary, Diagnostics& diagnostics) {
  for (const Country& country : vocabulary.countries) {
    if (!country.as.empty() && vocabulary.find_country(country.as) < 0)
      diagnostics.add(Code::unknown_country, country.where,
                      fmt::format("'{}' has the groups of '{}', which is not listed", country.id, country.as));
  }
}

void check_defaults(const Vocabulary& vocabulary, Diagnostics& diagnostics) {
  for (std::size_t field = 0; field < vocabulary.fields.size(); ++field) {
    const Field& it = vocabulary.fields[field];
    if (it.absence == Absence::given && !parse_value(vocabulary, static_cast<int>(field), it.default_text))
      diagnostics.add(Code::rule_form, it.where,
                      fmt::format("the default '{}' is no {}", it.default_text, to_string(it.type)));
  }
}

}  // namespace

void internal::load_vocabulary(const RuleTables& tables, RuleBase& base, Diagnostics& diagnostics) {
  Vocabulary& vocabulary = base.vocabulary;
  load_fields(tables.at("fields"), vocabulary, diagnostics);
  load_countries(tables.at("countries"), vocabulary);
  const RuleTable& groups = tables.at("country_groups");
  for (std::size_t row = 0; row < groups.row_count(); ++row) add_unique(vocabulary.groups, groups.text(row, "group"));
  const RuleTable& definitions = tables.at("definitions");
  for (std::size_t row = 0; row < definitions.row_count(); ++row)
    add_unique(vocabulary.terms, definitions.text(row, "definition"));
  const RuleTable& rules = tables.at("rules");
  for (std::size_t row = 0; row < rules.row_count(); ++row) {
    if (rules.text(row, "step") == "classify") add_unique(vocabulary.terms, rules.text(row, "subject"));
  }
  if (vocabulary.groups.size() > most_groups) {
    diagnostics.add(Code::rule_form, groups.where(0, "group"), fmt::format("more than {} country groups", most_groups));
    vocabulary.groups.resize(most_groups);
  }
  vocabulary.index();
  check_countries(vocabulary, diagnostics);
  check_defaults(vocabulary, diagnostics);
  load_memberships(groups, base, diagnostics);
}

std::optional<Value> parse_value(const Vocabulary& vocabulary, int index, std::string_view text) {
  const Field& field = vocabulary.fields[static_cast<std::size_t>(index)];
  switch (field.type) {
    case FieldType::number: {
      const auto number = parse_exact(text);
      return number ? std::optional(Value::number(*number)) : std::nullopt;
    }
    case FieldType::day: {
      const auto day = parse_day(text);
      return day ? std::optional(Value::number(Exact(day->days))) : std::nullopt;
    }
    case FieldType::truth:
      if (text != "yes" && text != "no") return std::nullopt;
      return Value::truth(text == "yes");
    case FieldType::country: {
      const int country = vocabulary.find_country(text);
      return country >= 0 ? std::optional(Value::of_word(country)) : std::nullopt;
    }
    case FieldType::word: {
      const bool is_allowed =
          field.words.empty() || std::find(field.words.begin(), field.words.end(), text) != field.words.end();
      return is_allowed ? std::optional(Value::of_word(vocabulary.word(text))) : std::nullopt;
    }
  }
  return std::nullopt;
}

std::string value_text(const Vocabulary& vocabulary, int index, const Value& value) {
  const Field& field = vocabulary.fields[static_cast<std::size_t>(index)];
  if (field.type == FieldType::truth) return value.word < 0 ? "unknown" : value.word == 1 ? "yes" : "no";
  if (field.type == FieldType::country)
    return value.word < 0 ? "unknown" : vocabulary.countries[static_cast<std::size_t>(value.word)].id;
  if (field.type == FieldType::word) return value.word < 0 ? "unknown" : vocabulary.word_text(value.word);
  if (!value.has_low && !value.has_high) return "unknown";
  if (field.type == FieldType::day && value.is_known_number()) return to_string(Day{std::stoi(value.low.text(0))});
  if (value.is_known_number()) return value.low.text();
  if (!value.has_low) return fmt::format("at most {}", value.high.text());
  if (!value.has_high) return fmt::format("at least {}", value.low.text());
  return fmt::format("from {} to {}", value.low.text(), value.high.text());
}

}  // namespace pinchpoint::rules
