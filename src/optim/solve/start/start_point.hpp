// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "optim/solve/solver.hpp"

namespace pinchpoint::optim {

/// What tells one model from another without keeping it.
struct Fingerprint {
  std::int32_t rows = 0, columns = 0;
  std::int64_t nonzeros = 0;
  std::string structure;  ///< SHA-256 over the matrix' pattern and which columns are integers, in this machine's bytes
  std::string numbers;    ///< SHA-256 over every entry, cost, bound and side

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};
[[nodiscard]] Fingerprint fingerprint(const Model& model);

/// Where a solve ended: enough to be there again without a search. Of a MIP: the integers it chose, and the basis of
/// the LP with these fixed.
struct StartPoint {
  Fingerprint model;
  std::vector<std::uint8_t> column_basis, row_basis;  ///< as in Solution
  std::vector<double> integers;                       ///< values of the integer columns, in their order
  double mip_bound = 0;                               ///< as the solver claimed it; MIPs only
};

/// Nothing if the solution is not optimal or carries no basis. `print` is the model's fingerprint.
[[nodiscard]] std::optional<StartPoint> start_point(const Model& model, const Fingerprint& print,
                                                    const Solution& solution);

/// True if a solve of `model` may start there: an LP of the same structure, whatever its numbers; a MIP only if all its
/// numbers are the same, too, since its bound is not found again. A basis without as many basics as rows fits nothing.
[[nodiscard]] bool fits(const StartPoint& start, const Model& model);

/// The model's solution by the simplex method from `start`: no iteration where only that is asked for which was known.
/// Of a MIP: the solution with the integers of the start, and the bound it carries.
/// requires  fits(start, model)
[[nodiscard]] Solution solve_from(const StartPoint& start, const Model& model, const SolveOptions& options);

}  // namespace pinchpoint::optim
