// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "optim/model/model.hpp"
#include "optim/model/patch.hpp"

namespace pinchpoint::optim {

/// An entry that ties a row of a recourse problem to a column of the first stage.
struct Link {
  std::int32_t row = 0;
  std::int32_t column = 0;
  double value = 0;

  friend auto operator<=>(const Link&, const Link&) = default;
};

/// What can still be decided once the future is known:
///
///   Q(x) = min offset + cost'y   subject to   row_lower ≤ Σ links x + A y ≤ row_upper,   lower ≤ y ≤ upper
struct Recourse {
  Model model;
  std::vector<Link> links;  ///< entries at one place add up
  /// What a future of this recourse counts of the first stage, by column; empty: the first stage's own cost.
  std::vector<double> first_cost;
};

/// One way things may turn out.
struct Future {
  double probability = 0;
  std::int32_t recourse = -1;  ///< -1: there is nothing left to decide, the first stage's own cost is all
  Patch patch;                 ///< bounds and sides of the recourse's model
  std::vector<Link> links;     ///< added to those of the recourse
};

/// min risk over futures k of   offset + c_k'x + Q_k(x)   over the rows and bounds of `first`.
/// docs/formulation/two_stage.md
///
/// requires  probabilities ≥ 0 that add up to 1; futures of probability 0 count for nothing
struct TwoStageProblem {
  Model first;
  std::vector<Recourse> recourses;
  std::vector<Future> futures;
};

/// (1 - weight) · mean + weight · CVaR(level). CVaR(level) is the mean of the worst (1 - level) of the probability:
/// level 0 is the mean, level near 1 the worst.
struct Risk {
  double weight = 0;
  double level = 0;
};

/// Risk of costs. requires: as many probabilities, which add up to 1
[[nodiscard]] double risk_of(const Risk& risk, std::span<const double> costs, std::span<const double> probabilities);

/// Cost of the first stage in a future, by column.
[[nodiscard]] const std::vector<double>& first_cost_of(const TwoStageProblem& problem, const Future& future);
/// Σ links of the recourse and of the future, sorted by row, then column, one at a place.
[[nodiscard]] std::vector<Link> links_of(const TwoStageProblem& problem, const Future& future);
/// The problem with one of its futures alone, with probability 1.
[[nodiscard]] TwoStageProblem alone(const TwoStageProblem& problem, std::size_t future);

/// A number that lies between two.
struct Between {
  double lower = -infinity;
  double upper = infinity;
};

}  // namespace pinchpoint::optim
