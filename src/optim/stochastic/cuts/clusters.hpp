// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "optim/stochastic/cuts/dual_cuts.hpp"
#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::optim {

/// Futures that a master counts together: Θ_C = Σ over members k of weight_k Q_k, weight_k = probability_k · 2^e, so
/// that the weights of a cluster add up to between 1/2 and 1 and nothing is rounded. The objective counts factor · Θ_C.
///
/// source  Trukhanov, Ntaimo & Schaefer, Adaptive multicut aggregation for two-stage stochastic linear programs with
///         recourse, EJOR 206 (2010)
struct Clusters {
  std::vector<std::vector<std::size_t>> members;  ///< by cluster, none empty
  std::vector<int> exponent;                      ///< e, by cluster

  [[nodiscard]] double factor(std::size_t cluster) const;  ///< 2^-e
};

/// About so many clusters of futures of like cost: those that count, sorted by `cost` (one a future; ∞ last), in equal
/// parts. requires: count ≥ 1
[[nodiscard]] Clusters clusters_of(const TwoStageProblem& problem, const std::vector<double>& cost, std::size_t count);

/// Σ weight_k cut_k, true wherever all of them are: what rounding may take is deducted. `cuts`: one a future; of no
/// constant (-∞) if one of the cluster has none. `first_size`: largest |x_j| worth a look, by first-stage column; where
/// it is needed and infinite, a size is assumed and the cut is not called proved.
[[nodiscard]] Cut sum_of(const TwoStageProblem& problem, const Clusters& clusters, std::size_t cluster,
                         const std::vector<Cut>& cuts, const std::vector<double>& first_size);

/// A cost of the whole future that no point goes below, as a cut of its recourse: Q_k(x) ≥ floor - offset - c_k'x
[[nodiscard]] Cut floor_cut(const TwoStageProblem& problem, const Future& future, double floor);

}  // namespace pinchpoint::optim
