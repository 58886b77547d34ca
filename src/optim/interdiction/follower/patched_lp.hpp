// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "optim/model/basis_code.hpp"
#include "optim/model/patch.hpp"
#include "optim/reduction/reduction.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// One LP under changing patches, kept warm. Not thread-safe; one a thread.
class PatchedLp {
 public:
  virtual ~PatchedLp() = default;
  /// Value, point, duals and basis under `patch` alone. Starts from `start`, or from the base; earlier solves do not
  /// matter, but a start that is the last one's is not factorised again. May stop as soon as the optimum is known to be
  /// more than `enough`: limit_reached, with that bound as objective.
  ///
  /// requires  lower ≤ upper in every entry
  [[nodiscard]] virtual Solution solve(const Patch& patch, const SolveOptions& options, double enough,
                                       const std::shared_ptr<const BasisCode>& start) = 0;
  [[nodiscard]] Solution solve(const Patch& patch, const SolveOptions& options) {
    return solve(patch, options, infinity, nullptr);
  }
  /// The same by a slower and sturdier way, for answers that much hangs on.
  [[nodiscard]] virtual Solution solve_again(const Patch& patch, const SolveOptions& options) = 0;
};

/// What is left of an LP whose patches only tighten those given, and an optimum of it.
struct SmallerLp {
  Reduction reduction;
  Solution base;
};
/// Nothing where little would go. The model must outlive it.
[[nodiscard]] std::shared_ptr<const SmallerLp> make_smaller_lp(const Model& model, std::span<const Patch> patches);

/// A resident simplex of the smaller LP, if there is one, or of the model if `base` has a basis; what rounding keeps it
/// from is solved by a session of the default backend. Model and base must outlive it.
[[nodiscard]] std::unique_ptr<PatchedLp> open_patched_lp(const Model& model, const Solution& base,
                                                         std::shared_ptr<const SmallerLp> smaller = nullptr);

}  // namespace pinchpoint::optim
