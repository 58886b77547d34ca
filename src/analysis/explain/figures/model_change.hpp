// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "analysis/explain/goals.hpp"
#include "analysis/explain/live_plan.hpp"

namespace pinchpoint::explain {

/// One number of a problem. Sums of many things' money (the objective's constant, sides of budgets) are taken term by
/// term: else every figure that moves one of the things would move the same number.
struct ModelNumber {
  enum class Kind { offset, constant, cost, lower, upper, row_lower, row_upper, entry } kind = Kind::offset;
  std::size_t row = 0, column = 0;
  std::size_t place = 0;  ///< of an entry, in the matrix of a model of the same pattern; of a constant, among them

  [[nodiscard]] double in(const plan::PlanProblem& problem) const;
};

/// What a change of each number of a plan's model does, to first order: to the objective, by the Lagrange function
///
///   dL = d offset + Σ x_j dc_j + Σ y_i (d side_i − Σ x_j da_ij) + Σ reduced_cost_j d bound_j
///
/// and to a goal, with the rates of the goal at the basis in the place of y and reduced_cost and no effect of costs.
class ModelPrices {
 public:
  /// `problem` is the plan's own: that of the live plan has its integers fixed.
  ModelPrices(const plan::PlanProblem& problem, const std::vector<Goal>& goals, LivePlan& live);

  [[nodiscard]] const plan::PlanProblem& problem() const { return problem_; }
  [[nodiscard]] std::size_t goal_count() const { return goals_.size(); }
  [[nodiscard]] double of_objective(const ModelNumber& number) const;
  [[nodiscard]] double of_goal(std::size_t goal, const ModelNumber& number) const;
  /// True if a change as large as the number itself would matter to nobody.
  [[nodiscard]] bool is_negligible(const ModelNumber& number, double change) const;

 private:
  struct Rates {
    std::vector<double> row, column;
  };
  [[nodiscard]] double price(const ModelNumber& number, const Rates& rates) const;

  const plan::PlanProblem& problem_;
  const optim::Solution& solution_;
  Rates duals_;
  std::vector<Rates> goals_;
  std::vector<double> goal_sizes_;
};

/// True if both have the same rows and columns, by name and order.
[[nodiscard]] bool same_keys(const optim::Model& left, const optim::Model& right);
/// True if, besides, the same entries are there and constants were added to the same rows.
[[nodiscard]] bool same_pattern(const plan::PlanProblem& left, const plan::PlanProblem& right);
/// True if they differ in anything.
[[nodiscard]] bool differs(const plan::PlanProblem& left, const plan::PlanProblem& right);
/// Calls `see` with every number that differs and its change from left to right. requires: same_keys of their models
void for_each_difference(const plan::PlanProblem& left, const plan::PlanProblem& right,
                         const std::function<void(const ModelNumber&, double)>& see);

}  // namespace pinchpoint::explain
