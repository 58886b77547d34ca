// SPDX-License-Identifier: Apache-2.0
#include "core/tables/toml_values.hpp"

#include <fmt/format.h>

#include "core/tables/internal/toml.hpp"

namespace pinchpoint::tables {

namespace {

using Values = std::map<std::string, std::vector<std::string>>;

std::optional<std::string> text_of(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto flag = node.value_exact<bool>()) return *flag ? "yes" : "no";
  if (const auto whole = node.value_exact<std::int64_t>()) return fmt::format("{}", *whole);
  if (const auto number = node.value_exact<double>()) return fmt::format("{}", *number);
  return std::nullopt;
}

void collect(const toml::node& node, const std::string& key, Values& values) {
  if (const toml::table* const table = node.as_table()) {
    for (const auto& [name, child] : *table)
      collect(child, key.empty() ? std::string(name.str()) : fmt::format("{}.{}", key, name.str()), values);
  } else if (const toml::array* const array = node.as_array()) {
    std::vector<std::string>& list = values[key];
    for (std::size_t at = 0; at < array->size(); ++at) {
      if (const auto text = text_of(*array->get(at))) {
        list.push_back(*text);
      } else {
        collect(*array->get(at), fmt::format("{}.{}", key, at), values);
      }
    }
  } else if (const auto text = text_of(node)) {
    values[key] = {*text};
  }
}

}  // namespace

std::optional<std::map<std::string, std::vector<std::string>>> read_toml_values(std::string_view text) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) return std::nullopt;
  Values values;
  collect(parsed.table(), "", values);
  return values;
}

}  // namespace pinchpoint::tables
