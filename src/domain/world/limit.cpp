// SPDX-License-Identifier: Apache-2.0
#include "domain/world/limit.hpp"

#include <algorithm>

#include "domain/world/world.hpp"

namespace pinchpoint {

namespace {

constexpr Date long_ago{0};

/// The row that holds in a month: of the slice's own rows or the general ones, the latest that has begun, if it has not
/// ended.
const LimitValue* row_in(const std::vector<LimitValue>& values, SliceId slice, Date month) {
  const LimitValue* latest = nullptr;
  for (const LimitValue& row : values) {
    if (row.slice != slice || row.from.value_or(long_ago) > month) continue;
    if (latest == nullptr || row.from.value_or(long_ago) >= latest->from.value_or(long_ago)) latest = &row;
  }
  return latest != nullptr && latest->until && *latest->until <= month ? nullptr : latest;
}

/// The first month after one in which a row begins or ends, at most `end`.
int next_change(const std::vector<LimitValue>& values, int after, int end) {
  for (const LimitValue& row : values) {
    for (const std::optional<Date>& change : {row.from, row.until}) {
      if (change && change->months > after) end = std::min(end, change->months);
    }
  }
  return end;
}

bool is_within(const World& world, RegionId place, RegionId outer) {
  if (!outer.is_valid()) return true;
  const std::span<const RegionId> lineage = world.lineage(place);
  return std::find(lineage.begin(), lineage.end(), outer) != lineage.end();
}

}  // namespace

bool LimitTerm::is_about(const World& world, RegionId place, OrganisationId holder) const {
  return is_within(world, place, region) && (!owner.is_valid() || world.belongs_to(holder, owner));
}

bool LimitTerm::counts(const World& world, const Programme& asked) const {
  if (what != LimitMeasure::met || !is_within(world, asked.region, region)) return false;
  if (commodity.is_valid() && commodity != asked.commodity) return false;
  return !programme.is_valid() || world.programmes[programme].id == asked.id;
}

double LimitTerm::amount_at(SliceId slice, Date date) const {
  const auto own = slice_amount.find(slice);
  if (own != slice_amount.end()) {
    if (const auto value = own->second.at(date)) return *value;
  }
  return amount.at(date).value_or(0);
}

std::optional<double> Limit::value_in(const Timeline& timeline, PeriodId period, SliceId slice) const {
  const int end = timeline.begin_of(PeriodId(period.index() + 1)).months;
  const int months = end - timeline.begin_of(period).months;
  double sum = 0;
  int covered = 0;
  for (int begin = end - months, next = 0; begin < end; begin = next) {
    next = next_change(values, begin, end);
    const LimitValue* row = slice.is_valid() ? row_in(values, slice, Date{begin}) : nullptr;
    if (row == nullptr) row = row_in(values, SliceId{}, Date{begin});
    if (row == nullptr) continue;
    if (next - begin == months) return row->value;
    sum += row->value * (next - begin);
    covered += next - begin;
  }
  if (2 * covered <= months) return std::nullopt;
  return sum / covered;
}

}  // namespace pinchpoint
