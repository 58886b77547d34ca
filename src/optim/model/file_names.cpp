// SPDX-License-Identifier: Apache-2.0
#include "optim/model/file_names.hpp"

#include <cctype>
#include <unordered_set>

namespace pinchpoint::optim {

namespace {

char legal(char letter, const NameRules& rules) {
  const auto code = static_cast<unsigned char>(letter);
  if (code <= ' ' || code == 127 || rules.forbidden.find(letter) != std::string_view::npos) return '_';
  if (rules.has_brackets) return letter;
  if (letter == '[') return '(';
  return letter == ']' ? ')' : letter;
}

bool begins_like_a_number(std::string_view name) {
  const auto first = static_cast<unsigned char>(name.front());
  return std::isdigit(first) != 0 || first == '.' || first == 'e' || first == 'E';
}

std::string legal_name(std::string name, const NameRules& rules) {
  for (char& letter : name) letter = legal(letter, rules);
  if (name.empty()) name.assign(1, '_');
  if (!rules.may_begin_with_number && begins_like_a_number(name)) name.insert(name.begin(), '_');
  if (name.size() > rules.longest) name.resize(rules.longest);
  return name;
}

/// Hands out each name once.
class UniqueNames {
 public:
  explicit UniqueNames(const NameRules& rules) : rules_(rules) {}
  std::string take(const std::string& rendered) {
    const std::string base = legal_name(rendered, rules_);
    std::string name = base;
    for (int copy = 2; !taken_.insert(name).second; ++copy) {
      const std::string suffix = std::string("~").append(std::to_string(copy));
      name = base.substr(0, rules_.longest - suffix.size()) + suffix;
    }
    return name;
  }

 private:
  const NameRules& rules_;
  std::unordered_set<std::string> taken_;
};

}  // namespace

std::vector<std::string> row_file_names(const Model& model, const NameRules& rules) {
  UniqueNames unique(rules);
  std::vector<std::string> names;
  for (std::int32_t row = 0; row < model.row_count(); ++row) names.push_back(unique.take(model.row_name(RowId(row))));
  return names;
}

std::vector<std::string> column_file_names(const Model& model, const NameRules& rules) {
  UniqueNames unique(rules);
  std::vector<std::string> names;
  for (std::int32_t column = 0; column < model.column_count(); ++column) {
    names.push_back(unique.take(model.column_name(ColumnId(column))));
  }
  return names;
}

}  // namespace pinchpoint::optim
