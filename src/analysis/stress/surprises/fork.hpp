// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "analysis/stress/operating_problem.hpp"
#include "optim/solve/proof/interval.hpp"

namespace pinchpoint::stress {

/// An operating problem's bounds and sides for a scenario that has decided before its start otherwise than the plan,
/// where they differ. Sides are rounded outward, so that bounds from below hold for what was decided in exact numbers.
struct Fork {
  using Ranges = std::map<std::int32_t, std::pair<double, double>>;
  Ranges columns, rows;
  std::map<std::pair<plan::AssetId, std::int32_t>, double> capacity;  ///< as OperatingProblem::capacity

  [[nodiscard]] double capacity_of(const OperatingProblem& problem, plan::AssetId asset, std::int32_t period) const {
    const auto own = capacity.find({asset, period});
    return own != capacity.end() ? own->second : problem.capacity(asset, PeriodId(period));
  }
  [[nodiscard]] std::pair<double, double> sides_of(const OperatingProblem& problem, std::int32_t row) const {
    const auto own = rows.find(row);
    if (own != rows.end()) return own->second;
    const auto at = static_cast<std::size_t>(row);
    return {problem.model.row_lower[at], problem.model.row_upper[at]};
  }
  [[nodiscard]] double moved_upper(const OperatingProblem& problem, std::int32_t row, double move) const {
    const double upper = sides_of(problem, row).second;
    return rows.contains(row) ? optim::add_up(upper, move) : upper + move;
  }
};

}  // namespace pinchpoint::stress
