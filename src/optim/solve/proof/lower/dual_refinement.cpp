// SPDX-License-Identifier: Apache-2.0
#include "optim/solve/proof/lower/dual_refinement.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/ensure.hpp"
#include "optim/solve/proof/residuals.hpp"
#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

namespace {

// A solve in doubles gains 7 to 14 digits; the sum holds 32.
constexpr int most_rounds = 6;
// An optimal basis needs no step; one that is off by the tolerance of presolve a few.
constexpr int most_iterations = 1000;
constexpr double finest = 0x1p-104;

/// A session that stands in the solution's basis.
std::unique_ptr<Session> session_at(const Model& model, const Solution& solution) {
  const Backend& backend = backends().front();
  if (!backend.can.sensitivity || solution.column_basis.size() != model.cost.size() || model.row_lower.empty() ||
      solution.row_basis.size() != model.row_lower.size()) {
    return nullptr;
  }
  std::unique_ptr<Session> session = backend.open();
  try {
    session->load(model);
    session->set_basis(solution);
    SolveOptions options;
    options.method = Method::simplex;
    options.simplex_iteration_limit = most_iterations;
    if (session->solve(options).status != Status::optimal) return nullptr;
  } catch (const InternalError&) {
    return nullptr;  // codes that are no basis: a solution from elsewhere
  }
  return session;
}

/// What basic columns miss of a reduced cost of 0, and how large the terms are of which so much is missing.
struct Residual {
  std::vector<double> missing;
  double largest = 0;
  double relative = 0;
};

Residual residual_of(const Model& model, const MatrixView& matrix, const std::vector<std::uint8_t>& is_basic,
                     const Multipliers& dual) {
  Residual residual;
  residual.missing.assign(model.cost.size(), 0.0);
  for (std::size_t column = 0; column < model.cost.size(); ++column) {
    if (is_basic[column] == 0) continue;
    const Interval reduced_cost = reduced_cost_enclosure(model, matrix, dual, column);
    const double missing = reduced_cost.lower + 0.5 * (reduced_cost.upper - reduced_cost.lower);
    double size = std::abs(model.cost[column]);
    for (const Entry& entry : matrix.column(column)) {
      size = std::max(size, std::abs(entry.value * dual[static_cast<std::size_t>(entry.index)].main));
    }
    residual.missing[column] = missing;
    residual.largest = std::max(residual.largest, std::abs(missing));
    if (missing != 0) residual.relative = std::max(residual.relative, std::abs(missing) / size);
  }
  return residual;
}

}  // namespace

std::optional<Multipliers> refine_duals(const Model& model, const MatrixView& matrix, const Solution& solution) {
  const std::unique_ptr<Session> session = session_at(model, solution);
  if (session == nullptr) return std::nullopt;
  const std::vector<std::uint8_t> is_basic = session->basic_columns();
  Multipliers dual(model.row_lower.size());
  for (int round = 0; round < most_rounds; ++round) {
    Residual residual = residual_of(model, matrix, is_basic, dual);
    if (!std::isfinite(residual.largest)) return std::nullopt;
    if (residual.relative <= finest) break;
    // Solvers take numbers below 1e-14 for 0.
    const int exponent = std::ilogb(residual.largest);
    for (double& missing : residual.missing) missing = std::ldexp(missing, -exponent);
    const std::vector<double> corrections = session->row_rates(residual.missing);
    for (std::size_t row = 0; row < dual.size(); ++row) {
      dual[row].add(std::ldexp(corrections[row], exponent));
    }
  }
  return dual;
}

}  // namespace pinchpoint::optim
