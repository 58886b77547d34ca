// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "optim/model/patch.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// One LP under changing patches, kept warm. Not thread-safe; one a thread.
class PatchedLp {
 public:
  virtual ~PatchedLp() = default;
  /// Value, point, duals and basis under `patch` alone: what an earlier patch changed is put back. Starts from the
  /// basis of the last solve.
  ///
  /// requires  lower ≤ upper in every entry
  [[nodiscard]] virtual Solution solve(const Patch& patch, const SolveOptions& options) = 0;
  /// The next solve starts from the basis that `solution` carries.
  virtual void start_from(const Solution& solution) = 0;
};

/// A PatchedLp on a session of the default backend; starts from the basis of `base` if it has one. The model must
/// outlive it.
[[nodiscard]] std::unique_ptr<PatchedLp> open_patched_lp(const Model& model, const Solution& base);

/// Solves a warm session by simplex, and by interior point from nothing where a quarter of the rows in pivots did not
/// do: the rule of race.hpp, which does not look at the clock.
[[nodiscard]] Solution solve_warm(Session& session, std::int32_t row_count, SolveOptions options);

}  // namespace pinchpoint::optim
