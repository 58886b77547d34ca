// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/interior/barrier_problem.hpp"
#include "optim/interior/symmetric_factor.hpp"

namespace pinchpoint::optim::interior {

/// A point, or a step. By variable: value, its distances from the bounds and their prices; by row: price.
struct Iterate {
  std::vector<double> x, to_lower, to_upper, z_lower, z_upper;
  std::vector<double> y;
};

/// What is wrong with a point, or what a step is to mend:
///   rows = side − A x + s,  lower = l − x + to_lower,  upper = u − x − to_upper,  dual = c − A'y − z_lower + z_upper
/// and what to_lower·z_lower and to_upper·z_upper are to change by.
struct Residuals {
  std::vector<double> rows, lower, upper, dual;
  std::vector<double> lower_product, upper_product;
};

/// Steps of the primal-dual equations at a point, each variable and price held near where it is by a small weight
/// (proximal: Friedlander & Orban 2012), so that there is a factor whatever depends on what.
class Newton {
 public:
  Newton(const BarrierProblem& problem, SymmetricFactor factor);
  /// False if there is no factor.
  [[nodiscard]] bool factorise(const Iterate& point);
  /// For the starting point: every variable weighs the same.
  [[nodiscard]] bool factorise_evenly();
  void solve(const Iterate& point, const Residuals& wanted, Iterate& step);
  /// [−H A'; A D] (x, y) = (of_columns, of_rows), refined.
  void solve(std::vector<double>& of_columns, std::vector<double>& of_rows);

  /// Were the equations of the last factor solved badly?
  [[nodiscard]] bool is_poor() const { return !(worst_ < 1e-6); }
  /// Holds more tightly, for a better factor. False if that is not possible.
  [[nodiscard]] bool hold_tighter();
  /// Holds as loosely as the accuracy of the last solves allows.
  void adapt_hold();

 private:
  [[nodiscard]] bool factorise_weights();
  /// Of the equations with so much less hold than the factor's.
  void residual(const std::vector<double>& solution, double less, std::vector<double>& rest) const;
  [[nodiscard]] double largest_row(const std::vector<double>& vector) const;
  void let_go_of_rows();

  const BarrierProblem& problem_;
  SymmetricFactor factor_;
  double hold_;
  double worst_ = 0;            ///< relative residual of the solves since the last factor
  std::vector<double> weight_;  ///< H by variable
  std::vector<double> slack_;   ///< D by row: 1 / H of its slack; an equation's is 0
  std::vector<double> diagonal_, right_, solution_, refined_, rest_, reduced_;
};

}  // namespace pinchpoint::optim::interior
