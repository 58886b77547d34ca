// SPDX-License-Identifier: Apache-2.0
#include "domain/world/regional_value.hpp"

namespace pinchpoint {

DatedValue& RegionalValue::entry(RegionId region, OrganisationId owner) {
  for (Entry& entry : entries_) {
    if (entry.region == region && entry.owner == owner) return entry.value;
  }
  return entries_.emplace_back(Entry{region, owner, {}}).value;
}

const DatedValue* RegionalValue::find(const std::vector<RegionId>& lineage, OrganisationId owner) const {
  const DatedValue* best = nullptr;
  std::size_t best_rank = 0;
  for (const Entry& entry : entries_) {
    if (entry.owner.is_valid() && entry.owner != owner) continue;
    std::size_t depth = 0;
    while (entry.region.is_valid() && depth < lineage.size() && lineage[depth] != entry.region) ++depth;
    if (entry.region.is_valid() && depth == lineage.size()) continue;
    const std::size_t nearness = entry.region.is_valid() ? lineage.size() - depth : 0;
    const std::size_t rank = 2 * nearness + (entry.owner.is_valid() ? 2 : 1);
    if (rank <= best_rank) continue;
    best_rank = rank;
    best = &entry.value;
  }
  return best;
}

}  // namespace pinchpoint
