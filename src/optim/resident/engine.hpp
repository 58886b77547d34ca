// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "optim/model/patch.hpp"
#include "optim/resident/dual_ratio.hpp"
#include "optim/resident/resident_simplex.hpp"
#include "optim/resident/tableau.hpp"

namespace pinchpoint::optim::resident {

using Outcome = ResidentSimplex::Outcome;
using Limits = ResidentSimplex::Limits;

/// Where a solve ended.
struct End {
  Snapshot tableau;
  double objective = 0;
};

/// Solves patched copies of an LP from one start basis: dual simplex, and primal simplex where costs had to be shifted.
class Engine {
 public:
  /// `factor`: of the basis, if it is known.
  Engine(const Problem& problem, const BasisCode& code, Workspace& space, std::optional<LuFactor> factor = {});

  /// `from`: an optimal end of this engine or of another of the same LP and start basis, to begin at; else the start.
  Outcome solve(const Patch& patch, const Limits& limits, const End* from = nullptr);
  /// requires  the last solve was optimal
  [[nodiscard]] End end();

  [[nodiscard]] double start_objective() const { return tableau_.start_objective(); }
  [[nodiscard]] double objective() const { return objective_; }
  [[nodiscard]] int iterations() const { return iterations_; }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }
  [[nodiscard]] const std::vector<double>& row_duals() const { return row_duals_; }
  [[nodiscard]] const std::vector<Index>& changed_columns() const { return changed_columns_; }
  [[nodiscard]] const std::vector<Index>& changed_rows() const { return changed_rows_; }
  [[nodiscard]] BasisCode basis() const;

 private:
  enum class Step { taken, optimal, good_enough, infeasible, unbounded, limit, unstable };

  // patch
  void roll_back();
  void bring_to(const End& end, const Patch& patch);
  void apply(const Patch& patch);
  void set_bounds(Index at, double lower, double upper);
  [[nodiscard]] Place settle(Index at);
  void stand_at(Index at, Place place);
  void move_basic();

  // dual simplex
  Step run_dual(const Limits& limits);
  Step dual_step(Index slot);
  void compute_row(Index slot);
  void collect_candidates(double sign);
  void shift_ties();
  bool is_infeasible_row(Index slot) const;
  bool compute_column(Index entering, Index slot);
  void flip(std::size_t count);
  void update_reduced_costs(Index entering, Index slot);
  void exchange(Index slot, Index entering, double step, Place place);
  Step recover();

  // primal simplex
  struct Block {
    Index slot = -1;
    double step = infinity;
  };
  Step run_primal(const Limits& limits);
  Step primal_step(Index entering);
  [[nodiscard]] Index choose_column() const;
  [[nodiscard]] Block find_block(double direction) const;

  // end
  Step run(const Limits& limits);
  void shift(Index at, double amount);
  bool refine_values();
  struct Residual {
    double largest, scale;  ///< largest entry; largest move, at least 1
  };
  Residual value_residual();
  void remove_shifts();
  void change_basic_costs(SparseVector& by_slot);
  bool refine_reduced_costs();
  [[nodiscard]] double true_objective() const;
  bool is_good_enough(const Limits& limits);
  void take_values_back();
  void publish_duals();
  void publish_values();
  void publish_value(Index variable, double value);

  struct Shift {
    Index variable;
    double amount;
  };
  const Problem& problem_;
  Workspace& space_;
  Tableau tableau_;
  std::vector<Candidate> candidates_;
  std::vector<Shift> shifts_;
  bool is_bound_ = true;  ///< no cost was shifted by more than the tolerance: tracked_ is a lower bound
  double tracked_ = 0;    ///< objective of the basic solution, with costs as they are shifted
  int stalled_ = 0;
  double objective_ = 0;
  int iterations_ = 0;
  std::vector<double> values_, start_row_duals_, row_duals_;
  std::vector<Index> changed_columns_, changed_rows_;
  std::vector<std::uint8_t> is_patched_;  ///< by variable; all 0 between solves
};

}  // namespace pinchpoint::optim::resident
