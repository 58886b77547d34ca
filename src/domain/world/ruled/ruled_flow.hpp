// SPDX-License-Identifier: Apache-2.0
#pragma once

// What rules of trade mean for the flows of a world. The world keeps it as text and limits: it knows no rule language.
// docs/formulation/ruled_flows.md

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/source_span.hpp"
#include "core/timeline/timeline.hpp"
#include "domain/world/entities.hpp"

namespace pinchpoint {

/// What is done where the rules cannot tell.
enum class Undetermined { refuse, strictest, mildest };

/// Where the cells of a row stand, by column; "id" is always there.
using Places = std::map<std::string, SourceSpan>;

/// A row of rule_items: what a commodity is to the rule base.
struct RuleItem {
  std::string id;
  CommodityId commodity;
  std::string item, end_user;  ///< names of the rule base, not yet looked up
  RegionSet origin, destination;
  std::vector<std::pair<std::string, std::string>> facts;  ///< name and value
  Undetermined undetermined = Undetermined::refuse;
  std::vector<MeasureId> replaces, beside;
  Places where;
};

/// A row of licence_outcomes: what becomes of a licence.
struct LicenceOutcome {
  std::string id, name;
  std::string rule, posture;  ///< names of the rule base; empty = any
  CommodityId commodity;      ///< invalid = any
  RegionSet origin, destination;
  std::optional<Date> from, until;
  double value = 0;       ///< amount per year, or share of what the origins make
  bool is_share = false;  ///< 0 = nothing, 1 or more = no limit
  Places where;
};

/// A row of rule_places.
struct RulePlace {
  RegionId region;
  std::string country;
  SourceSpan where;  ///< of the country
};

enum class FlowLimitKind {
  none,      ///< nothing may flow
  share,     ///< value = most as a share of what the origins make
  quantity,  ///< value = most per year, of all flows that share the outcome
};
/// "none", "share", "quantity"
[[nodiscard]] const char* to_string(FlowLimitKind kind);

/// One limit on a flow: of a regime's licence, or of a prohibition.
struct FlowLimit {
  std::string regime;  ///< whose law: "US"
  FlowLimitKind kind = FlowLimitKind::none;
  double value = 0;
  std::string outcome;  ///< id of licence_outcomes; empty = prohibited
  friend auto operator<=>(const FlowLimit&, const FlowLimit&) = default;
};

/// Goods from one country to another, judged alike over some months. Domestic flows are not judged.
struct RuledFlow {
  CommodityId commodity;
  RegionId origin, destination;       ///< countries
  std::vector<RegionId> at;           ///< the destination, or those of its regions that the row of rule_items is about
  std::string item;                   ///< id of rule_items
  std::string end_user;               ///< empty = somebody of the destination
  Date from, until;                   ///< months, the last one exclusive
  std::string judged_on;              ///< YYYY-MM-DD: the first day judged
  std::string verdict, posture;       ///< as `pinchpoint comply` has them
  std::string rules, citations;       ///< that apply, separated by ';'
  std::string note;                   ///< flags, missing facts, how an open verdict was taken
  std::vector<FlowLimit> limits;      ///< all hold; empty = free
  std::vector<std::string> measures;  ///< ids of the measures that hold them
};

}  // namespace pinchpoint
