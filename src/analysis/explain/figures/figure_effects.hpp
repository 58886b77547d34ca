// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/explain/figures/changed_models.hpp"
#include "analysis/explain/goals.hpp"
#include "analysis/explain/live_plan.hpp"

namespace pinchpoint::explain {

/// How the answer hangs on one figure of the input.
struct FigureEffect {
  std::size_t figure = 0;  ///< in all_figures()
  /// d objective / d figure, money per unit of the figure: by the Lagrange function at the plan's values and duals.
  double slope = 0;
  std::vector<double> goal_slopes;  ///< d goal / d figure at the plan's basis, by goal
  double down = 0, up = 0;          ///< slope × (low − value), slope × (high − value); 0 without a band
  double swing = 0;                 ///< |slope| × (high − low)
  bool has_effect = false;          ///< some number of the model depends on it
  bool is_step = false;             ///< acts through dates, counts or existence: only a new plan says what it does
  struct Exact {
    double down = 0, up = 0;  ///< objective with the figure at its low, high end, less the plan's
    std::vector<double> goals_down, goals_up;
  };
  std::optional<Exact> exact;
};

struct EffectOptions {
  int threads = 2;
  bool relax_integers = false;
  std::size_t exact = 0;  ///< so many of the strongest, and of the steps, are planned anew at their band's ends
  std::function<void(std::size_t done, std::size_t all)> on_progress;
  const std::atomic<bool>* interrupt = nullptr;
};

/// One effect a figure, in the order of all_figures(). docs/formulation/explain.md
///
/// Figures are moved a hair in groups, and each number of the model that moves says by its pattern over three moves
/// which figure moved it; groups in which two figures move one number are split. No file is read again.
[[nodiscard]] std::vector<FigureEffect> find_effects(const tables::ModelFolder& folder,
                                                     const plan::PlanProblem& problem, const std::vector<Goal>& goals,
                                                     LivePlan& live, const EffectOptions& options);

}  // namespace pinchpoint::explain
