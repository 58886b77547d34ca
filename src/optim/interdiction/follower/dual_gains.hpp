// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "optim/interdiction/target.hpp"
#include "optim/solve/solution.hpp"

namespace pinchpoint::optim {

/// What the duals of one LP say of every set of targets:
///
///   v(S) ≥ at_nothing + Σ_{f∈S} gain_f        gain_f = Σ change of min(d_j l_j, d_j u_j) over the bounds f changes
///
/// Exact weak duality where no two targets of S change the same bound; else an estimate. at_nothing is -infinity where
/// the duals hold under the patch only. Gains are ≥ 0.
struct DualGains {
  double at_nothing = -infinity;
  std::vector<double> gain;
};

/// `solution` is optimal under `patch` and carries duals.
[[nodiscard]] DualGains dual_gains(const Model& model, std::span<const Target> targets, const Patch& patch,
                                   const Solution& solution);

/// A set within the limit with a large sum of gains: greedily by gain, or by gain for cost, whichever is more. Targets
/// of no gain are left out.
[[nodiscard]] std::vector<std::int32_t> richest_set(std::span<const Target> targets, std::span<const double> gain,
                                                    double cost_limit);

}  // namespace pinchpoint::optim
