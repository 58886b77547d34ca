// SPDX-License-Identifier: Apache-2.0
#include "analysis/plan/assets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace pinchpoint::plan {

namespace {

constexpr double default_lifetime_years = 30;

int months_of(double years) { return static_cast<int>(std::lround(years * 12)); }

Date after(Date date, double years) { return {date.months + months_of(years)}; }

/// Ramp at a time after coming on line, both in months.
double ramp_at(double months, double ramp_months, double ramp_start) {
  if (ramp_months <= 0) return 1;
  return std::min(1.0, ramp_start + (1 - ramp_start) * months / ramp_months);
}

/// How one capacity comes, stays and goes.
struct Life {
  Date online;
  std::optional<Date> until;
  double ramp_years = 0, ramp_start = 0;
  const SurvivalCurve* survival = nullptr;

  [[nodiscard]] double age_years(double months) const { return (months - online.months) / 12.0; }
};

/// Average over the months of a period.
double usable_share(const Timeline& timeline, PeriodId period, const Life& life) {
  const int first = timeline.begin_of(period).months;
  const int count = timeline.months(period);
  double sum = 0;
  for (int month = first; month < first + count; ++month) {
    if (month < life.online.months || (life.until && month >= life.until->months)) continue;
    const double middle = month + 0.5;
    const double left = life.survival == nullptr ? 1 : life.survival->share_at(life.age_years(middle));
    sum += left * ramp_at(middle - life.online.months, life.ramp_years * 12, life.ramp_start);
  }
  return sum / count;
}

/// What is left on a date; what lasts to the end of its lifetime is still there on the day itself.
double share_left(const Life& life, Date date) {
  if (life.until && date > *life.until) return 0;
  return life.survival == nullptr ? 1 : life.survival->share_at(life.age_years(date.months));
}

std::vector<Retirement> retirements(const Timeline& timeline, const Life& life) {
  std::vector<Retirement> parts;
  for (const PeriodId period : timeline.periods()) {
    const Date begin = std::max(timeline.begin_of(period), life.online);
    const Date end = timeline.begin_of(PeriodId(period.index() + 1));
    if (end <= life.online || (life.until && begin > *life.until)) continue;
    const double share = share_left(life, begin) - share_left(life, end);
    if (share > 0) parts.push_back({period, share});
  }
  return parts;
}

Date online_date(const World& world, const Asset& asset, PeriodId ordered) {
  const auto at = static_cast<std::size_t>(ordered.index());
  return world.timeline.begin_of(PeriodId(ordered.index() + asset.build_periods[at]));
}

}  // namespace

double online_share(const Timeline& timeline, PeriodId period, Date online, std::optional<Date> until,
                    double ramp_years, double ramp_start) {
  return usable_share(timeline, period, {online, until, ramp_years, ramp_start, nullptr});
}

double ordered_share(const World& world, const Asset& asset, PeriodId ordered, PeriodId period) {
  const Date online = online_date(world, asset, ordered);
  const Date until = after(online, asset.lifetime_years[static_cast<std::size_t>(ordered.index())]);
  return usable_share(
      world.timeline, period,
      {online, until, asset.ramp_years, asset.ramp_start, world.survival(asset.technology, asset.region)});
}

std::vector<Retirement> retirements_of(const World& world, const Asset& asset, PeriodId ordered) {
  const Date online = online_date(world, asset, ordered);
  const Date until = after(online, asset.lifetime_years[static_cast<std::size_t>(ordered.index())]);
  return retirements(world.timeline, {online, until, 0, 0, world.survival(asset.technology, asset.region)});
}

namespace {

/// Builds one asset after another; keeps what all of them need.
class Collector {
 public:
  explicit Collector(const World& world) : world_(world), periods_(static_cast<std::size_t>(world.timeline.count())) {}

  IdVector<AssetTag, Asset> collect();

