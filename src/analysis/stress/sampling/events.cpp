// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/sampling/events.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "analysis/stress/sampling/normal.hpp"
#include "domain/world/shocks/shock_list.hpp"

namespace pinchpoint::stress {

namespace {

/// Strata of a cluster's factor: its probabilities are right to half of one in the worst case, correlation 1.
constexpr std::size_t strata = 16384;

/// Dates between which shocks may start, as Date::months counts.
struct Span {
  double begin, end;
  bool is_begin_given;
};

Span span_of(const Timeline& timeline, const SamplingOptions& options) {
  return {static_cast<double>(options.begin.value_or(timeline.start()).months),
          static_cast<double>(std::min(options.end.value_or(timeline.end()), timeline.end()).months),
          options.begin.has_value()};
}

void set_yearly(const Shock& shock, const Span& span, Event& event) {
  event.begin_months = std::max(event.begin_months, span.begin);
  const double end = shock.from_until ? std::min<double>(span.end, shock.from_until->months) : span.end;
  event.window_months = std::max(0.0, end - event.begin_months);
  event.yearly = shock.probability;
  event.probability = event.window_months > 0 ? 1 - std::pow(1 - shock.probability, event.window_months / 12) : 0;
}

/// A window that is cut keeps the share of its probability.
void set_once(const Shock& shock, const Span& span, Event& event) {
  event.probability = shock.chance == ShockChance::once ? shock.probability : 1;
  const double window = shock.from_until ? shock.from_until->months - shock.from.months : 0;
  const double begin = span.is_begin_given ? std::max(event.begin_months, span.begin) : event.begin_months;
  const double end = std::min(event.begin_months + window, span.end);
  const bool is_outside = window > 0 ? begin >= end : begin > event.begin_months || begin >= span.end;
  if (is_outside) {
    event.probability = 0;
    return;
  }
  event.begin_months = begin;
  event.window_months = end - begin;
  if (window > 0) event.probability *= event.window_months / window;
}

/// The shock's event, of whichever facility.
Event event_of(const Span& span, ShockId id, const Shock& shock) {
  Event event;
  event.shock = id;
  event.loading = std::sqrt(shock.cluster.empty() ? 0 : shock.correlation);
  event.begin_months = shock.from.months;
  if (shock.chance == ShockChance::yearly) {
    set_yearly(shock, span, event);
  } else {
    set_once(shock, span, event);
  }
  return event;
}

/// The middle of a stratum.
double factor_in(std::size_t stratum) {
  return normal_quantile((static_cast<double>(stratum) + 0.5) / static_cast<double>(strata));
}

void add_calm(Block& block, const std::vector<Event>& events) {
  // The facilities of one row have the same figures.
  std::map<std::pair<double, double>, std::pair<const Event*, int>> kinds;
  for (const std::size_t at : block.events) {
    const Event& event = events[at];
    auto& [first, count] = kinds[{event.probability, event.loading}];
    first = &event;
    ++count;
  }
  block.calm_before.assign(strata + 1, 0.0);
  for (std::size_t stratum = 0; stratum < strata; ++stratum) {
    const double factor = factor_in(stratum);
    double calm = 1;
    for (const auto& [figures, kind] : kinds) calm *= std::pow(1 - kind.first->probability_at(factor), kind.second);
    block.calm_before[stratum + 1] = block.calm_before[stratum] + calm;
  }
  block.probability = 1 - block.calm_before.back() / strata;
}

}  // namespace

double Event::probability_at(double factor) const {
  if (loading <= 0 || probability >= 1) return probability;
  if (loading >= 1) return factor < threshold ? 1 : 0;
  return normal_probability((threshold - loading * factor) / std::sqrt(1 - loading * loading));
}

double Event::joint(double own, double factor) const {
  if (loading <= 0) return own;
  const double rest = loading >= 1 ? 0 : std::sqrt(1 - loading * loading) * normal_quantile(own);
  return normal_probability(loading * factor + rest);
}

double Event::start(double joint_number) const {
  double after = 0;
  if (yearly >= 1) {
    after = 0;
  } else if (yearly > 0) {
    after = 12 * std::log1p(-joint_number) / std::log1p(-yearly);
  } else {
    after = joint_number / probability * window_months;
  }
  // A grid coarser than the last digits, in which machines may differ.
  constexpr double grid = 1024;
  const double last = std::max(0.0, window_months - 1 / grid);
  return begin_months + std::floor(std::clamp(after, 0.0, last) * grid) / grid;
}

std::vector<Event> events_of(const World& world, const Shocks& shocks, const SamplingOptions& options) {
  const Span span = span_of(world.timeline, options);
  std::vector<Event> events;
  for (const ShockId id : ids(shocks)) {
    Event event = event_of(span, id, shocks[id]);
    if (event.probability <= 0) continue;
    event.threshold = normal_quantile(event.probability);
    if (!shocks[id].any_one) {
      events.push_back(event);
      continue;
    }
    for (const FacilityId facility : facilities_of(world, shocks[id])) {
      event.facility = facility;
      events.push_back(event);
    }
  }
  return events;
}

std::vector<Block> blocks_of(const Shocks& shocks, const std::vector<Event>& events) {
  std::vector<Block> blocks;
  std::map<std::string, std::size_t> clusters;
  for (std::size_t at = 0; at < events.size(); ++at) {
    const std::string& cluster = shocks[events[at].shock].cluster;
    if (cluster.empty()) {
      blocks.push_back({{at}, false, events[at].probability, {}});
      continue;
    }
    const auto [found, is_new] = clusters.try_emplace(cluster, blocks.size());
    if (is_new) blocks.push_back({{}, true, 0, {}});
    blocks[found->second].events.push_back(at);
  }
  for (Block& block : blocks) {
    if (block.is_cluster) add_calm(block, events);
  }
  return blocks;
}

double conditional_factor(const Block& block, double number) {
  const auto weight_before = [&](std::size_t stratum) {
    return static_cast<double>(stratum) - block.calm_before[stratum];
  };
  const double wanted = number * weight_before(strata);
  std::size_t low = 0;
  for (std::size_t high = strata; high - low > 1;) {
    const std::size_t middle = (low + high) / 2;
    (weight_before(middle) <= wanted ? low : high) = middle;
  }
  const double weight = weight_before(low + 1) - weight_before(low);
  const double part = weight > 0 ? std::clamp((wanted - weight_before(low)) / weight, 0.0, 1.0) : 0.5;
  constexpr double edge = 1e-15;
  return normal_quantile(std::clamp((static_cast<double>(low) + part) / strata, edge, 1 - edge));
}

}  // namespace pinchpoint::stress
