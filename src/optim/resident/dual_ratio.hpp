// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/resident/sparse_vector.hpp"

namespace pinchpoint::optim::resident {

/// A variable outside the basis whose reduced cost reaches zero as the dual step grows.
struct Candidate {
  Index variable = -1;
  double cost = 0;   ///< |reduced cost|; below zero by the tolerance at most
  double pivot = 0;  ///< |entry of the pivot row|
  double range = 0;  ///< upper − lower; infinite where it cannot go to its other bound
};

struct RatioChoice {
  Index variable = -1;    ///< enters the basis; -1: nothing stops the dual step
  std::size_t flips = 0;  ///< so many candidates at the head of the list go to their other bound
};

/// Dual ratio test with bound flips: passes breakpoints while the dual objective's slope stays positive.
/// Breakpoints that lie within the dual tolerance of one another make a group, of which the largest pivot is taken
/// (Harris 1973, Maros 2003); an earlier group is taken where the last one's pivots are small. Reorders the candidates.
[[nodiscard]] RatioChoice test_ratios(std::vector<Candidate>& candidates, double slope);

/// Spread evenly over [0, 1) by a number's bits: the same on every machine.
[[nodiscard]] double scattered(Index number);

}  // namespace pinchpoint::optim::resident
