// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "optim/solve/solver.hpp"
#include "optim/stochastic/staged_program.hpp"

namespace pinchpoint::optim {

/// What knowing, and planning for, the future is worth. For a minimisation:
///
///   expected value        EV    optimum of the mean future
///   its expected cost     EEV   mean cost of EV's first stage in the futures
///   recourse problem      RP
///   wait and see          WS    mean of the optima of each future alone
///   VSS = EEV - RP ≥ 0          EVPI = RP - WS ≥ 0
///
/// With more than two stages EEV keeps the first stage of EV alone; what comes later adapts to what is known then.
///
/// source  Birge & Louveaux, Introduction to Stochastic Programming, ch. 4 (2011)
struct ProgramValues {
  Between expected_value, expected_cost, recourse, wait_and_see;
  std::vector<double> first;  ///< of the recourse problem
  bool is_certified = false;  ///< all of them by our own code; false for whole numbers, whose bounds are claimed
  std::string message;        ///< why something is missing

  [[nodiscard]] Between value_of_stochastic_solution() const;
  [[nodiscard]] Between value_of_perfect_information() const;
};

/// a - b
[[nodiscard]] Between difference(const Between& a, const Between& b);

/// By extensive forms, each certified: for programs small enough
[[nodiscard]] ProgramValues values_of(const StagedProgram& program, const SolveOptions& options = {});

/// Optimum of a model with what proves it. `is_certified`: by our own code, to 1e-6.
struct ProvedOptimum {
  Status status = Status::failed;
  Between optimum;
  bool is_certified = false;
  std::vector<double> value;
};
[[nodiscard]] ProvedOptimum prove_optimum(const Model& model, const SolveOptions& options = {});

}  // namespace pinchpoint::optim
