// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "domain/rules/rule_base.hpp"

namespace pinchpoint::packages {

using rules::Day;
using rules::Exact;
using rules::Truth;

enum class Layer { hardware, data, models, security, applications };
inline constexpr std::array layer_names = {"hardware", "data", "models", "security", "applications"};

/// How the US origin of a value is read; the call does not say which counts.
enum class Reading { value_added, customs, ip };
inline constexpr std::array reading_names = {"value_added", "customs", "ip"};
using Shares = std::array<std::optional<Exact>, reading_names.size()>;

/// What a package file says of a party beyond what the rule base holds of one.
struct PartyFacts {
  int seat = -1;  ///< country where it is incorporated
  bool is_military = false, is_intelligence = false;
  SourceSpan where;
};

struct Control {
  int owned = -1, owner = -1;  ///< parties
};

struct Member {
  int party = -1;
  std::string supplies;
  std::vector<std::string> other_consortia;
  SourceSpan where;
};

struct LayerRow {
  Layer layer = Layer::hardware;
  std::vector<int> providers;
  std::string text, weight_protection;
  int responsible = -1;  ///< party
  SourceSpan where;
};

/// Money in millions of USD.
struct Line {
  std::string id, kind, item, from, made_in_us;
  std::optional<Exact> quantity, value;
  Shares us_share;
  std::vector<int> sites;
  std::map<std::string, std::string> facts;
  SourceSpan where;
  /// Counts in the sum of the hardware; a cloud service does not.
  [[nodiscard]] bool is_hardware() const { return kind != "cloud_service"; }
};

struct Model {
  std::string id, name;
  int developer_seat = -1;
  bool is_open = false, is_derived = false, is_shipped = false, is_named_in_letter = false;
  std::vector<int> base;  ///< models
  SourceSpan where;
};

/// A country to which the package goes, by itself or as part of a bloc.
struct Target {
  int country = -1;
  std::string bloc, reason;
  SourceSpan where;
};

struct Site {
  std::string id;
  int country = -1, owner = -1, operator_party = -1, builder = -1;
  std::vector<int> users;  ///< parties; the operator first
  std::vector<std::string> chips;
  SourceSpan where;
};

struct Grant {
  int user = -1;
  Exact limit, drawn;
  std::string citation;
  SourceSpan where;
};

/// A proposal as its file states it. Parties are those of `base`: the rule base and, after them, the file's own.
struct Package {
  std::string id, name, consortium_type, made_in_us_statement, designation;
  Day submitted_on;
  std::optional<Day> as_of;
  std::vector<int> anchors;
  int submitter = -1;
  std::vector<std::string> support;
  std::optional<Exact> hardware_total;
  Truth legal_entity = Truth::unknown, outbound_review = Truth::unknown, enduser_policy = Truth::unknown,
        kyc_remote_access = Truth::unknown;
  bool has_prohibited_outbound = false;
  SourceSpan where;

  rules::RuleBase base;
  std::vector<PartyFacts> parties;  ///< as base.parties
  std::vector<Control> controls;
  std::vector<Member> members;
  std::vector<LayerRow> layers;
  std::vector<Line> lines;
  std::vector<Model> models;
  std::vector<Target> targets;
  std::vector<Site> sites;
  std::vector<Grant> grants;

  [[nodiscard]] bool is_member(int party) const;
  [[nodiscard]] const std::string& country_id(int country) const {
    return base.vocabulary.countries[static_cast<std::size_t>(country)].id;
  }
};

/// Reads a package file (TOML; tables: docs/tables/package). Numbers are kept as written.
///
/// errors    MOD-001, MOD-004; TAB-001, TAB-004, TAB-006, TAB-008 to TAB-011; RUL-004 to RUL-006 days, countries and
///           decimals; RUL-009, RUL-010 chains of owners; PKG-001 models made from one another; PKG-002 a role for
///           somebody who is no member; PKG-003 a table that a package does not have
[[nodiscard]] Result<Package> load_package(const std::string& text, const std::string& file,
                                           const rules::RuleBase& base);

}  // namespace pinchpoint::packages
