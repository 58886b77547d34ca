// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/solve/proof/lower/bound_propagation.hpp"
#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::optim {

/// Ranges of columns that hold at every point whose risk is at most `upper`, in every future of one recourse.
struct JointBox {
  ImpliedBounds first, recourse;
};
/// By recourse, from rows of both stages with the loosest sides of its futures, and from cost: the mean is at most the
/// risk, so a future of probability p costs at most (upper - what the others cost at least) / p.
[[nodiscard]] std::vector<JointBox> implied_boxes(const TwoStageProblem& problem, double upper);

/// By recourse: its futures that count.
[[nodiscard]] std::vector<std::vector<std::size_t>> futures_by_recourse(const TwoStageProblem& problem);

/// First stage and one recourse together, with the loosest bounds and sides of its futures: its optimum is a cost below
/// which none of them lies, whatever the first stage.
[[nodiscard]] Model joint_model(const TwoStageProblem& problem, std::int32_t recourse,
                                const std::vector<std::size_t>& futures);

/// A cost below which the recourse of a future never lies, from bounds of its columns alone; -∞ if there is none.
[[nodiscard]] double recourse_floor(const TwoStageProblem& problem, const Future& future);

}  // namespace pinchpoint::optim
