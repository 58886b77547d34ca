// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/timeline/timeline.hpp"
#include "domain/world/world_ids.hpp"

namespace pinchpoint {

/// A dated figure that may differ by region and owner. A row for the region or its nearest ancestor wins over one for
/// everywhere; among rows of one region, one for the owner wins over one for all owners. A row wins from its date on.
class RegionalValue {
 public:
  DatedValue& entry(RegionId region, OrganisationId owner);
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  /// True if some row begins on a date.
  [[nodiscard]] bool is_dated() const;

  // `lineage`: the region, its parent, and so on.
  /// True if some row applies, whatever its date.
  [[nodiscard]] bool applies(std::span<const RegionId> lineage, OrganisationId owner = {}) const;
  /// The figure on a date; nothing if no row that applies has begun.
  [[nodiscard]] std::optional<double> at(std::span<const RegionId> lineage, OrganisationId owner, Date date) const;

 private:
  struct Entry {
    RegionId region;
    OrganisationId owner;
    DatedValue value;
  };
  /// How near an entry is: the greater, the nearer; 0 = it does not apply.
  [[nodiscard]] static std::size_t rank(const Entry& entry, std::span<const RegionId> lineage, OrganisationId owner);
  std::vector<Entry> entries_;
};

}  // namespace pinchpoint
