// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.hpp"
#include "core/base/result.hpp"
#include "domain/rules/language/condition.hpp"
#include "domain/rules/language/day.hpp"
#include "domain/rules/language/evaluate.hpp"
#include "domain/rules/language/vocabulary.hpp"
#include "domain/rules/table/rule_table.hpp"

namespace pinchpoint::rules {

enum class Regime { us, nl, jp, kr, cn };
inline constexpr std::array regime_names = {"US", "NL", "JP", "KR", "CN"};

/// In the order in which they are asked and listed.
enum class Step { embargo, party, classify, destination, end_use, letter, exception, relief, notice };
inline constexpr std::array step_names = {"embargo", "party",     "classify", "destination", "end_use",
                                          "letter",  "exception", "relief",   "notice"};

/// How an application is looked at, from the mildest.
enum class Posture { none, presumption_of_approval, case_by_case, presumption_of_denial, policy_of_denial };
inline constexpr std::array posture_names = {"", "presumption_of_approval", "case_by_case", "presumption_of_denial",
                                             "policy_of_denial"};

enum class Standing { law, text, practice };

/// Where a row comes from.
struct Citation {
  std::string citation, url, confidence, note;
};

struct Rule {
  std::string id;
  Regime regime = Regime::us;
  Step step = Step::notice;
  Condition condition;
  bool is_prohibition = false;
  std::string subject;  ///< class, or name of an exception
  int term = -1;        ///< of its class
  Posture posture = Posture::none;
  std::vector<int> relieves;  ///< rules
  Standing standing = Standing::law;
  Span in_force;  ///< as the text says
  Span enforced;  ///< from its day of compliance; never for text that is not enforced
  bool verify = false;
  std::string conditions;
  Citation source;
  SourceSpan where;
};

struct Definition {
  int term = -1;
  Condition condition;
  Span span;
  Citation source;
};

struct Membership {
  int country = -1, group = -1;
  Span span;
};

struct Product {
  std::string id, name, vendor, kind;
  int contains = -1;                         ///< product
  std::vector<std::pair<int, Value>> facts;  ///< field and value, its own
  Citation source;
  SourceSpan where;
};

struct Party {
  std::string id, name;
  int hq = -1;
  std::string list, footnote;
  Posture policy = Posture::none;
  Span listed;
  bool owners_are_known = true;
  Citation source;
  SourceSpan where;
};

struct Ownership {
  int owned = -1, owner = -1;
  Exact share;
  Span span;
  SourceSpan where;
};

struct PublishedList {
  std::string list;
  Day as_of;
  std::optional<Exact> rows, held;
  Citation source;
};

/// Everything that verdicts are made from. Built once and never changed; pass it by const reference.
struct RuleBase {
  Vocabulary vocabulary;
  std::vector<Rule> rules;  ///< by step, then as the file lists them
  std::vector<Definition> definitions;
  std::vector<int> term_order;  ///< terms after those they rest on
  std::vector<Membership> memberships;
  std::vector<Product> products;
  std::vector<Party> parties;
  std::vector<Ownership> ownership;
  std::vector<PublishedList> lists;
  Diagnostics warnings;

  [[nodiscard]] int find_product(std::string_view id) const;
  [[nodiscard]] int find_party(std::string_view id_or_name) const;
  [[nodiscard]] int field(std::string_view name) const;  ///< ensures that it exists
  /// The day up to which the rules were read.
  [[nodiscard]] Day as_of() const;
  /// The first day on which anything is classified: before it, silence would look like an answer.
  [[nodiscard]] Day begins() const;
};

/// Where a row says that it is from.
[[nodiscard]] Citation citation_of(const RuleTable& table, std::size_t row);

/// Texts by file name ("rules.csv").
using RuleFiles = std::map<std::string, std::string>;

/// The base that is part of the program (data/rules).
[[nodiscard]] const RuleFiles& shipped_rules();
/// errors    FIL-001, FIL-002, FIL-003
[[nodiscard]] Result<RuleFiles> read_rule_files(const std::filesystem::path& folder);

/// One table of a base, in the form of its schema; nothing if the files have none.
///
/// errors    MOD-003 no such file; CSV- and TAB- codes, RUL-005 to RUL-007 with line and column
[[nodiscard]] std::optional<RuleTable> read_table_of_base(const RuleFiles& files, const std::string& table,
                                                          Diagnostics& diagnostics);

/// Checks everything and reports all problems.
///
/// errors    CSV-, TAB- and RUL- codes with file, line and column
[[nodiscard]] Result<RuleBase> load_rule_base(const RuleFiles& files);

/// Fields that the engine fills or reads by itself: every base must have them, with these types.
struct BuiltInField {
  const char* name;
  FieldType type;
};
inline constexpr std::array built_in_fields = {BuiltInField{"kind", FieldType::word},
                                               BuiltInField{"tpp", FieldType::number},
                                               BuiltInField{"pd", FieldType::number},
                                               BuiltInField{"area", FieldType::number},
                                               BuiltInField{"bits_x_tops", FieldType::number},
                                               BuiltInField{"dram_bw", FieldType::number},
                                               BuiltInField{"mem_bw_density", FieldType::number},
                                               BuiltInField{"datacenter", FieldType::truth},
                                               BuiltInField{"ic_datacenter", FieldType::truth},
                                               BuiltInField{"vendor", FieldType::word},
                                               BuiltInField{"exporter", FieldType::word},
                                               BuiltInField{"from", FieldType::country},
                                               BuiltInField{"to", FieldType::country},
                                               BuiltInField{"type", FieldType::word},
                                               BuiltInField{"end_user", FieldType::word},
                                               BuiltInField{"hq", FieldType::country},
                                               BuiltInField{"parent_hq", FieldType::country},
                                               BuiltInField{"list", FieldType::word},
                                               BuiltInField{"footnote", FieldType::word},
                                               BuiltInField{"list_policy", FieldType::word},
                                               BuiltInField{"listed_owner_share", FieldType::number},
                                               BuiltInField{"date", FieldType::day}};

/// A fact as a cell or an option writes it; nothing if it does not fit the field. Words need not be known.
[[nodiscard]] std::optional<Value> parse_value(const Vocabulary& vocabulary, int field, std::string_view text);
/// The value for people: "2368", "at most 4799", "yes", "CN", "2026-12-31", "unknown".
[[nodiscard]] std::string value_text(const Vocabulary& vocabulary, int field, const Value& value);

}  // namespace pinchpoint::rules
