// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/stress/operating_problem.hpp"

namespace pinchpoint::stress {

/// Gives an operating problem the columns by which scenarios change tariffs, subsidies, licence shares and content
/// shares. These are coefficients, and each is proportional to the rule's value; so with u'x the part of the plan that
/// the rule is about in a period, and w what one unit of it adds to rows and costs at the rule's value,
///
///   u'x − as_planned − Σ_k changed_k = 0       changed_k adds k/1000 · w
///
/// and a scenario opens one of these columns by its bounds: `as_planned` alone is the problem as it was.
///
/// `changes`: all that any scenario asks. The world and plan are those of make_operating_problem().
void open_forces(OperatingProblem& problem, const World& world, const plan::Plan& plan, const ForceChanges& changes);

}  // namespace pinchpoint::stress
