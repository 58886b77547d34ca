// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "optim/model/basis_code.hpp"
#include "optim/model/model.hpp"
#include "optim/model/patch.hpp"

namespace pinchpoint::optim {

namespace resident {
struct End;
}

/// An LP kept with a factorised basis, that solves patched copies of it by the dual simplex method from there. A solve
/// costs what the patch changes: nothing in it grows with rows or columns that stay as they are.
///
/// Meant for scaled models (see scaling.hpp): feasibility is to 1e-9, absolute, of values and reduced costs. A claim,
/// not a proof: prove what matters with certify(). Not thread-safe; one a thread.
class ResidentSimplex {
 public:
  /// Starts every solve from `base`'s basis, until told otherwise.
  ///
  /// requires  no integers; `base` should be optimal: where reduced costs have a wrong sign, every solve ends
  ///           with primal pivots that mend them.
  /// errors    InternalError if the codes are no basis of this model, or the basis is singular
  ResidentSimplex(const Model& model, const BasisCode& base);
  /// The same; nothing if the codes are no basis of this model by their count, or the basis is singular.
  [[nodiscard]] static std::optional<ResidentSimplex> if_basis(const Model& model, const BasisCode& base);
  ~ResidentSimplex();
  ResidentSimplex(ResidentSimplex&&) noexcept;
  ResidentSimplex& operator=(ResidentSimplex&&) noexcept;

  struct Limits {
    double target = infinity;   ///< stop as soon as the optimum is known to be at least this
    double enough = -infinity;  ///< a point of at most this cost will do
    int iterations = 5000;
    bool is_only_solve =
        false;  ///< from this start: norms of the basis, which others would use again, are not computed
  };
  enum class Outcome {
    optimal,
    good_enough,  ///< a point within all bounds and sides of at most the cost that was enough: no duals, no end
    infeasible,
    unbounded,  ///< possible only where the patch opens a bound
    limit,      ///< target or iterations reached: objective() is a lower bound
    unstable,   ///< rounding was in the way: nothing is claimed, ask another solver
  };
  /// Solves the model with the bounds and sides of `patch`. The answer does not depend on earlier solves.
  ///
  /// requires  lower, upper are numbers; lower > upper is infeasible
  /// errors    InternalError if an index is not the model's
  Outcome solve(const Patch& patch, const Limits& limits);
  Outcome solve(const Patch& patch) { return solve(patch, Limits{}); }
  /// Where an optimal solve ended: a start for others, which costs no factorisation.
  using End = std::shared_ptr<const resident::End>;
  /// As solve(), from the end of an earlier solve.
  ///
  /// requires  `from` comes of this or of another ResidentSimplex of the same model and the same start basis
  Outcome solve_from(const End& from, const Patch& patch, const Limits& limits);
  Outcome solve_from(const End& from, const Patch& patch) { return solve_from(from, patch, Limits{}); }
  /// requires  the last solve was optimal
  [[nodiscard]] End end() const;
  /// About what an end takes in memory.
  [[nodiscard]] static std::size_t bytes(const End& end);

  /// Of the last solve, offset included. Optimal: the optimum. Good enough: the point's cost. Limit: a lower bound,
  /// -infinity where none is known. Infeasible: infinity. Unbounded: -infinity. Unstable: not a number.
  [[nodiscard]] double objective() const;
  [[nodiscard]] int iterations() const;  ///< pivots of the last solve

  // Of the last optimal solve from this start basis.
  [[nodiscard]] const std::vector<double>& values() const;     ///< by column; of one that was good enough, too
  [[nodiscard]] const std::vector<double>& row_duals() const;  ///< by row; sign: at least 0 where the lower side binds
  /// Columns and rows whose value or dual differs from that of the start basis with the model's own bounds; no order.
  [[nodiscard]] const std::vector<std::int32_t>& changed_columns() const;
  [[nodiscard]] const std::vector<std::int32_t>& changed_rows() const;
  /// Of the start basis with the model's own bounds.
  [[nodiscard]] double start_objective() const;
  /// The basis that the last solve ended in.
  [[nodiscard]] BasisCode basis() const;

  /// Keeps a further start basis, factorised, and returns its number. The first is 0.
  /// errors  as for the constructor
  int add_start(const BasisCode& basis);
  /// Puts another basis in the place of a start, factorised.
  /// errors  as for the constructor
  void replace_start(int start, const BasisCode& basis);
  /// Solves start from there from now on. Costs nothing.
  void start_from(int start);
  [[nodiscard]] int start_count() const;

 private:
  struct Parts;
  explicit ResidentSimplex(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace pinchpoint::optim
