// SPDX-License-Identifier: Apache-2.0
#include "domain/world/world.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint {

namespace {

bool holds_on(Date date, const std::optional<Date>& from, const std::optional<Date>& until) {
  return (!from || *from <= date) && (!until || date < *until);
}

/// Amount at a date on the path that `demand` draws; nothing before its first point. A point without date lies at
/// `start`.
double amount_at(const std::vector<DemandPoint>& demand, Date start, double months) {
  double amount = 0;
  for (std::size_t at = 0; at < demand.size(); ++at) {
    const double begin = demand[at].from.value_or(start).months;
    if (begin > months) break;
    amount = demand[at].amount;
    if (!demand[at].is_linear || at + 1 == demand.size()) continue;
    const double end = demand[at + 1].from->months;
    amount += (demand[at + 1].amount - amount) * std::min(1.0, (months - begin) / (end - begin));
  }
  return amount;
}

}  // namespace

double Programme::asked(const Timeline& timeline, PeriodId period) const {
  // Points lie on first days of months: the middle of each month is the month's exact average on every path.
  const int first = timeline.begin_of(period).months;
  const int count = timeline.months(period);
  double sum = 0;
  for (int month = 0; month < count; ++month) sum += amount_at(demand, timeline.start(), first + month + 0.5);
  return sum / count;
}

std::span<const RegionId> World::lineage(RegionId region) const {
  if (!region.is_valid()) return {};
  return regions[region].lineage;
}

bool World::contains(const RegionSet& set, RegionId region, Date date) const {
  for (; region.is_valid(); region = regions[region].parent) {
    const bool found = std::any_of(set.members.begin(), set.members.end(), [&](const Member& member) {
      return member.region == region && holds_on(date, member.from, member.until);
    });
    if (found) return true;
  }
  return false;
}

bool World::belongs_to(OrganisationId organisation, OrganisationId owner) const {
  for (; organisation.is_valid(); organisation = organisations[organisation].parent) {
    if (organisation == owner) return true;
  }
  return false;
}

double World::profile(TechnologyId technology, RegionId region, SliceId slice, Date date) const {
  const std::vector<RegionalValue>& by_slice = technologies[technology].profile;
  if (by_slice.empty()) return 1;
  return figure_at(by_slice[static_cast<std::size_t>(slice.index())], region, {}, date, 1);
}

double World::profile(ProgrammeId programme, SliceId slice, Date date) const {
  const std::vector<DatedValue>& by_slice = programmes[programme].profile;
  if (by_slice.empty()) return 1;
  return by_slice[static_cast<std::size_t>(slice.index())].at(date).value_or(1);
}

double World::weight(SliceId slice, PeriodId period) const {
  return slices[slice].weight.at(timeline.begin_of(period)).value_or(0);
}

double SurvivalCurve::share_at(double age_years) const {
  const auto after = std::upper_bound(points.begin(), points.end(), age_years + 1e-9,
                                      [](double age, const Point& point) { return age < point.age_years; });
  if (after == points.begin()) return 1;
  const Point& before = *std::prev(after);
  if (before.is_step || after == points.end()) return before.share;
  const double part = (age_years - before.age_years) / (after->age_years - before.age_years);
  return before.share + part * (after->share - before.share);
}

const SurvivalCurve* World::survival(TechnologyId technology, RegionId region) const {
  const std::vector<SurvivalCurve>& curves = technologies[technology].survival;
  const auto curve_of = [&](RegionId place) -> const SurvivalCurve* {
    const auto found =
        std::find_if(curves.begin(), curves.end(), [&](const SurvivalCurve& curve) { return curve.region == place; });
    return found == curves.end() ? nullptr : &*found;
  };
  for (const RegionId place : lineage(region)) {
    if (const SurvivalCurve* const curve = curve_of(place)) return curve;
  }
  return curve_of({});
}

double World::amount_of(const RecipeLine& line, RegionId region, Date date) const {
  return figure_at(line.amount, region, {}, date, 0);
}

double World::discount(double years) const { return std::pow(1 + discount_rate, -years); }

double World::discount(PeriodId period) const {
  double worth = 0;
  for (const Timeline::Payment& payment : timeline.payments(period, running_paid)) {
    worth += payment.share * discount(payment.at_years);
  }
  return worth;
}

double World::figure_at(const RegionalValue& value, RegionId region, OrganisationId owner, Date date,
                        double otherwise) const {
  if (value.empty()) return otherwise;
  return value.at(lineage(region), owner, date).value_or(otherwise);
}

}  // namespace pinchpoint
