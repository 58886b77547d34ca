// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// Optimum of a model with what proves it, in the model's own units.
struct ProvedSolution {
  Status status = Status::failed;
  double lower = -infinity, upper = infinity;  ///< lower: claimed for a MIP, and for an LP that leaves no bound
  bool is_certified = false;                   ///< by our own code, to 1e-6
  std::vector<double> value;                   ///< the point behind `upper`
  std::int64_t iterations = 0;
  std::string message;
};

/// Scales, solves and certifies.
[[nodiscard]] ProvedSolution solve_and_prove(const Model& model, const SolveOptions& options = {});

}  // namespace pinchpoint::optim