 private:
  void take_figures(Asset& asset) const;
  void take_order_figures(Asset& asset) const;
  void take_facility(Asset& asset, const Facility& facility) const;
  [[nodiscard]] Date order_date_for(const Asset& asset, Date online) const;
  void open_orders(Asset& asset, std::optional<Date> from, std::optional<Date> until,
                   std::optional<double> limit) const;
  void take_bans(Asset& asset) const;
  /// The figure on the first day of each period; `otherwise` where none is given.
  [[nodiscard]] Series<double> by_period(const Asset& asset, const RegionalValue& value,
                                         const Series<double>& otherwise) const;
  [[nodiscard]] double figure(const Asset& asset, const RegionalValue& value, Date date, double otherwise) const {
    return world_.figure_at(value, asset.region, asset.owner, date, otherwise);
  }

  const World& world_;
  std::size_t periods_;
};

using Identity = std::tuple<TechnologyId, RegionId, OrganisationId>;

IdVector<AssetTag, Asset> Collector::collect() {
  std::map<Identity, Asset> found;
  for (const FacilityId id : ids(world_.facilities)) {
    const Facility& facility = world_.facilities[id];
    found[{facility.technology, facility.region, facility.owner}].facilities.push_back(id);
  }
  for (const OptionId id : ids(world_.options)) {
    const Option& option = world_.options[id];
    found[{option.technology, option.region, option.owner}].options.push_back(id);
  }
  IdVector<AssetTag, Asset> assets;
  for (auto& [identity, asset] : found) {
    std::tie(asset.technology, asset.region, asset.owner) = identity;
    take_figures(asset);
    for (const FacilityId id : asset.facilities) take_facility(asset, world_.facilities[id]);
    for (const OptionId id : asset.options) {
      const Option& option = world_.options[id];
      open_orders(asset, option.from, option.until, option.limit);
    }
    take_bans(asset);
    assets.push_back(std::move(asset));
  }
  return assets;
}

Series<double> Collector::by_period(const Asset& asset, const RegionalValue& value,
                                    const Series<double>& otherwise) const {
  if (value.empty()) return otherwise;
  if (!value.is_dated()) {
    const auto always = value.at(world_.lineage(asset.region), asset.owner, world_.timeline.start());
    return always ? Series<double>(periods_, *always) : otherwise;
  }
  Series<double> series = otherwise;
  for (const PeriodId period : world_.timeline.periods()) {
    const auto at = static_cast<std::size_t>(period.index());
    series.set(at, figure(asset, value, world_.timeline.begin_of(period), otherwise[at]));
  }
  return series;
}

void Collector::take_figures(Asset& asset) const {
  const Technology& technology = world_.technologies[asset.technology];
  const Date start = world_.timeline.start();
  asset.standing = {periods_, 0};
  asset.retiring = {periods_, 0};
  asset.is_banned = {periods_, false};
  asset.availability = by_period(asset, technology.availability, {periods_, 1});
  asset.fixed_cost = by_period(asset, technology.fixed_cost, {periods_, 0});
  asset.variable_cost = by_period(asset, technology.variable_cost, {periods_, 0});
  asset.annual_availability = by_period(asset, technology.annual_availability, {periods_, 1});
  for (const RegionalValue& of_mode : technology.mode_variable_cost)
    asset.mode_variable_cost.push_back(by_period(asset, of_mode, asset.variable_cost));
  asset.ramp_years = figure(asset, technology.ramp_time, start, 0);
  asset.ramp_start = figure(asset, technology.ramp_start, start, 0);
  asset.block = figure(asset, technology.block, start, 0);
  asset.minimum_size = figure(asset, technology.minimum_size, start, 0);
  constexpr double unlimited = -1;
  const double growth = figure(asset, technology.growth_limit, start, unlimited);
  if (growth != unlimited) asset.growth_limit = growth;
  asset.growth_seed = figure(asset, technology.growth_seed, start, 0);
  take_order_figures(asset);
}

void Collector::take_order_figures(Asset& asset) const {
  const Technology& technology = world_.technologies[asset.technology];
  asset.order_is_open = {periods_, false};
  asset.order_limit_so_far = {periods_, 0};
  asset.capex = by_period(asset, technology.capex, {periods_, 0});
  asset.lifetime_years = by_period(asset, technology.lifetime, {periods_, default_lifetime_years});
  asset.build_periods = {periods_, 0};
  const Series<double> build_years = by_period(asset, technology.build_time, {periods_, 0});
  for (const PeriodId period : world_.timeline.periods()) {
    const auto at = static_cast<std::size_t>(period.index());
    asset.build_periods.set(at, world_.timeline.periods_rounded_up(period, build_years[at]));
  }
}

void Collector::take_facility(Asset& asset, const Facility& facility) const {
  const Timeline& timeline = world_.timeline;
  const Technology& technology = world_.technologies[asset.technology];
  if (facility.status == FacilityStatus::announced) {
    open_orders(asset, order_date_for(asset, *facility.from), std::nullopt, facility.capacity);
    return;
  }
  std::optional<Date> until = facility.until;
  if (!until && facility.from) {
    until = after(*facility.from, figure(asset, technology.lifetime, *facility.from, default_lifetime_years));
  }
  // Without a date of its own it is as old as the horizon lets it be, and has no age to speak of.
  const Date online = facility.from.value_or(Date{0});
  const SurvivalCurve* const survival = facility.from ? world_.survival(asset.technology, asset.region) : nullptr;
  const Life life{online, until, asset.ramp_years, asset.ramp_start, survival};
  for (const PeriodId period : timeline.periods()) {
    asset.standing.add(static_cast<std::size_t>(period.index()),
                       facility.capacity * usable_share(timeline, period, life));
  }
  for (const Retirement& part : retirements(timeline, life))
    asset.retiring.add(static_cast<std::size_t>(part.period.index()), facility.capacity * part.share);
}

/// Begin of the first period whose orders come on line on a date or after it. Build times are whole periods already:
/// subtracting the time itself and waiting for the next whole period would round twice.
Date Collector::order_date_for(const Asset& asset, Date online) const {
  for (const PeriodId period : world_.timeline.periods()) {
    const int build_periods = asset.build_periods[static_cast<std::size_t>(period.index())];
    if (world_.timeline.begin_of(PeriodId(period.index() + build_periods)) >= online) {
      return world_.timeline.begin_of(period);
    }
  }
  return world_.timeline.end();
}

void Collector::open_orders(Asset& asset, std::optional<Date> from, std::optional<Date> until,
                            std::optional<double> limit) const {
  const Timeline& timeline = world_.timeline;
  asset.can_be_ordered = true;
  bool has_opened = false;
  for (const PeriodId period : timeline.periods()) {
    const auto at = static_cast<std::size_t>(period.index());
    // A window that opens or closes inside a period counts from the next one on: nothing is ordered before its date.
    const bool is_open = timeline.share_within(period, from, until) > 1 - 1e-9;
    if (is_open) asset.order_is_open.set(at, true);
    has_opened = has_opened || is_open;
    if (has_opened) asset.order_limit_so_far.add(at, limit.value_or(std::numeric_limits<double>::infinity()));
  }
}

void Collector::take_bans(Asset& asset) const {
  const Technology& technology = world_.technologies[asset.technology];
  for (const Measure& measure : world_.measures) {
    if (measure.kind != MeasureKind::ban || measure.end_users.empty()) continue;
    const auto uses = [&](CommodityId commodity) {
      return commodity == technology.output ||
             std::any_of(technology.recipe.begin(), technology.recipe.end(), [&](const RecipeLine& line) {
               return line.commodity == commodity && line.role == RecipeRole::input;
             });
    };
    const bool is_about = std::any_of(measure.commodities.begin(), measure.commodities.end(), uses);
    const bool is_user = std::any_of(measure.end_users.begin(), measure.end_users.end(),
                                     [&](OrganisationId user) { return world_.belongs_to(asset.owner, user); });
    if (!is_about || !is_user) continue;
    for (const PeriodId period : world_.timeline.periods()) {
      const Date date = world_.timeline.begin_of(period);
      const bool is_there = !measure.destination.is_given || world_.contains(measure.destination, asset.region, date);
      const bool is_in_force = world_.timeline.share_within(period, measure.from, measure.until) > 0.5;
      if (is_there && is_in_force) asset.is_banned.set(static_cast<std::size_t>(period.index()), true);
    }
  }
}

}  // namespace

IdVector<AssetTag, Asset> collect_assets(const World& world) { return Collector(world).collect(); }

}  // namespace pinchpoint::plan
