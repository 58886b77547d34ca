// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "analysis/stress/effects.hpp"
#include "optim/stochastic/two_stage.hpp"

namespace pinchpoint::hedge {

/// What shocks of several scenarios can limit only in proportion to what the plan builds or sends.
struct TouchedLimits {
  std::set<std::pair<plan::AssetId, std::int32_t>> capacity;  ///< asset and period
  std::set<std::int32_t> flows;                               ///< columns of the plan
};

/// The operating problem from one period on (analysis/stress), with the plan's decisions left open: rows are linked to
/// columns of the plan where stress::OperatingProblem has the plan's values. docs/formulation/two_stage.md
///
///   order taken up ≤ order placed           capacity left ≤ factor (standing + Σ share · order placed) - lost
///   flow left ≤ factor · flow of the plan   balances of the period: what stocks and orders of the past bring
struct Surprise {
  PeriodId start;
  optim::Recourse recourse;
  std::vector<std::int32_t> column_of, row_of;  ///< by column, row of the plan; -1: none
  /// By asset and period: row on available capacity, and links of orders to it.
  struct CapacityRow {
    std::int32_t row = -1;
    double standing = 0;
    std::vector<std::pair<std::int32_t, double>> orders;  ///< columns of the plan, capacity per unit
  };
  std::map<std::pair<plan::AssetId, std::int32_t>, CapacityRow> capacity_rows;
  std::map<std::int32_t, std::int32_t> flow_rows;  ///< by column of the plan
};

/// `reference`: the operating problem of the plain plan from the same period, which says what relief costs.
[[nodiscard]] Surprise make_surprise(const plan::Plan& plan, const stress::OperatingProblem& reference,
                                     const TouchedLimits& touched);

/// One scenario as a future of the two-stage problem. `recourse`: the surprise's place in it.
[[nodiscard]] optim::Future future_of(const plan::Plan& plan, const stress::OperatingProblem& reference,
                                      const Surprise& surprise, const stress::Effects::Limits& limits,
                                      std::int32_t recourse);

}  // namespace pinchpoint::hedge
