// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "analysis/plan/plan.hpp"
#include "analysis/stress/forces/force_switch.hpp"
#include "domain/world/world.hpp"

namespace pinchpoint::stress {

/// What may be decided once a shock is there.
enum class Response {
  operate,  ///< run, trade, stock, substitute; orders of the plan may be given up, none added
  rebuild,  ///< and order anew, under the world's lead times and limits
};

/// A rule that had to give way, at a price, since nothing else is left: "at least" rows whose means a shock took away.
struct Relief {
  std::size_t row = 0;     ///< of the plan's model
  std::size_t column = 0;  ///< of the operating problem
};

/// A relief that a row needs: +1 adds to the row, -1 takes from it; at most so much.
struct ReliefNeed {
  int direction = 1;
  double most = 0;
};
/// Of a row of the plan with these sides, where doing nothing comes to `rest`. Sides may move in a scenario, and a
/// budget collapse: room for that is left.
[[nodiscard]] std::optional<ReliefNeed> relief_needed(const optim::Key& row, double rest, double lower, double upper);

/// A plan from one period on, with everything before it decided: what a surprise leaves to decide. An LP in natural
/// units, with costs from that period on. docs/formulation/stress.md
///
/// Columns before `start` are constants at the plan's values, but for orders: what is still to come of an order of the
/// past can be given up without refund (0 ≤ order ≤ plan). Orders from `start` on are at most the plan's, or free to
/// rebuild: up to ten times the capacity that makes the same good in the plan's last period. Capacity available is at
/// most what stands and the plan ordered. Integers are taken as they were decided.
struct OperatingProblem {
  PeriodId start;
  Response response = Response::operate;
  optim::Model model;
  std::vector<std::int32_t> column_of,
      row_of;  ///< by column, row of the plan; -1: decided before, or without meaning now
  std::vector<std::int32_t> plan_column, plan_row;  ///< by column, row of this; -1: not of the plan
  std::vector<Relief> reliefs;
  std::vector<double> rest;  ///< by row of this: what doing nothing puts into it, what was decided before apart
  double rest_cost = 0;      ///< of doing nothing from `start` on and leaving all demand unmet

  /// Capacity an outage can take, amount a year: what stands and what the plan ordered (rebuild: ordered before
  /// `start`).
  plan::PeriodGrid<plan::AssetTag, double> capacity;
  /// Column "available" of this problem, or the row that bounds it (rebuild, where more may be ordered): one is -1.
  plan::PeriodGrid<plan::AssetTag, std::int32_t> available_column, outage_row;
  ForceSwitches forces;  ///< none until open_forces()
};

/// requires: a plan with values
[[nodiscard]] OperatingProblem make_operating_problem(const World& world, const plan::Plan& plan, PeriodId start,
                                                      Response response);

/// Gives rows of this problem reliefs of a direction, which are shut until a patch opens them.
void add_reliefs(OperatingProblem& problem, const plan::Plan& plan,
                 const std::set<std::pair<std::int32_t, int>>& rows_and_directions);

}  // namespace pinchpoint::stress
