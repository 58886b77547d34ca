// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/plan/plan.hpp"

namespace pinchpoint::explain {

/// A plan's numbers as people see them: by family, in display units, with the noise of arithmetic taken away.
/// Keeps references to the world and the plan.
class ShownValues {
 public:
  ShownValues(const World& world, const plan::Plan& plan);

  [[nodiscard]] bool has_values() const { return !values_.empty(); }
  [[nodiscard]] bool has_duals() const { return has_duals_; }
  /// Indices of the family's columns or rows, ascending.
  [[nodiscard]] const std::vector<std::size_t>& members(plan::Family family) const;
  [[nodiscard]] const plan::Display& display(const optim::Key& key) const;

  /// Value of a column in natural units. Less than 1e-9 of the largest of its thing is zero.
  [[nodiscard]] double natural(std::size_t column) const { return values_.at(column); }
  /// The same in display units.
  [[nodiscard]] double value(std::size_t column) const;
  [[nodiscard]] double reduced_cost(std::size_t column) const;  ///< discounted money per display unit
  /// Left side of a row, recomputed from the values; natural units.
  [[nodiscard]] double activity(std::size_t row) const { return activities_.at(row); }
  [[nodiscard]] double dual(std::size_t row) const;  ///< discounted money per display unit
  /// Worth of one display unit more in money of the row's own period: the dual without discount, positive where a limit
  /// holds the plan back or a unit must be found.
  [[nodiscard]] double price(std::size_t row) const;
  /// The same of a column's bound, from its reduced cost: positive where the bound holds the plan back.
  [[nodiscard]] double bound_price(std::size_t column) const;
  /// "USD/wafer" or "USD/(wafer/month)"
  [[nodiscard]] std::string price_unit(const optim::Key& key) const;
  /// Period of a key; invalid where its family has none.
  [[nodiscard]] PeriodId period(const optim::Key& key) const;

 private:
  void clean_values();
  void compute_activities();
  [[nodiscard]] double discount(const optim::Key& key) const;

  const World& world_;
  const plan::Plan& plan_;
  bool has_duals_ = false;
  std::vector<double> values_, activities_;
  std::vector<double> discounts_;                                                    // by period
  std::vector<std::vector<std::size_t>> members_;                                    // by family
  mutable std::map<std::pair<std::int32_t, std::int32_t>, plan::Display> displays_;  // by family and first index
};

/// Place of a space in a family's keys, or -1.
[[nodiscard]] int place_of(plan::Family family, plan::Space space);
using plan::family_of;

}  // namespace pinchpoint::explain
