// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/explain/goals.hpp"
#include "analysis/explain/live_plan.hpp"
#include "analysis/explain/pinch.hpp"
#include "analysis/explain/wording.hpp"

namespace pinchpoint::explain {

/// What relief does to one programme. Rates and gains in the goal's unit, per unit of relief.
struct GoalGain {
  double at_basis = 0;     ///< rate at the plan's own basis: one-sided where the plan is degenerate
  double more = 0;         ///< change per unit when the whole step is given and the plan made anew; after trial
  double less = 0;         ///< loss per unit when the step is taken away; after trial
  double more_in_all = 0;  ///< as `more`, over the whole horizon, in the unit of the commodity
};

/// A limit that binds, and what it would do to relieve it from its first binding period on.
///
/// One unit of relief is one `unit` more (a wafer a month, a MW, a unit of money; for rows that ask for something, one
/// less) in every period from `first` on; money and opening stock once.
struct Relief {
  std::string family;
  Thing thing;
  std::vector<std::size_t> pinches;  ///< rows of the list given, by period
  PeriodId first, last;
  int periods = 0;
  std::string unit;
  double amount = 0;  ///< in use, in `unit`: the mean over the periods in which it binds
  double step = 0;    ///< units of relief that were tried: a power of ten, at most a twentieth of the amount
  double worth = 0;   ///< objective saved per unit of relief, discounted, at the plan's basis
  double price = 0;   ///< largest price of one unit in one period, money of the period
  std::string price_unit;
  Shift shift;
  std::vector<GoalGain> goals;  ///< in the order of the goals
  optim::StepRange range;       ///< units for which the worth holds (after trial: to each side of the plan)
  bool is_tried = false;
  double worth_more = 0, worth_less = 0;  ///< objective saved per unit over the whole step; lost per unit
  double cost = 0;  ///< overnight cost of one unit of capacity, or 1 for money; 0 where the relief has no price
  std::string sentence;
};

/// One relief a limit and place; those that gain most for the first goal with one hundredth more come first, then
/// those of the greatest worth.
[[nodiscard]] std::vector<Relief> find_reliefs(const World& world, const plan::Plan& plan, const ShownValues& values,
                                               const std::vector<PinchRow>& pinches, const std::vector<Goal>& goals,
                                               LivePlan& live);
/// Solves the plan again with the step of relief, and with as much less; fills what says so above.
void try_relief(const std::vector<Goal>& goals, LivePlan& live, Relief& relief);
/// "1,000 wafer/month more capacity of … from 2025Q1 on is worth 3.2 MW …"
[[nodiscard]] std::string relief_sentence(const World& world, const std::vector<Goal>& goals, const Relief& relief);

}  // namespace pinchpoint::explain
