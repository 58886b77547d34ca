// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "optim/model/model.hpp"
#include "optim/model/patch.hpp"

namespace pinchpoint::optim {

/// Size of a network of facilities: products in tiers, each made in several facilities from products of the tier
/// before; regions that trade through one pool a product; stocks; lead times of the later tiers; demand for the last
/// tier, whose shortage has a price. Capacities are the upper bounds of the making columns, somewhat more than demand
/// needs.
///
/// The default is the LP "M": 15,600 rows, 64,880 columns, about 137,000 entries.
struct FacilityNetworkSize {
  int tiers = 8;
  int products = 60;
  int regions = 12;
  int facilities = 1000;
  int periods = 20;
  int lead_time = 1;
  double slack = 1.8;  ///< capacity of a product's facilities together, by what demand needs of it
  std::uint64_t seed = 1;
};

struct FacilityNetwork {
  Model model;
  /// By facility and period: the column whose upper bound is its capacity.
  std::vector<std::vector<std::int32_t>> capacity;
};

[[nodiscard]] FacilityNetwork make_facility_network(const FacilityNetworkSize& size);

/// Each shock takes 0 to 100 % of the capacity of 1 to `most` facilities, during a part of the horizon.
[[nodiscard]] std::vector<Patch> make_shocks(const FacilityNetwork& network, int count, int most, std::uint64_t seed);

}  // namespace pinchpoint::optim
