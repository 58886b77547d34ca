// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "analysis/compose/composer.hpp"
#include "optim/model/model.hpp"

namespace pinchpoint::compose::internal {

/// A number as a double, for a solver: never compared with anything that counts.
[[nodiscard]] double near(const Exact& exact);

/// What a program minimises: cost, day of delivery, or minus (US value - lambda x value) of the hardware; or members.
struct Goal {
  Aim aim = Aim::cost;
  Exact lambda;  ///< content
  bool is_fewest = false;
};

/// The mixed-integer program of a wish over the offers that it allows.
struct Program {
  optim::Model model;
  std::vector<int> offers;  ///< of the columns of units, in order
  std::vector<int> leaders;
  std::vector<optim::ColumnId> units, leads;  ///< as offers, leaders

  [[nodiscard]] std::vector<Take> takes_of(const std::vector<double>& values) const;
  [[nodiscard]] int anchor_of(const std::vector<double>& values) const;
};

/// `margin` is added to the right-hand side of every row of content, millions of USD.
[[nodiscard]] Program program_of(const Catalogue& catalogue, const std::vector<int>& offers, const Wish& wish,
                                 const Goal& goal, double margin);

}  // namespace pinchpoint::compose::internal
