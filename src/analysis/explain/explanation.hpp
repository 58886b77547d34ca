// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/explain/break_even.hpp"
#include "analysis/explain/causes.hpp"
#include "analysis/explain/figures/figure_effects.hpp"
#include "analysis/explain/relief.hpp"

namespace pinchpoint::explain {

struct ExplainOptions {
  std::vector<ProgrammeId> programmes;  ///< empty: those of choose_goals()
  std::optional<PeriodId> at;           ///< period in which programmes are looked at instead of their due one
  std::size_t top = 12;                 ///< reliefs that are tried by planning anew
  bool with_figures = true;
  std::size_t exact = 0;  ///< figures planned anew at both ends of their bands
  int threads = 2;
  std::function<void(std::string_view phase)> on_phase;  ///< "pinch", "why", "figures", "break-even"
  std::function<void(std::string_view phase, std::size_t done, std::size_t all)> on_progress;
  const std::atomic<bool>* interrupt = nullptr;
};

/// Why a plan is as it is. docs/formulation/explain.md
struct Explanation {
  bool is_complete = false;  ///< false: the plan has no optimal LP to explain; `problem` says why
  std::string problem;
  bool has_integers = false;  ///< whole blocks stay as chosen in all that is said
  std::vector<Goal> goals;
  std::vector<PinchRow> pinches;                 ///< by period
  std::vector<std::vector<double>> pinch_rates;  ///< by pinch and goal: goal's unit per one unit of the pinch's price
  std::vector<Relief> reliefs;
  std::vector<Cause> causes;  ///< one a goal
  std::vector<Figure> figures;
  std::vector<std::string> figure_names;    ///< by figure: what it is about, in names
  std::vector<std::string> figure_sources;  ///< by figure: publishers and titles
  std::vector<FigureEffect> effects;        ///< one a figure
  std::vector<std::size_t> strongest;       ///< figures with an effect, greatest swing first
  std::vector<BreakEven> break_evens;
};

/// requires: a plan that make_plan() made of the world, and the folder it was loaded from
[[nodiscard]] Explanation explain_plan(const tables::ModelFolder& folder, const World& world, const plan::Plan& plan,
                                       const ExplainOptions& options);

/// Reliefs that help a goal: most gained by one hundredth more of what there is; and, of those with a price, the
/// cheapest per unit gained. Indices of reliefs.
struct BestReliefs {
  std::optional<std::size_t> strongest, cheapest;
};
[[nodiscard]] BestReliefs best_reliefs(const std::vector<Relief>& reliefs, std::size_t goal);
/// "Cheapest relief: …"; empty if nothing tried helps.
[[nodiscard]] std::vector<std::string> relief_advice(const World& world, const Explanation& explanation,
                                                     std::size_t goal);

}  // namespace pinchpoint::explain
