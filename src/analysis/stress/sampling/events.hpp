// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/stress/sampling/sampler.hpp"
#include "analysis/stress/sampling/scenario.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint::stress {

/// What may happen or not: a shock, or one facility of a shock with any_one. It happens if its uniform number is below
/// its probability, and the smaller that is, the earlier in its window.
struct Event {
  ShockId shock;
  FacilityId facility;
  double probability = 1;    ///< that it happens; above 0
  double begin_months = 0;   ///< of its window, as Date::months counts
  double window_months = 0;  ///< 0 = at begin_months
  double yearly = 0;         ///< probability a year; 0 = starts are even over the window
  double loading = 0;        ///< of its cluster's factor: the root of its correlation
  double threshold = 0;      ///< standard normal quantile of `probability`

  /// Probability that it happens where the factor of its cluster has a value (standard normal, high = calm).
  [[nodiscard]] double probability_at(double factor) const;
  /// Its uniform number in the copula, of its own number and the factor.
  [[nodiscard]] double joint(double own, double factor) const;
  /// Start, on the grid of 1/1024 month; in the window. requires: joint_number < probability
  [[nodiscard]] double start(double joint_number) const;
};

/// Events of a list of shocks that can start within the dates asked for, in the order of shocks, then of facilities.
[[nodiscard]] std::vector<Event> events_of(const World& world, const Shocks& shocks, const SamplingOptions& options);

/// Events that depend on one another: all of a cluster, or one that has none. Blocks are independent.
struct Block {
  std::vector<std::size_t> events;  ///< by index
  bool is_cluster = false;
  double probability = 0;  ///< that at least one of its events happens
  /// Cluster: the factor's range in strata of equal probability; at s, the sum over those before s of the probability
  /// that none of the events happens. One more than there are strata.
  std::vector<double> calm_before;
};
[[nodiscard]] std::vector<Block> blocks_of(const Shocks& shocks, const std::vector<Event>& events);

/// The factor of a cluster given that one of its events happens, from a uniform number.
[[nodiscard]] double conditional_factor(const Block& block, double number);

}  // namespace pinchpoint::stress
