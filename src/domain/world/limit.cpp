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
  const int first = timeline.begin_of(period).months;
  const int end = timeline.begin_of(PeriodId(period.index() + 1)).months;
  double sum = 0;
  int covered = 0;
  for (int month = first; month < end; ++month) {
    const LimitValue* row = slice.is_valid() ? row_in(values, slice, Date{month}) : nullptr;
    if (row == nullptr) row = row_in(values, SliceId{}, Date{month});
    if (row == nullptr) continue;
    sum += row->value;
    ++covered;
  }
  if (2 * covered <= end - first) return std::nullopt;
  return sum / covered;
}

}  // namespace pinchpoint
