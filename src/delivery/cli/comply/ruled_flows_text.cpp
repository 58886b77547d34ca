// SPDX-License-Identifier: Apache-2.0
#include "delivery/cli/comply/ruled_flows_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "analysis/explain/number_text.hpp"

namespace pinchpoint::cli {

namespace {

bool is_stopped(const RuledFlow& flow) {
  return std::any_of(flow.limits.begin(), flow.limits.end(),
                     [](const FlowLimit& limit) { return limit.kind == FlowLimitKind::none; });
}

std::string limit_text(const World& world, const RuledFlow& flow) {
  std::vector<std::string> parts;
  for (const FlowLimit& limit : flow.limits) {
    const std::string why = limit.outcome.empty() ? "" : fmt::format(" ({})", limit.outcome);
    switch (limit.kind) {
      case FlowLimitKind::none:
        parts.push_back("nothing" + why);
        break;
      case FlowLimitKind::share:
        parts.push_back(fmt::format("{} of what is made there{}", explain::share_text(limit.value), why));
        break;
      case FlowLimitKind::quantity:
        parts.push_back(fmt::format("{} {}/year{}", explain::number_text(limit.value),
                                    world.commodities[flow.commodity].unit.text(), why));
        break;
    }
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string last_month(Date until) { return to_string(Date{until.months - 1}); }

/// What is the same for flows of one line.
using Line = std::tuple<CommodityId, RegionId, Date, Date, std::string>;

Line line_of(const World& world, const RuledFlow& flow) {
  const std::string posture = flow.posture.empty() ? "" : ", " + flow.posture;
  return {flow.commodity, flow.destination, flow.from, flow.until,
          fmt::format("{}{} [{}]: {}", flow.verdict, posture, flow.rules, limit_text(world, flow))};
}

}  // namespace

std::string rules_line(const tables::ModelFolder& folder, const World& world) {
  if (!folder.settings.rules) return "";
  std::set<std::tuple<CommodityId, RegionId, RegionId, std::string>> all, stopped, limited;
  for (const RuledFlow& flow : world.ruled_flows) {
    const std::tuple key{flow.commodity, flow.origin, flow.destination, flow.item};
    all.insert(key);
    if (!flow.limits.empty()) (is_stopped(flow) ? stopped : limited).insert(key);
  }
  const tables::RuleSettings& rules = *folder.settings.rules;
  return fmt::format("{} ({}): of {} flows judged {} are stopped at some time, {} limited",
                     rules.as_of.empty() ? "each period by its own" : "as of " + rules.as_of,
                     rules.base.empty() ? "shipped base" : rules.base, all.size(), stopped.size(), limited.size());
}

std::string ruled_flows_text(const World& world, std::size_t most) {
  std::map<Line, std::set<std::string>> lines;
  for (const RuledFlow& flow : world.ruled_flows) {
    if (!flow.limits.empty()) lines[line_of(world, flow)].insert(world.regions[flow.origin].id);
  }
  std::string text;
  std::size_t shown = 0;
  for (const auto& [line, origins] : lines) {
    if (most > 0 && shown == most) break;
    ++shown;
    const auto& [commodity, destination, from, until, what] = line;
    text +=
        fmt::format("  {} from {} to {}, {} to {}: {}\n", world.commodities[commodity].name, fmt::join(origins, ", "),
                    world.regions[destination].id, to_string(from), last_month(until), what);
  }
  if (lines.size() > shown) text += fmt::format("  … and {} more (table rule_verdicts)\n", lines.size() - shown);
  return text;
}

}  // namespace pinchpoint::cli
