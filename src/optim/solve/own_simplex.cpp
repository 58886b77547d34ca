// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/own_simplex.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "optim/resident/resident_simplex.hpp"
#include "optim/solve/race.hpp"

namespace pinchpoint::optim {

namespace {

constexpr double own_tolerance = 1e-9;
constexpr int pivots_per_row = 4;  // several times what published models of this size take
constexpr double least_seconds = 1;

bool asks_for_a_general_solver(const SolveOptions& options) {
  return !options.own_simplex || options.method == Method::interior_point || !options.log_file.empty() ||
         options.feasibility_tolerance < own_tolerance || options.time_limit < least_seconds ||
         (options.interrupt != nullptr && options.interrupt->load());
}

/// Numbers and bounds as a simplex method needs them; what is wrong with others, the general solver says.
bool is_sound(const Model& model) {
  double sum = model.offset;
  for (const double cost : model.cost) sum += cost;
  for (const double entry : model.matrix.value) sum += entry;
  if (!std::isfinite(sum)) return false;
  const auto fit = [](double lower, double upper) { return lower <= upper && lower < infinity && upper > -infinity; };
  return std::equal(model.lower.begin(), model.lower.end(), model.upper.begin(), model.upper.end(), fit) &&
         std::equal(model.row_lower.begin(), model.row_lower.end(), model.row_upper.begin(), model.row_upper.end(),
                    fit);
}

BasisCode all_rows(const Model& model) {
  constexpr std::uint8_t basic = 1, at_some_bound = 4;
  return {std::vector<std::uint8_t>(model.cost.size(), at_some_bound),
          std::vector<std::uint8_t>(model.row_lower.size(), basic)};
}

Solution solution_of(const Model& model, const ResidentSimplex& simplex) {
  Solution solution;
  solution.status = Status::optimal;
  solution.has_values = true;
  solution.has_duals = true;
  solution.objective = simplex.objective();
  solution.mip_bound = simplex.objective();
  solution.value = simplex.values();
  solution.row_dual = simplex.row_duals();
  solution.reduced_cost = model.cost;
  solution.activity.assign(model.row_lower.size(), 0.0);
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    for (auto at = static_cast<std::size_t>(model.matrix.start[column]);
         at < static_cast<std::size_t>(model.matrix.start[column + 1]); ++at) {
      const auto row = static_cast<std::size_t>(model.matrix.row[at]);
      solution.activity[row] += model.matrix.value[at] * solution.value[column];
      solution.reduced_cost[column] -= model.matrix.value[at] * solution.row_dual[row];
    }
  }
  BasisCode basis = simplex.basis();
  solution.column_basis = std::move(basis.column_basis);
  solution.row_basis = std::move(basis.row_basis);
  solution.method = Method::own_simplex;
  solution.iterations = simplex.iterations();
  return solution;
}

}  // namespace

std::optional<Solution> solve_by_own_simplex(const Model& model, const SolveOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  if (asks_for_a_general_solver(options) || !is_sound(model)) return std::nullopt;
  ResidentSimplex simplex(model, all_rows(model));
  ResidentSimplex::Limits limits;
  const std::int64_t most = std::int64_t{pivots_per_row} * (model.row_count() + 1);
  limits.iterations = static_cast<int>(std::min(most, options.simplex_iteration_limit));
  if (simplex.solve({}, limits) != ResidentSimplex::Outcome::optimal) return std::nullopt;
  Solution solution = solution_of(model, simplex);
  if (!passes_residual_check(model, solution)) return std::nullopt;
  solution.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return solution;
}

}  // namespace pinchpoint::optim
