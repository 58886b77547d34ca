// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "delivery/importers/temoa/network.hpp"

namespace pinchpoint::importers::temoa {

/// Present value, in the year of order, of all payments on a loan of 1: what capital costs are multiplied by. 1 if the
/// loan has the discount rate.
///
/// With a survival curve Temoa spreads the cost over the capacity that is left in each year, and counts the years
/// inside the horizon; then the factor also holds that share over the one of equal yearly payments, which the engine
/// counts.
///
/// Source: Temoa, components/costs.py, loan_cost and loan_cost_survival_curve
[[nodiscard]] double loan_factor(const Network& network, const Process& process);

}  // namespace pinchpoint::importers::temoa
