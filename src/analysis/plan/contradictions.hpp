// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/plan/plan.hpp"
#include "optim/solve/scaling.hpp"

namespace pinchpoint::plan {

/// Solves an infeasible problem again with its rules made elastic, and names those that must give way: first rules that
/// people set (budgets, quotas, licences, content, reserves, cover), and if that is not enough, any row.
[[nodiscard]] std::vector<Contradiction> find_contradictions(const World& world, const PlanProblem& problem,
                                                             const optim::ScaledModel& scaled,
                                                             const optim::SolveOptions& options);

}  // namespace pinchpoint::plan
