// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "analysis/plan/plan.hpp"

namespace pinchpoint::explain {

/// What a row or column is about, for people.
struct Thing {
  std::string id;        ///< of the technology, commodity, lane, measure, programme or owner
  std::string name;      ///< the same for people
  RegionId region;       ///< where, if the thing does not say it
  OrganisationId owner;  ///< whose, likewise
};
[[nodiscard]] Thing thing_of(const World& world, const plan::PlanProblem& problem, const optim::Key& key);
/// "HBM stacking in South Korea (SK hynix)", "HBM3E in South Korea", "lane Suez"
[[nodiscard]] std::string text_of(const World& world, const Thing& thing);

/// How a family of rows or columns is spoken of; {} stands for the thing. One line a family in wording.cpp; a family
/// that has none there is spoken of in general terms.
struct FamilyWords {
  std::string_view family;
  std::string_view noun;    ///< "capacity of {}": what is paid for
  std::string_view binds;   ///< "{} runs at capacity"
  std::string_view relief;  ///< "capacity for {1} more of {0}": what would help; {1} is an amount with unit
  std::string_view way;     ///< columns: "is made by {}"; empty = not worth a sentence where it only passes a price on
  bool is_link = false;     ///< rows that pass a price on to what supplies them; others are where a chain ends
};
[[nodiscard]] const FamilyWords& words_of(std::string_view family);
/// False for families that wording.cpp does not know.
[[nodiscard]] bool has_words(std::string_view family);

[[nodiscard]] std::string noun_text(std::string_view family, std::string_view thing);
[[nodiscard]] std::string binds_text(std::string_view family, std::string_view thing);
[[nodiscard]] std::string relief_text(std::string_view family, std::string_view thing, std::string_view amount);

/// "wafer/month" → "wafers a month"; symbols and compounds stay as they are.
[[nodiscard]] std::string unit_text(std::string_view unit, bool is_plural);
/// "1,000 wafers a month", "1 MW"
[[nodiscard]] std::string amount_text(double amount, std::string_view unit);

/// Name, or id where there is no name.
template <class Item>
[[nodiscard]] std::string name_of(const Item& item) {
  return item.name.empty() ? item.id : item.name;
}

}  // namespace pinchpoint::explain
