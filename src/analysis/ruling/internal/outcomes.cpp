// SPDX-License-Identifier: Apache-2.0
#include "analysis/ruling/internal/outcomes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace pinchpoint::ruling::internal {

namespace {

bool fits(const World& world, const LicenceOutcome& outcome, const Ask& ask, const AskedFlow& flow) {
  const auto names = [&](const std::string& rule) {
    return std::find(ask.rules.begin(), ask.rules.end(), rule) != ask.rules.end();
  };
  if (!outcome.rule.empty() && !names(outcome.rule)) return false;
  if (!outcome.posture.empty() && outcome.posture != ask.posture) return false;
  if (outcome.commodity.is_valid() && outcome.commodity != flow.commodity) return false;
  if (outcome.origin.is_given && !world.contains(outcome.origin, flow.origin, flow.month)) return false;
  if (outcome.destination.is_given && !world.contains(outcome.destination, flow.destination, flow.month)) return false;
  return (!outcome.from || *outcome.from <= flow.month) && (!outcome.until || flow.month < *outcome.until);
}

int filled(const LicenceOutcome& outcome) {
  return (outcome.rule.empty() ? 0 : 1) + (outcome.posture.empty() ? 0 : 1) + (outcome.commodity.is_valid() ? 1 : 0) +
         (outcome.origin.is_given ? 1 : 0) + (outcome.destination.is_given ? 1 : 0);
}

}  // namespace

const LicenceOutcome* find_outcome(const World& world, const Ask& ask, const AskedFlow& flow,
                                   Diagnostics& diagnostics) {
  const LicenceOutcome* best = nullptr;
  const LicenceOutcome* rival = nullptr;
  for (const LicenceOutcome& outcome : world.licence_outcomes) {
    if (!fits(world, outcome, ask, flow)) continue;
    if (best == nullptr || filled(outcome) > filled(*best)) {
      best = &outcome;
      rival = nullptr;
    } else if (filled(outcome) == filled(*best)) {
      rival = &outcome;
    }
  }
  if (rival != nullptr) {
    Diagnostic& item =
        diagnostics.add(Code::rule_row_form, rival->where.at("id"),
                        fmt::format("'{}' and '{}' fit the same licence equally well: {} from {} to {} in {}", best->id,
                                    rival->id, world.commodities[flow.commodity].id, world.regions[flow.origin].id,
                                    world.regions[flow.destination].id, to_string(flow.month)));
    item.found = rival->id;
    item.fix = "fill one more of rule, commodity, posture, origin and destination in the row that should count";
  }
  return best;
}

void check_outcomes(const World& world, const rules::RuleBase& base, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const rules::Rule& rule : base.rules) names.push_back(rule.id);
  for (const LicenceOutcome& outcome : world.licence_outcomes) {
    if (outcome.rule.empty() || std::find(names.begin(), names.end(), outcome.rule) != names.end()) continue;
    Diagnostic& item = diagnostics.add(Code::rule_row_form, outcome.where.at("rule"),
                                       fmt::format("there is no rule '{}' in the rule base", outcome.rule));
    item.found = outcome.rule;
    item.expected = "a rule of the base: `pinchpoint rules list rules` names them";
    if (const std::string near = closest_name(outcome.rule, names); !near.empty())
      item.fix = fmt::format("did you mean '{}'?", near);
  }
}

}  // namespace pinchpoint::ruling::internal
