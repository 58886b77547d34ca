// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "domain/rules/rule_base.hpp"
#include "domain/rules/table/rule_table.hpp"

/// The only readers of their tables, called by load_rule_base in this order. None stops at the first complaint.
namespace pinchpoint::rules::internal {

using RuleTables = std::map<std::string, RuleTable>;

/// Made at build time.
[[nodiscard]] const std::vector<TableForm>& table_forms();
[[nodiscard]] const std::map<std::string, std::string>& embedded_files();

/// Fields, countries, groups, terms. errors TAB-010, RUL-004, RUL-014
void load_vocabulary(const RuleTables& tables, RuleBase& base, Diagnostics& diagnostics);
/// Definitions and rules, with the order of their terms. errors RUL-001 to RUL-004, RUL-008, RUL-014, TAB-010
void load_rules(const RuleTables& tables, RuleBase& base, Diagnostics& diagnostics);
/// errors TAB-010, RUL-006, RUL-013
void load_products(const RuleTables& tables, RuleBase& base, Diagnostics& diagnostics);
/// Parties, ownership, published lists. errors TAB-010, RUL-004, RUL-009, RUL-010; warnings RUL-012
void load_parties(const RuleTables& tables, RuleBase& base, Diagnostics& diagnostics);

}  // namespace pinchpoint::rules::internal
