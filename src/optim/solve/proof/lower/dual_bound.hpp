// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "optim/model/matrix_view.hpp"
#include "optim/solve/proof/lower/bound_propagation.hpp"
#include "optim/solve/proof/lower/multiplier.hpp"

namespace pinchpoint::optim {

/// Multipliers of which perhaps is known that they, somewhere in their intervals, keep the conditions on y.
struct MultiplierHint {
  Multipliers row_dual;
  bool keeps_conditions = false;
};

/// Safe lower bound from any row multipliers (Neumaier & Shcherbina 2004):
///
///   d = cost - A'y        bound = offset + b'y + sum over columns of min d_j x_j for lower ≤ x ≤ upper
///
/// b_i is the row's lower side where y_i > 0, else its upper side; y_i of the wrong sign for a one-sided row
/// counts as 0. Where d_j has the wrong sign for an infinite bound, bounds implied by the rows and by
/// cost'x ≤ cutoff - offset stand in, and the result is min(bound, cutoff): true for every cutoff.
/// A bound of `enough` is not improved.
///
/// In steps, the first of which need no cutoff. Model and matrix must outlive it.
class SafeDualBound {
 public:
  SafeDualBound(const Model& model, const MatrixView& matrix, const Multipliers& row_dual);
  /// So far.
  [[nodiscard]] double value() const { return best_; }
  /// The best of the multipliers as they came and of repaired ones, over the columns' own bounds.
  void repair();
  /// All steps that `enough` asks for.
  [[nodiscard]] double improve(double cutoff, double enough);

 private:
  const Model& model_;
  const MatrixView& matrix_;
  ImpliedBounds box_;  ///< the columns' own bounds
  MultiplierHint dual_;
  std::optional<MultiplierHint> repaired_;
  double best_;
};
/// All of it at once.
[[nodiscard]] double safe_dual_bound(const Model& model, const MatrixView& matrix, const Multipliers& row_dual,
                                     double cutoff, double enough = infinity);

/// The same for multipliers moved a little in a direction that no bound of -∞ comes of (strict_direction.hpp), where
/// need be of the model with its rays opened (free_rays.hpp); with implied bounds, and if that is not `enough` without.
[[nodiscard]] double dual_bound_aside(const Model& model, const MatrixView& matrix, const Multipliers& row_dual,
                                      double cutoff, double enough);

/// True if every point within rows and bounds would have to cost more than 0 by these multipliers.
[[nodiscard]] bool proves_positive(const Model& model, const MatrixView& matrix, const std::vector<double>& row_dual);

}  // namespace pinchpoint::optim
