// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "optim/model/model.hpp"

namespace pinchpoint::optim {

/// Size of a synthetic process network: tiers of products made from one another, places that make them with
/// limited and extensible capacity, stocks, trade through pools, lead times, and unmet demand at a penalty.
struct ProcessNetwork {
  int tiers = 8;
  int products_per_tier = 3;
  int regions = 5;
  int makers_per_product = 4;
  int periods = 12;
  int inputs_per_product = 3;
  int lead_time = 1;
  std::uint64_t seed = 1;
  /// Costs and recipes from few round values, so that many vertices are optimal.
  bool is_degenerate = false;
  /// Capacity cannot be bought: what stands is an upper bound of the making columns.
  bool has_fixed_capacity = false;
  /// Nothing can be thrown away: balances and pools are equality rows.
  bool is_exact = false;
  /// Capacity is bought in whole units of this size: a MIP. 0: an LP.
  double unit_of_capacity = 0;
};

[[nodiscard]] Model make_process_network(const ProcessNetwork& size);

/// A few columns: two places, two makers of each product, two periods, no lead time, fixed capacity.
[[nodiscard]] Model make_small_network(int tiers, int products_per_tier, std::uint64_t seed);

}  // namespace pinchpoint::optim
