// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optim/interdiction/target.hpp"
#include "optim/solve/solution.hpp"

namespace pinchpoint::optim {

/// True if the model has no point under the patch, proved in interval arithmetic: by crossed bounds, by the ray that
/// `solution` carries, or else by the duals of an LP that lets rows give way.
[[nodiscard]] bool prove_no_answer(const Model& model, const Patch& patch, const Solution& solution);

}  // namespace pinchpoint::optim
