// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidcheck.h>

#include <optional>

#include "support/world_text.hpp"

namespace pinchpoint::properties {

using test_support::WorldText;

// Changes that must leave the optimal value alone.

/// The rows of every table in a random order.
[[nodiscard]] WorldText with_rows_shuffled(WorldText world);
/// Every id with another first letter, so that they sort in the opposite order.
[[nodiscard]] WorldText with_ids_renamed(WorldText world);
/// Figures in kg, kW, months and shares that were in t, MW, years and percent, or the other way round.
[[nodiscard]] WorldText with_figures_in_other_units(WorldText world);
/// Goods counted in kg that were counted in t; figures stay in their units.
[[nodiscard]] WorldText with_goods_in_other_units(WorldText world);

/// Where a figure stands that a law may change.
struct Place {
  std::string table;
  std::size_t row = 0;
};
/// Every figure that limits what may be done: limits of options, budgets, quotas, licence shares, capacities of lanes,
/// growth limits, sizes of stores, capacities of facilities, and values of limits (all of which are at most).
[[nodiscard]] std::vector<Place> limits_of(const WorldText& world);
[[nodiscard]] std::vector<Place> demands_of(const WorldText& world);
/// Multiplies a figure; the share of a measure stays within the whole.
void multiply(WorldText& world, const Place& place, double factor);

}  // namespace pinchpoint::properties
