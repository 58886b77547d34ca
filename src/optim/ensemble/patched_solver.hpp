// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "optim/model/patch.hpp"
#include "optim/resident/resident_simplex.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// What a solve of one scenario came to. A claim; bounds are recomputed from values and duals.
struct PatchedSolution {
  Status status = Status::failed;
  std::vector<double> value;     ///< by column
  std::vector<double> row_dual;  ///< by row
  std::int64_t iterations = 0;
  std::string message;
  ResidentSimplex::End end{};  ///< where other solves may start; if asked for and known
};

/// A live problem that solves patched copies of a model, each from the model's own optimal basis or from a given end,
/// so that a result does not depend on what else was solved before. Not thread-safe; one a thread.
class PatchedSolver {
 public:
  virtual ~PatchedSolver() = default;
  /// `from`: the end of an earlier solve, or none. `is_kept`: say where this one ended.
  virtual PatchedSolution solve(const Patch& patch, const ResidentSimplex::End& from, bool is_kept) = 0;
  PatchedSolution solve(const Patch& patch) { return solve(patch, nullptr, false); }
  /// The same by a slower and sturdier way, for answers that could not be proved.
  virtual PatchedSolution solve_again(const Patch& patch) = 0;
};

/// `base`: optimal for the model, with a basis. Models and patches are scaled already.
[[nodiscard]] std::unique_ptr<PatchedSolver> open_patched_solver(const Model& model, const Solution& base,
                                                                 const std::atomic<bool>* interrupt = nullptr);

}  // namespace pinchpoint::optim
