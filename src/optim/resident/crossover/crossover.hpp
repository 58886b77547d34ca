// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <optional>
#include <vector>

#include "optim/model/basis_code.hpp"
#include "optim/model/model.hpp"

namespace pinchpoint::optim {

/// A basis whose vertex is about as good as a point between vertices that solves the LP nearly: from what is off its
/// bounds a basis is made, then prices that a basis does not allow, and values that are off their bounds without being
/// basic, are pushed away one by one (Megiddo 1991; Bixby & Saltzman 1994). Nothing where rounding is in the way; the
/// last exchanges are not checked by a new factor: ResidentSimplex::if_basis() does that.
///
/// Nothing, too, if `interrupt` becomes true.
///
/// `value` by column, `row_dual` by row; the more exact the point, the fewer pivots are left to a simplex method.
///
/// requires  no integers; lower ≤ upper
[[nodiscard]] std::optional<BasisCode> cross_over(const Model& model, const std::vector<double>& value,
                                                  const std::vector<double>& row_dual,
                                                  const std::atomic<bool>* interrupt = nullptr);

}  // namespace pinchpoint::optim
