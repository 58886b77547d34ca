// SPDX-License-Identifier: Apache-2.0
#include "domain/world/regional_value.hpp"

#include <algorithm>

namespace pinchpoint {

DatedValue& RegionalValue::entry(RegionId region, OrganisationId owner) {
  for (Entry& entry : entries_) {
    if (entry.region == region && entry.owner == owner) return entry.value;
  }
  return entries_.emplace_back(Entry{region, owner, {}}).value;
}

std::size_t RegionalValue::rank(const Entry& entry, std::span<const RegionId> lineage, OrganisationId owner) {
  if (entry.owner.is_valid() && entry.owner != owner) return 0;
  std::size_t depth = 0;
  while (entry.region.is_valid() && depth < lineage.size() && lineage[depth] != entry.region) ++depth;
  if (entry.region.is_valid() && depth == lineage.size()) return 0;
  const std::size_t nearness = entry.region.is_valid() ? lineage.size() - depth : 0;
  return 2 * nearness + (entry.owner.is_valid() ? 2 : 1);
}

bool RegionalValue::is_dated() const {
  return std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.value.is_dated(); });
}

bool RegionalValue::applies(std::span<const RegionId> lineage, OrganisationId owner) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return rank(entry, lineage, owner) > 0; });
}

std::optional<double> RegionalValue::at(std::span<const RegionId> lineage, OrganisationId owner, Date date) const {
  if (entries_.size() == 1 && !entries_.front().region.is_valid() && !entries_.front().owner.is_valid())
    return entries_.front().value.at(date);
  std::optional<double> best;
  std::size_t best_rank = 0;
  for (const Entry& entry : entries_) {
    const std::size_t entry_rank = rank(entry, lineage, owner);
    if (entry_rank <= best_rank) continue;
    const auto value = entry.value.at(date);
    if (!value) continue;
    best_rank = entry_rank;
    best = value;
  }
  return best;
}

}  // namespace pinchpoint
