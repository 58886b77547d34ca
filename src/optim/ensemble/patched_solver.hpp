// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "optim/model/patch.hpp"
#include "optim/reduction/reduction.hpp"
#include "optim/resident/resident_simplex.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// What a solve of one scenario came to. A claim; bounds are recomputed from values and duals.
struct PatchedEnd {
  Status status = Status::failed;
  bool has_duals = true;  ///< false: a point that costs little enough, and no more
  std::int64_t iterations = 0;
  std::string message;
};

/// A live problem that solves patched copies of a model, each from the model's own optimal basis or from a given end,
/// so that a result does not depend on what else was solved before. Not thread-safe; one a thread.
class PatchedSolver {
 public:
  virtual ~PatchedSolver() = default;
  /// `from`: the end of an earlier solve, or none. `enough`: a point of at most this cost will do instead of an
  /// optimum.
  virtual PatchedEnd solve(const Patch& patch, const ResidentSimplex::End& from, double enough) = 0;
  PatchedEnd solve(const Patch& patch) { return solve(patch, nullptr, -infinity); }
  /// The same by a slower and sturdier way, for answers that could not be proved: from where solve() of the same patch
  /// ended, if it was optimal, else from the model's own basis.
  ///
  /// requires  the last solve() was of this patch
  virtual PatchedEnd solve_again(const Patch& patch) = 0;

  // Of the last solve, if its status is optimal; until the next.
  [[nodiscard]] virtual const std::vector<double>& value() const = 0;     ///< by column
  [[nodiscard]] virtual const std::vector<double>& row_dual() const = 0;  ///< by row
  [[nodiscard]] virtual ResidentSimplex::End end() const = 0;             ///< where other solves may start, if known
};

/// `base`: optimal for the model, with a basis. Models and patches are scaled already.
[[nodiscard]] std::unique_ptr<PatchedSolver> open_patched_solver(const Model& model, const Solution& base,
                                                                 const std::atomic<bool>* interrupt = nullptr);
/// Of the whole LP by its smaller one. `base`: optimal for the smaller one, with a basis.
[[nodiscard]] std::unique_ptr<PatchedSolver> open_patched_solver(const Reduction& reduction, const Solution& base,
                                                                 const std::atomic<bool>* interrupt = nullptr);

}  // namespace pinchpoint::optim
