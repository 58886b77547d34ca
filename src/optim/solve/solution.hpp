// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "optim/model/basis_code.hpp"

namespace pinchpoint::optim {

/// What the solver says of the problem. A claim, not a proof: see certificate.hpp.
enum class Status {
  optimal,        ///< optimal within the solver's tolerances; primal values, and duals for LPs
  infeasible,     ///< no solution; `ray` proves it for LPs if `has_ray`
  unbounded,      ///< no finite optimum; `ray` is a direction of improvement if `has_ray`
  limit_reached,  ///< stopped by time, iterations or interrupt; values are the best known if `has_values`
  failed,         ///< the solver gave up; `message` says why
};
[[nodiscard]] const char* to_string(Status status);

/// Algorithm a solve ran with.
enum class Method {
  automatic,
  simplex,
  interior_point,
  own_simplex,         ///< of a Solution only: the engine's own, see own_methods.hpp
  own_interior_point,  ///< as own_simplex
};
[[nodiscard]] const char* to_string(Method method);
/// One of the engine's own methods.
[[nodiscard]] constexpr bool is_own(Method method) {
  return method == Method::own_simplex || method == Method::own_interior_point;
}

/// Status, values and what the solver claims. Vectors are in the order of the model's columns and rows.
/// Sign: cost = A'row_dual + reduced_cost; for a minimisation row_dual ≥ 0 where the lower side binds.
struct Solution {
  Status status = Status::failed;
  std::string message;
  bool has_values = false;
  bool has_duals = false;  ///< of a MIP: duals of the LP with its integers fixed (see polish.hpp)
  bool has_ray = false;
  double objective = 0;                     ///< as claimed by the solver, offset included
  double mip_bound = 0;                     ///< as claimed by the solver; LP: equals objective
  std::vector<double> value, reduced_cost;  ///< by column
  std::vector<double> activity, row_dual;   ///< by row
  std::vector<double> ray;  ///< infeasible: one multiplier a row (Farkas); unbounded: one entry a column
  /// Solver's basis codes, for warm starts; may be empty. Of a MIP: of the LP with its integers fixed.
  std::vector<std::uint8_t> column_basis, row_basis;
  Method method = Method::automatic;  ///< what won
  std::int64_t iterations = 0;
  double seconds = 0;

  [[nodiscard]] BasisCode basis() const { return {column_basis, row_basis}; }
};

}  // namespace pinchpoint::optim
