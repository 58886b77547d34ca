// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/solve/scaling.hpp"
#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::optim {

/// A two-stage problem in which every model is scaled by powers of two, costs by the same one everywhere.
struct ScaledTwoStage {
  TwoStageProblem problem;
  std::vector<int> first;  ///< exponents of first-stage columns: x = 2^first · x'
  int objective = 0;       ///< cost' = 2^objective · cost

  [[nodiscard]] double natural_cost(double scaled) const;
  [[nodiscard]] std::vector<double> natural_first(const std::vector<double>& scaled) const;
  [[nodiscard]] std::vector<double> scaled_first(const std::vector<double>& natural) const;
};
[[nodiscard]] ScaledTwoStage scale(const TwoStageProblem& problem);

}  // namespace pinchpoint::optim
