// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "optim/model/model.hpp"

namespace pinchpoint::bench {

/// What two builders of one problem must agree on, whatever the order of their rows and columns.
///
///   f(x) = x/(1+|x|), f(±infinity) = ±2
///   r_i  = f(Σ_j a_ij) + f(Σ_j a_ij²)/2 + f(lower_i)/4 + f(upper_i)/8
///   c_j  = f(Σ_i a_ij) + f(Σ_i a_ij²)/2 + f(lower_j)/4 + f(upper_j)/8 + f(cost_j)/3
///   sums = Σ a_ij, Σ a_ij², Σ f(a_ij)(1+r_i)(1+2c_j), Σ r_i², Σ c_j², Σ cost_j
///
/// Rows without entries count nowhere: Pyomo and linopy drop them. The third sum changes if an entry moves to another
/// row or column. `bench/races/fingerprint.py` computes the same.
struct Fingerprint {
  std::int64_t rows = 0;                   ///< with entries
  std::int64_t columns = 0, nonzeros = 0;  ///< columns that are in a row or cost something
  std::array<double, 6> sums{};
};

[[nodiscard]] Fingerprint fingerprint(const optim::Model& model);

}  // namespace pinchpoint::bench
