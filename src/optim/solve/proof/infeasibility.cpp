// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/certificate.hpp"
#include "optim/solve/proof/lower/dual_bound.hpp"

namespace pinchpoint::optim {

namespace {

bool has_crossed_sides(const std::vector<double>& lower, const std::vector<double>& upper) {
  for (std::size_t at = 0; at < lower.size(); ++at) {
    if (lower[at] > upper[at]) return true;
  }
  return false;
}

}  // namespace

bool certify_infeasible(const Model& model, const std::vector<double>& ray) {
  if (has_crossed_sides(model.lower, model.upper) || has_crossed_sides(model.row_lower, model.row_upper)) return true;
  if (ray.size() != model.row_lower.size()) return false;
  // With no costs every feasible point has value 0: a dual bound above 0 leaves none.
  Model costless = model;
  costless.offset = 0;
  costless.cost.assign(model.cost.size(), 0.0);
  const MatrixView matrix(costless);
  std::vector<double> opposite(ray);
  for (double& multiplier : opposite) multiplier = -multiplier;
  return proves_positive(costless, matrix, ray) || proves_positive(costless, matrix, opposite);
}

}  // namespace pinchpoint::optim
