// SPDX-License-Identifier: Apache-2.0
#include "analysis/stress/metrics.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::stress {

namespace {

using plan::Family;

constexpr double weeks_per_month = 365.2425 / 7 / 12;
// A loss smaller than this share of a period's demand is rounding.
constexpr double least_loss = 1e-7;

/// Terms of the forms, before they are put in order.
struct Terms {
  std::vector<std::vector<std::pair<std::int32_t, double>>> of;
  void add(std::size_t form, std::int32_t column, double weight) {
    if (weight != 0) of[form].emplace_back(column, weight);
  }
};

double value_of(const World& world, ProgrammeId id, std::int32_t period) {
  return world.programmes[id].value.at(world.timeline.begin_of(PeriodId(period))).value_or(0);
}

/// Moment of the first hit that the horizon feels.
double first_strike(const Timeline& timeline, const Scenario& scenario) {
  double begin = optim::infinity;
  for (const Hit& hit : scenario.hits) {
    if (end_months(hit) > timeline.start().months) begin = std::min(begin, hit.begin_months);
  }
  return std::max<double>(begin, timeline.start().months);
}

}  // namespace

double output_price(const World& world, const plan::Asset& asset, PeriodId period) {
  const CommodityId output = world.technologies[asset.technology].output;
  if (!output.is_valid() || world.commodities[output].price.empty()) return 0;
  const Date date = world.timeline.begin_of(period);
  return world.commodities[output].price.at(world.lineage(asset.region), {}, date).value_or(0);
}

Metrics::Metrics(const World& world) : world_(world), asked_value_(periods(), 0) {
  for (const ProgrammeId id : ids(world.programmes)) {
    for (const PeriodId period : world.timeline.periods()) {
      const double asked = world.programmes[id].asked(world.timeline, period) * world.timeline.years(period);
      asked_value_[static_cast<std::size_t>(period.index())] += asked * value_of(world, id, period.index());
    }
  }
}

optim::LinearForms Metrics::forms(const plan::Plan& plan, const OperatingProblem& problem) const {
  Terms terms;
  terms.of.resize(size());
  for (std::int32_t column = 0; column < problem.model.column_count(); ++column) {
    const auto at = static_cast<std::size_t>(column);
    const optim::Key& key = problem.model.column_key[at];
    const auto family = static_cast<Family>(key.family.index());
    if (problem.plan_column[at] < 0) continue;
    if (family == Family::unmet_) {
      terms.add(programme_place(ProgrammeId(key.index[0]), key.index[1]), column, 1);
    } else if (const auto activity = plan::activity_of(key)) {
      const plan::Asset& asset = plan.problem.network.assets[activity->asset];
      const CommodityId output = world_.technologies[asset.technology].output;
      const double price = output_price(world_, asset, activity->period);
      if (!output.is_valid()) continue;
      terms.add(layer_place(world_.commodities[output].layer, activity->period.index()), column, price);
      terms.add(country_place(world_.regions[asset.region].country, activity->period.index()), column, price);
    }
  }
  for (const Relief& relief : problem.reliefs)
    terms.add(relief_place(), static_cast<std::int32_t>(relief.column), problem.model.cost[relief.column]);
  optim::LinearForms forms;
  for (const auto& form : terms.of) {
    for (const auto& [column, weight] : form) forms.add_term(column, weight);
    forms.close();
  }
  return forms;
}

std::vector<double> Metrics::joined(std::span<const double> before, std::vector<double> now, std::int32_t start) const {
  for (std::size_t at = 0; at < relief_place(); ++at) {
    if (at % periods() < static_cast<std::size_t>(start)) now[at] = before[at];
  }
  return now;
}

void Metrics::fill(Outcome& outcome, const Scenario& scenario, std::span<const double> forms,
                   std::span<const double> base) const {
  outcome.programmes.assign(world_.programmes.size(), 0);
  outcome.layers.assign(world_.layers.size(), 0);
  outcome.countries.assign(world_.regions.size(), 0);
  for (std::int32_t period = std::max(0, outcome.start); period < world_.timeline.count(); ++period) {
    for (const ProgrammeId id : ids(world_.programmes)) {
      const std::size_t at = programme_place(id, period);
      outcome.programmes[static_cast<std::size_t>(id.index())] += forms[at] - base[at];
    }
    for (const LayerId id : ids(world_.layers)) {
      const std::size_t at = layer_place(id, period);
      outcome.layers[static_cast<std::size_t>(id.index())] += base[at] - forms[at];
    }
    for (const RegionId id : ids(world_.regions)) {
      const std::size_t at = country_place(id, period);
      outcome.countries[static_cast<std::size_t>(id.index())] += base[at] - forms[at];
    }
  }
  outcome.relief = forms[relief_place()] - base[relief_place()];
  fill_times(outcome, scenario, forms, base);
}

void Metrics::add_to_curve(Outcome& outcome, std::int32_t period, double strike, double lost) const {
  const double begin = std::max<double>(strike, world_.timeline.begin_of(PeriodId(period)).months);
  const double end = world_.timeline.begin_of(PeriodId(period + 1)).months;
  for (std::size_t at = 0; at < curve_months.size(); ++at) {
    const double passed = strike + curve_months[at] - begin;
    if (passed > 0 && end > begin) outcome.curve[at] += lost * std::min(1.0, passed / (end - begin));
  }
}

void Metrics::fill_times(Outcome& outcome, const Scenario& scenario, std::span<const double> forms,
                         std::span<const double> base) const {
  const double strike = first_strike(world_.timeline, scenario);
  for (std::int32_t period = std::max(0, outcome.start); period < world_.timeline.count(); ++period) {
    double lost = 0;
    for (const ProgrammeId id : ids(world_.programmes)) {
      const std::size_t at = programme_place(id, period);
      lost += std::max(0.0, forms[at] - base[at]) * value_of(world_, id, period);
    }
    add_to_curve(outcome, period, strike, lost);
    const double asked = asked_value_[static_cast<std::size_t>(period)];
    const double share = asked > 0 ? lost / asked : 0;
    if (share <= least_loss) continue;
    outcome.peak_share = std::max(outcome.peak_share, share);
    const double begin = world_.timeline.begin_of(PeriodId(period)).months - strike;
    const double end = world_.timeline.begin_of(PeriodId(period + 1)).months - strike;
    if (outcome.weeks_to_first_loss < 0) outcome.weeks_to_first_loss = std::max(0.0, begin) * weeks_per_month;
    outcome.weeks_to_recover = end * weeks_per_month;
    outcome.is_lasting = period + 1 == world_.timeline.count();
  }
}

}  // namespace pinchpoint::stress
