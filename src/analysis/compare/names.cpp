// SPDX-License-Identifier: Apache-2.0
#include "analysis/compare/names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pinchpoint::compare {

void NameBook::add(std::string_view table, std::string_view id, std::string_view name) {
  if (!name.empty()) names_[{std::string(table), std::string(id)}] = name;
}

std::optional<std::string> NameBook::find(std::string_view table, std::string_view id) const {
  const auto place = names_.find({std::string(table), std::string(id)});
  return place == names_.end() ? std::nullopt : std::optional(place->second);
}

std::string Speaker::name(std::string_view table, std::string_view id) const {
  if (const auto found = first_.find(table, id)) return *found;
  return second_.find(table, id).value_or(std::string(id));
}

std::string Speaker::place(std::string_view region, std::string_view owner) const {
  std::string text;
  if (!region.empty()) text += " in " + name("regions", region);
  if (!owner.empty()) text += fmt::format(" ({})", name("organisations", owner));
  return text;
}

std::string Speaker::asset(const Ids& key) const { return name("technologies", key[0]) + place(key[1], key[2]); }

/// A pool is named by its commodity: "hbm/market", or "hbm/KR" for one within a country.
std::string Speaker::end_of_flow(std::string_view commodity, std::string_view id) const {
  if (!id.starts_with(std::string(commodity) + "/")) return name("regions", id);
  const std::string_view pool = id.substr(commodity.size() + 1);
  if (pool.starts_with("market")) return "the world market";
  return "the market within " + name("regions", pool);
}

std::string Speaker::flow(const Ids& key) const {
  const std::string route = fmt::format("{} from {} to {}", name("commodities", key[1]), end_of_flow(key[1], key[2]),
                                        end_of_flow(key[1], key[3]));
  return key[0] == "market" ? route : fmt::format("{} by {}", route, name("lanes", key[0]));
}

std::string Speaker::of(Table table, const Ids& key) const {
  const auto in_words = [](std::string word) {
    if (word == "capital" || word == "fixed" || word == "variable") word += " costs";
    std::replace(word.begin(), word.end(), '_', ' ');
    return word;
  };
  switch (table) {
    case Table::costs:
    case Table::payments:
      return fmt::format("{} of {}", in_words(key[2]), name(key[0] == "region" ? "regions" : "organisations", key[1]));
    case Table::outlays:
      return fmt::format("{} of {}", in_words(key[1]), name("organisations", key[0]));
    case Table::budgets:
      return name("organisations", key[0]);
    case Table::capacity:
      return asset(key);
    case Table::activity:
      return key[3].empty() ? asset(key) : fmt::format("{}, mode {}", asset(key), key[3]);
    case Table::stocks:
    case Table::prices:
      return name("commodities", key[0]) + place(key[1], "");
    case Table::flows:
      return flow(key);
  }
  return {};
}

}  // namespace pinchpoint::compare
