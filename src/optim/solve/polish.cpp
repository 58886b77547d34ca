// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/polish.hpp"

#include <algorithm>
#include <cmath>

namespace pinchpoint::optim {

Model with_integers_fixed(const Model& model, const std::vector<double>& values) {
  Model fixed = model;
  for (std::size_t column = 0; column < values.size(); ++column) {
    if (model.is_integer[column] == 0) continue;
    const double rounded =
        std::clamp(std::round(values[column]), std::ceil(model.lower[column]), std::floor(model.upper[column]));
    fixed.lower[column] = rounded;
    fixed.upper[column] = rounded;
    fixed.is_integer[column] = 0;
  }
  return fixed;
}

void polish_integers(const Model& model, const SolveOptions& options, Solution& solution) {
  const Model fixed = with_integers_fixed(model, solution.value);
  const std::unique_ptr<Session> session = backends().front().open();
  session->load(fixed);
  SolveOptions lp_options = options;
  lp_options.method = Method::simplex;
  lp_options.log_file.clear();
  // A search that ran out of time may take a little longer for values that fit; one interrupted may not.
  if (solution.status == Status::limit_reached) lp_options.time_limit = 1 + 0.1 * options.time_limit;
  Solution polished = session->solve(lp_options);
  if (polished.status != Status::optimal) return;
  solution.value = std::move(polished.value);
  solution.activity = std::move(polished.activity);
  solution.row_dual = std::move(polished.row_dual);
  solution.reduced_cost = std::move(polished.reduced_cost);
  solution.has_duals = polished.has_duals;
  solution.column_basis = std::move(polished.column_basis);
  solution.row_basis = std::move(polished.row_basis);
  solution.objective = polished.objective;
}

}  // namespace pinchpoint::optim
