// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/packages/package.hpp"

namespace pinchpoint::packages::internal {

using PackageTables = std::map<std::string, rules::RuleTable>;

/// What readers of the tables share: names resolved at their place, with a complaint where they do not exist.
struct Loading {
  const PackageTables& tables;
  Package& package;
  Diagnostics& diagnostics;
  std::vector<std::string> party_ids{};  ///< of package.base.parties

  /// A country's number, or -1. errors RUL-004
  [[nodiscard]] int country(const rules::RuleTable& table, std::size_t row, const char* column);
  /// A party's number, or -1; empty cells too. errors TAB-010
  [[nodiscard]] int party(const rules::RuleTable& table, std::size_t row, const char* column);
  [[nodiscard]] std::vector<int> parties(const rules::RuleTable& table, std::size_t row, const char* column);
  /// A share from 0 to 1. errors TAB-006
  [[nodiscard]] std::optional<Exact> share(const rules::RuleTable& table, std::size_t row, const char* column);
  /// An amount that is not negative. errors TAB-006
  [[nodiscard]] std::optional<Exact> amount(const rules::RuleTable& table, std::size_t row, const char* column);
};

/// Parties and owners from two tables. errors as load_package
void load_parties_from(Loading& loading, const char* parties, const char* owners);
/// Parties, owners, members. errors as load_package
void load_parties(Loading& loading);
/// errors TAB-010 no such product of the rule base
void check_product(Loading& loading, const std::string& id, const SourceSpan& where);
/// The column `facts`: NAME=VALUE. errors RUL-013
[[nodiscard]] std::map<std::string, std::string> facts_of(Loading& loading, const rules::RuleTable& table,
                                                          std::size_t row);
/// Lines, models, sites, targets and what is asked of them. errors as load_package
void load_goods(Loading& loading);

[[nodiscard]] inline Truth truth_of_cell(const rules::RuleTable& table, std::size_t row, const char* column) {
  return table.has(row, column) ? rules::truth_of(table.flag(row, column)) : Truth::unknown;
}

}  // namespace pinchpoint::packages::internal
