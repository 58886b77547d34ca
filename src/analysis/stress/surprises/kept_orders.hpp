// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/stress/operating_problem.hpp"
#include "optim/model/patch.hpp"

namespace pinchpoint::stress {

/// Orders of the past that a solution gives up for nothing are kept: in turn, as much of each as rows have room for.
/// They are paid, so the solution stays as good; but what a later surprise finds is no matter of the solver's luck.
void keep_orders(const OperatingProblem& problem, const optim::Patch& patch, std::vector<double>& value);

}  // namespace pinchpoint::stress
