// SPDX-License-Identifier: Apache-2.0
#include "analysis/ruling/internal/measures.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <tuple>

#include "analysis/plan/network.hpp"

namespace pinchpoint::ruling::internal {

namespace {

/// Months of a period that a flow spends under one kind of limit, and what they grant.
struct Months {
  int none = 0, share = 0, quantity = 0;
  double shares = 0, amounts = 0;
  std::map<FlowLimitKind, std::set<std::string>> outcomes;
  [[nodiscard]] int limited() const { return none + share + quantity; }
};

PeriodLimit limit_of(const Months& months, int all) {
  PeriodLimit limit;
  if (2 * months.limited() <= all) return limit;
  limit.is_free = false;
  const bool is_stopped = 2 * months.none > all;
  if (!is_stopped && months.quantity > 0 && months.quantity >= months.share) {
    limit.kind = FlowLimitKind::quantity;
    limit.value = months.amounts / all;
  } else if (!is_stopped && months.share > 0) {
    limit.kind = FlowLimitKind::share;
    limit.value = months.shares / all;
  }
  const auto outcomes = months.outcomes.find(limit.kind);
  if (outcomes != months.outcomes.end()) limit.outcomes = fmt::format("{}", fmt::join(outcomes->second, "+"));
  return limit;
}

void add_months(const FlowLimit& limit, int count, Months& months) {
  if (!limit.outcome.empty()) months.outcomes[limit.kind].insert(limit.outcome);
  switch (limit.kind) {
    case FlowLimitKind::none:
      months.none += count;
      break;
    case FlowLimitKind::share:
      months.share += count;
      months.shares += limit.value * count;
      break;
    case FlowLimitKind::quantity:
      months.quantity += count;
      months.amounts += limit.value * count;
      break;
  }
}

MeasureKind kind_of(const PeriodLimit& limit) {
  switch (limit.kind) {
    case FlowLimitKind::none:
      return MeasureKind::ban;
    case FlowLimitKind::share:
      return MeasureKind::licence_share;
    case FlowLimitKind::quantity:
      return MeasureKind::quota;
  }
  return MeasureKind::ban;
}

RegionSet set_of(const std::vector<RegionId>& regions) {
  RegionSet set;
  set.is_given = true;
  for (const RegionId region : regions) set.members.push_back({region, {}, {}, {}});
  return set;
}

std::string text_of(const World& world, const std::vector<RegionId>& regions) {
  constexpr std::size_t most = 4;
  std::vector<std::string> names;
  for (const RegionId region : regions) names.push_back(world.regions[region].id);
  if (names.size() <= most) return fmt::format("{}", fmt::join(names, ", "));
  return fmt::format("{} and {} more", fmt::join(names.begin(), names.begin() + most, ", "), names.size() - most);
}

std::string in_lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return text;
}

void complain_of_shape(const World& world, const PeriodLimit& limit, CommodityId commodity, Diagnostics& diagnostics) {
  const std::string first = limit.outcomes.substr(0, limit.outcomes.find('+'));
  const auto outcome = std::find_if(world.licence_outcomes.begin(), world.licence_outcomes.end(),
                                    [&](const LicenceOutcome& row) { return row.id == first; });
  ensure(outcome != world.licence_outcomes.end(), "an amount of an outcome that is no row");
  Diagnostic& item = diagnostics.add(
      Code::rule_row_form, outcome->where.at("value"),
      fmt::format("the amount of '{}' would be shared by flows of {} that are not all origins to all destinations",
                  limit.outcomes, world.commodities[commodity].id));
  item.found = first;
  item.fix = "name origin or destination in the row, with a row for each";
}

}  // namespace

Limits limits_by_period(const World& world, const std::vector<RuledFlow>& flows) {
  const Timeline& timeline = world.timeline;
  std::map<std::tuple<CommodityId, std::string, Ends, PeriodId>, Months> months;
  for (const RuledFlow& flow : flows) {
    for (const PeriodId period : timeline.periods()) {
      const int begin = std::max(timeline.begin_of(period).months, flow.from.months);
      const int end = std::min(timeline.begin_of(period).months + timeline.months(period), flow.until.months);
      if (begin >= end) continue;
      for (const FlowLimit& limit : flow.limits)
        add_months(limit, end - begin, months[{flow.commodity, limit.regime, {flow.origin, flow.at}, period}]);
    }
  }
  Limits limits;
  for (const auto& [key, spent] : months) {
    const auto& [commodity, regime, ends, period] = key;
    std::vector<PeriodLimit>& row = limits[{commodity, regime}][ends];
    row.resize(static_cast<std::size_t>(timeline.count()));
    row[static_cast<std::size_t>(period.index())] = limit_of(spent, timeline.months(period));
  }
  return limits;
}

std::vector<Rectangle> rectangles(const std::vector<Ends>& ends) {
  std::map<std::vector<RegionId>, std::set<RegionId>> origins_of;
  for (const Ends& flow : ends) origins_of[flow.at].insert(flow.origin);
  std::map<std::vector<RegionId>, std::vector<RegionId>> destinations_of;
  for (const auto& [at, origins] : origins_of) {
    auto& destinations = destinations_of[{origins.begin(), origins.end()}];
    destinations.insert(destinations.end(), at.begin(), at.end());
  }
  std::vector<Rectangle> found;
  for (const auto& [origins, destinations] : destinations_of) found.push_back({origins, destinations});
  return found;
}

