// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "domain/rules/rule_base.hpp"

namespace pinchpoint::packages {

/// What a predicate is asked of, one by one.
enum class Scope { package, member, model, target, site, user, transfer, party, chip };
inline constexpr std::array scope_names = {"package", "member",   "model", "target", "site",
                                           "user",    "transfer", "party", "chip"};
inline constexpr std::size_t scope_count = scope_names.size();

/// From the mildest. A finding of several things is the worst of them.
enum class Finding { not_applicable, info, pass, conditional, undetermined, fail };
inline constexpr std::array finding_names = {"n/a", "info", "pass", "conditional", "undetermined", "fail"};

enum class Kind { hard, condition, information };
inline constexpr std::array kind_names = {"hard", "condition", "information"};

/// A fact that the engine states of a thing, and predicates may name.
struct FactField {
  Scope scope;
  const char* name;
  rules::FieldType type;
  const char* words;  ///< what a word may be, by ';'
  const char* about;
};
[[nodiscard]] const std::vector<FactField>& fact_fields();

/// A row of data/rules/predicates.csv. Its conditions name facts of its scope, and of the package.
struct Predicate {
  std::string id, title;
  Scope scope = Scope::package;
  Kind kind = Kind::hard;
  std::optional<rules::Condition> applies, fail, undetermined, conditional, flagged;
  Finding otherwise = Finding::pass;          ///< where none of its conditions holds
  Finding nothing = Finding::not_applicable;  ///< where there is nothing to ask it of
  std::string flag, says, evidence;
  rules::Span span;
  bool verify = false;
  rules::Citation source;
  SourceSpan where;

  /// Rests on the engine's own reading, or on what nobody has confirmed.
  [[nodiscard]] bool is_unsure() const {
    return verify || source.confidence == "assumed" || source.confidence == "unverified";
  }
};

struct PredicateBase {
  std::array<rules::Vocabulary, scope_count> vocabularies;  ///< names that conditions of a scope may use
  std::vector<Predicate> predicates;                        ///< as the file lists them

  /// Places of the rows in force on a day.
  [[nodiscard]] std::vector<int> on(rules::Day day) const;
  [[nodiscard]] bool has(const std::string& id) const;
};

/// Reads predicates.csv with the countries and groups of `base`.
///
/// errors    MOD-003 no such file; CSV-, TAB- and RUL- codes with line and column
[[nodiscard]] Result<PredicateBase> load_predicates(const rules::RuleFiles& files, const rules::RuleBase& base);

}  // namespace pinchpoint::packages
