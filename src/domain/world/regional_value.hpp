// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/timeline/timeline.hpp"
#include "domain/world/world_ids.hpp"

namespace pinchpoint {

/// A dated figure that may differ by region and owner. A row for the region or its nearest ancestor wins over one for
/// everywhere; among rows of one region, one for the owner wins over one for all owners.
class RegionalValue {
 public:
  DatedValue& entry(RegionId region, OrganisationId owner);
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  /// `lineage`: the region, its parent, and so on. Null if no row applies.
  [[nodiscard]] const DatedValue* find(const std::vector<RegionId>& lineage, OrganisationId owner = {}) const;

 private:
  struct Entry {
    RegionId region;
    OrganisationId owner;
    DatedValue value;
  };
  std::vector<Entry> entries_;
};

}  // namespace pinchpoint
