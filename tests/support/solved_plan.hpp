// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "analysis/plan/plan.hpp"
#include "support/world_text.hpp"

namespace pinchpoint::test_support {

/// A certified plan whose columns and rows are looked up by name, as in "order[mine,AU,firm,2025]".
/// Values are in natural units: amounts in the commodity's unit, capacities in amounts per year, money discounted.
class SolvedPlan {
 public:
  explicit SolvedPlan(plan::Plan plan);

  [[nodiscard]] const plan::Plan& plan() const& { return plan_; }
  const plan::Plan& plan() && = delete;
  [[nodiscard]] double objective() const { return plan_.solution.objective; }
  [[nodiscard]] bool has_column(std::string_view name) const { return columns_.contains(name); }
  [[nodiscard]] bool has_row(std::string_view name) const { return rows_.contains(name); }

  // Each of these throws if there is no such column or row.
  [[nodiscard]] double value(std::string_view column) const;
  [[nodiscard]] double reduced_cost(std::string_view column) const;
  [[nodiscard]] double dual(std::string_view row) const;
  [[nodiscard]] double activity(std::string_view row) const;
  [[nodiscard]] double row_lower(std::string_view row) const;
  [[nodiscard]] double row_upper(std::string_view row) const;
  /// Coefficient of a column in a row; 0 where there is no entry.
  [[nodiscard]] double entry(std::string_view row, std::string_view column) const;
  /// Undiscounted money of all cost lines of a kind.
  [[nodiscard]] double cost(plan::CostKind kind) const;

 private:
  using Index = std::map<std::string, std::size_t, std::less<>>;
  plan::Plan plan_;
  Index columns_, rows_;
};

/// Solves; throws unless the plan is optimal, certified to `tolerance`, and its cost lines add up to the objective.
[[nodiscard]] SolvedPlan plan_of(const World& world, const plan::PlanOptions& options = {});
[[nodiscard]] SolvedPlan plan_of(const WorldText& text, const plan::PlanOptions& options = {});
/// The same with blocks and smallest orders taken as divisible.
[[nodiscard]] SolvedPlan relaxed_plan_of(const WorldText& text);

}  // namespace pinchpoint::test_support
