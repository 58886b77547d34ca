// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/follower/infeasible_set.hpp"

#include <algorithm>

#include "optim/solve/certificate.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

namespace {

/// min Σ (above + below) over rows that may give way both ways; costs left out. Its duals are a Farkas ray where its
/// optimum is above 0.
Model with_elastic_rows(Model model) {
  std::fill(model.cost.begin(), model.cost.end(), 0.0);
  for (std::int32_t row = 0; row < model.row_count(); ++row) {
    for (const double sign : {1.0, -1.0}) {
      model.cost.push_back(1);
      model.lower.push_back(0);
      model.upper.push_back(infinity);
      model.is_integer.push_back(0);
      model.column_key.emplace_back();
      model.matrix.row.push_back(row);
      model.matrix.value.push_back(sign);
      model.matrix.start.push_back(static_cast<std::int32_t>(model.matrix.row.size()));
    }
  }
  return model;
}

}  // namespace

bool prove_no_answer(const Model& model, const Patch& patch, const Solution& solution) {
  if (is_crossed(patch)) return true;
  const Model narrowed = patched(model, patch);
  if (solution.has_ray && certify_infeasible(narrowed, solution.ray)) return true;
  const Solution elastic = solve(with_elastic_rows(narrowed), {.method = Method::simplex});
  return elastic.has_duals && certify_infeasible(narrowed, elastic.row_dual);
}

}  // namespace pinchpoint::optim