Measure measure_of(const World& world, const Draft& draft) {
  const Timeline& timeline = world.timeline;
  const Commodity& commodity = world.commodities[draft.commodity];
  Measure measure;
  const std::string to = draft.flows.destinations.size() == 1
                             ? world.regions[draft.flows.destinations.front()].id
                             : fmt::format("{}-places", draft.flows.destinations.size());
  measure.id = in_lower_case(
      fmt::format("rules-{}-{}-{}-{}", draft.regime, commodity.id, to, to_string(timeline.begin_of(draft.first))));
  measure.name = fmt::format("{} rules on {} from {} to {}: {}", draft.regime, commodity.name,
                             text_of(world, draft.flows.origins), text_of(world, draft.flows.destinations),
                             draft.limit.outcomes.empty() ? "prohibited" : draft.limit.outcomes);
  measure.kind = kind_of(draft.limit);
  measure.commodities = {draft.commodity};
  measure.origin = set_of(draft.flows.origins);
  measure.destination = set_of(draft.flows.destinations);
  measure.from = timeline.begin_of(draft.first);
  measure.until = timeline.begin_of(PeriodId(draft.last.index() + 1));
  measure.value = draft.limit.value;
  measure.value_is_share = measure.kind == MeasureKind::licence_share;
  return measure;
}

std::vector<std::pair<PeriodLimit, std::vector<Ends>>> shared_limits(const std::map<Ends, PeriodLimit>& flows) {
  std::map<PeriodLimit, std::vector<Ends>> alike;
  std::map<std::string, PeriodLimit> most;
  std::map<std::string, std::vector<Ends>> sharing;
  for (const auto& [ends, limit] : flows) {
    if (limit.is_free) continue;
    if (limit.kind == FlowLimitKind::quantity) {
      PeriodLimit& largest = most.try_emplace(limit.outcomes, limit).first->second;
      largest.value = std::max(largest.value, limit.value);
      sharing[limit.outcomes].push_back(ends);
    }
    alike[limit].push_back(ends);
  }
  std::vector<std::pair<PeriodLimit, std::vector<Ends>>> limits;
  for (const auto& [outcomes, limit] : most) limits.emplace_back(limit, sharing[outcomes]);
  for (const auto& [limit, ends] : alike) {
    const bool is_whole = limit.kind == FlowLimitKind::quantity && limit == most[limit.outcomes];
    if (!is_whole) limits.emplace_back(limit, ends);
  }
  return limits;
}

namespace {

/// What spans of consecutive periods have in common.
using DraftKind = std::tuple<CommodityId, std::string, PeriodLimit, Rectangle>;

/// One period more of a kind: the last span goes on, or a new one begins.
void add_period(const DraftKind& kind, PeriodId period, std::vector<Draft>& spans) {
  if (!spans.empty() && spans.back().last.index() + 1 == period.index()) {
    spans.back().last = period;
    return;
  }
  const auto& [commodity, regime, limit, flows] = kind;
  spans.push_back({commodity, regime, limit, flows, period, period});
}

}  // namespace

std::vector<Measure> measures_of(const World& world, const Limits& limits, Diagnostics& diagnostics) {
  std::map<DraftKind, std::vector<Draft>> drafts;
  for (const auto& [key, flows] : limits) {
    for (const PeriodId period : world.timeline.periods()) {
      std::map<Ends, PeriodLimit> in_period;
      for (const auto& [ends, row] : flows) in_period[ends] = row[static_cast<std::size_t>(period.index())];
      for (const auto& [limit, ends] : shared_limits(in_period)) {
        const std::vector<Rectangle> parts = rectangles(ends);
        if (limit.kind == FlowLimitKind::quantity && parts.size() > 1)
          complain_of_shape(world, limit, key.first, diagnostics);
        for (const Rectangle& part : parts) {
          const DraftKind kind{key.first, key.second, limit, part};
          add_period(kind, period, drafts[kind]);
        }
      }
    }
  }
  std::vector<Measure> measures;
  for (const auto& [kind, spans] : drafts) {
    for (const Draft& draft : spans) measures.push_back(measure_of(world, draft));
  }
  return measures;
}

void append(World& world, std::vector<Measure> measures) {
  std::set<std::string> taken;
  for (const Measure& measure : world.measures) taken.insert(measure.id);
  for (Measure& measure : measures) {
    const std::string base = measure.id;
    for (int number = 2; !taken.insert(measure.id).second; ++number) measure.id = fmt::format("{}-{}", base, number);
    world.measures.push_back(std::move(measure));
  }
}

void name_measures(const World& world, std::size_t first_added, std::vector<RuledFlow>& flows) {
  for (RuledFlow& flow : flows) {
    for (std::size_t at = first_added; at < world.measures.size(); ++at) {
      const Measure& measure = world.measures[MeasureId(static_cast<std::int32_t>(at))];
      const bool is_in_time = measure.from<flow.until&& * measure.until> flow.from;
      if (!is_in_time || !plan::is_about(measure, flow.commodity) || flow.limits.empty()) continue;
      const bool covers_all = std::all_of(flow.at.begin(), flow.at.end(), [&](RegionId region) {
        return plan::covers(world, measure, flow.origin, region, flow.from);
      });
      if (covers_all) flow.measures.push_back(measure.id);
    }
  }
}

}  // namespace pinchpoint::ruling::internal
