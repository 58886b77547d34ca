// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/solve/proof/lower/bound_propagation.hpp"
#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::optim {

/// Ranges of columns that hold at every point whose risk is at most `upper`, in every future of one recourse.
struct JointBox {
  ImpliedBounds first, recourse;
};
/// From rows of both stages with the loosest sides of the futures, and from cost: the mean is at most the risk, so a
/// future of probability p costs at most (upper - what the others cost at least) / p.
[[nodiscard]] JointBox implied_box(const TwoStageProblem& problem, std::int32_t recourse, double upper);

/// First stage and one recourse together, with the loosest bounds and sides of its futures: its optimum is a cost below
/// which none of them lies, whatever the first stage.
[[nodiscard]] Model joint_model(const TwoStageProblem& problem, std::int32_t recourse);

/// A cost below which the recourse of a future never lies, from bounds of its columns alone; -∞ if there is none.
[[nodiscard]] double recourse_floor(const TwoStageProblem& problem, const Future& future);

}  // namespace pinchpoint::optim
