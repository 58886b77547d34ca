// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/stress/outcome.hpp"

namespace pinchpoint::stress {

/// A number of which a lower and an upper bound are known.
struct Bracket {
  double lower = 0, upper = 0;
};

/// Distribution of losses over equally likely scenarios. Every statistic is monotone in the losses, so the lower bounds
/// give its lower bound and the upper ones its upper.
struct LossDistribution {
  Bracket mean, p50, p95, p99;
  Bracket cvar90;             ///< mean of the worst tenth
  double standard_error = 0;  ///< of the mean, from sampling alone
};

/// p-quantile: least loss that at least the share p of the scenarios do not exceed. requires: at least one outcome
[[nodiscard]] LossDistribution distribution_of(std::span<const Outcome> outcomes);

/// Places of the `count` outcomes with the largest upper loss, worst first; ties by place.
[[nodiscard]] std::vector<std::size_t> worst_of(std::span<const Outcome> outcomes, std::size_t count);

}  // namespace pinchpoint::stress
