// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/scaled_problem.hpp"

#include <cmath>

namespace pinchpoint::optim {

namespace {

void move_costs(Model& model, int exponent) {
  for (double& cost : model.cost) cost = std::ldexp(cost, exponent);
  model.offset = std::ldexp(model.offset, exponent);
}

void scale_links(std::vector<Link>& links, const Scaling& recourse, const std::vector<int>& first) {
  for (Link& link : links) {
    link.value = std::ldexp(
        link.value, recourse.row[static_cast<std::size_t>(link.row)] + first[static_cast<std::size_t>(link.column)]);
  }
}

std::vector<double> moved(std::vector<double> values, const std::vector<int>& exponents, int sign) {
  for (std::size_t at = 0; at < values.size(); ++at) values[at] = std::ldexp(values[at], sign * exponents[at]);
  return values;
}

}  // namespace

double ScaledTwoStage::natural_cost(double scaled) const { return std::ldexp(scaled, -objective); }
std::vector<double> ScaledTwoStage::natural_first(const std::vector<double>& scaled) const {
  return moved(scaled, first, 1);
}
std::vector<double> ScaledTwoStage::scaled_first(const std::vector<double>& natural) const {
  return moved(natural, first, -1);
}

ScaledTwoStage scale(const TwoStageProblem& problem) {
  ScaledTwoStage scaled;
  ScaledModel first = scale(problem.first);
  scaled.first = first.scaling.column;
  scaled.problem.first = std::move(first.model);
  std::vector<Scaling> scalings;
  for (const Recourse& recourse : problem.recourses) {
    ScaledModel own = scale(recourse.model);
    if (scalings.empty()) scaled.objective = own.scaling.objective;
    move_costs(own.model, scaled.objective - own.scaling.objective);
    Recourse target{std::move(own.model), recourse.links, recourse.first_cost};
    scale_links(target.links, own.scaling, scaled.first);
    target.first_cost = moved(std::move(target.first_cost), scaled.first, 1);
    for (double& cost : target.first_cost) cost = std::ldexp(cost, scaled.objective);
    scaled.problem.recourses.push_back(std::move(target));
    scalings.push_back(std::move(own.scaling));
  }
  if (scalings.empty()) scaled.objective = first.scaling.objective;
  move_costs(scaled.problem.first, scaled.objective - first.scaling.objective);
  for (const Future& future : problem.futures) {
    Future target = future;
    if (future.recourse >= 0) {
      const Scaling& scaling = scalings[static_cast<std::size_t>(future.recourse)];
      target.patch = optim::scaled(future.patch, scaling);
      scale_links(target.links, scaling, scaled.first);
    }
    scaled.problem.futures.push_back(std::move(target));
  }
  return scaled;
}

}  // namespace pinchpoint::optim
