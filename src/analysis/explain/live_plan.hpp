// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "analysis/plan/plan.hpp"
#include "optim/solve/scaling.hpp"
#include "optim/solve/sensitivity.hpp"

namespace pinchpoint::explain {

/// Amounts by which sides of rows and bounds of columns move together, per unit of relief; natural units.
struct Shift {
  std::vector<std::pair<std::size_t, double>> rows, columns;
};

/// What a plan becomes when limits are shifted.
struct Trial {
  bool is_optimal = false;
  double objective = 0;
  std::vector<double> value, reduced_cost;  ///< by column
  std::vector<double> row_dual;             ///< by row
  double slope = 0;                         ///< d objective / d step at the new optimum
  optim::StepRange range;                   ///< steps, counted from the plan, for which the new optimum's rates hold
};

/// A plan's LP kept warm, in natural units: what a unit of each limit does, and what the plan becomes when limits
/// move. Integers stay as the plan chose them. Not thread-safe; one a thread. The plan must outlive it.
class LivePlan {
 public:
  /// Solves from the plan's own basis where it carries one.
  /// requires: a plan with values that is optimal
  explicit LivePlan(const plan::Plan& plan, const std::atomic<bool>* interrupt = nullptr);

  /// False if the LP could not be solved again: nothing else may be asked then.
  [[nodiscard]] bool is_ready() const { return solution_.status == optim::Status::optimal; }
  [[nodiscard]] const optim::Model& model() const { return natural_; }
  [[nodiscard]] const optim::Solution& solution() const { return natural_solution_; }

  /// By row: change of Σ weight · column per unit of the side that binds, at the plan's basis.
  [[nodiscard]] std::vector<double> row_rates(const std::vector<double>& weights);
  /// Steps along the shift for which the plan's basis stays feasible.
  [[nodiscard]] optim::StepRange range(const Shift& shift);
  /// Solves again with the shift times `step`; the plan itself is restored afterwards.
  [[nodiscard]] Trial try_shift(const Shift& shift, double step);
  /// A move of a row's side that is small beside all that happens in the row, and large beside the solver's tolerance.
  [[nodiscard]] double hair_of(std::size_t row) const;

 private:
  void apply(const Shift& shift, double step);
  [[nodiscard]] optim::StepRange range_at(const Shift& shift, const optim::Solution& solution);

  optim::Model natural_;
  optim::ScaledModel scaled_;
  std::unique_ptr<optim::Session> session_;
  optim::SolveOptions options_;
  optim::Solution solution_, natural_solution_;
};

}  // namespace pinchpoint::explain
