// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/patched_solver.hpp"

#include "optim/resident/resident_simplex.hpp"

namespace pinchpoint::optim {

namespace {

/// The solver's own dual simplex, warm.
class SessionSolver {
 public:
  SessionSolver(const Model& model, const Solution& base, const std::atomic<bool>* interrupt)
      : model_(model), base_(base), session_(backends().front().open()) {
    options_.method = Method::simplex;
    options_.threads = 1;
    options_.interrupt = interrupt;
    session_->load(model);
  }

  PatchedSolution solve(const Patch& patch) {
    for (const BoundChange& change : patch.columns)
      session_->set_column_bounds(ColumnId(change.index), change.lower, change.upper);
    for (const BoundChange& change : patch.rows)
      session_->set_row_bounds(RowId(change.index), change.lower, change.upper);
    session_->set_basis(base_);
    Solution solved = session_->solve(options_);
    restore(patch);
    return {solved.status, std::move(solved.value), std::move(solved.row_dual), solved.iterations, solved.message};
  }

 private:
  void restore(const Patch& patch) {
    for (const BoundChange& change : patch.columns) {
      const auto at = static_cast<std::size_t>(change.index);
      session_->set_column_bounds(ColumnId(change.index), model_.lower[at], model_.upper[at]);
    }
    for (const BoundChange& change : patch.rows) {
      const auto at = static_cast<std::size_t>(change.index);
      session_->set_row_bounds(RowId(change.index), model_.row_lower[at], model_.row_upper[at]);
    }
  }

  const Model& model_;
  const Solution& base_;
  std::unique_ptr<Session> session_;
  SolveOptions options_;
};

/// The resident dual simplex; the session takes what rounding spoils.
class ResidentSolver : public PatchedSolver {
 public:
  ResidentSolver(const Model& model, const Solution& base, const std::atomic<bool>* interrupt)
      : model_(model), base_(base), interrupt_(interrupt), simplex_(model, base) {}

  PatchedSolution solve(const Patch& patch) override {
    if (simplex_.solve(patch) != ResidentSimplex::Outcome::optimal) return solve_again(patch);
    return {Status::optimal, simplex_.values(), simplex_.row_duals(), simplex_.iterations(), {}};
  }

  PatchedSolution solve_again(const Patch& patch) override {
    if (!session_) session_ = std::make_unique<SessionSolver>(model_, base_, interrupt_);
    return session_->solve(patch);
  }

 private:
  const Model& model_;
  const Solution& base_;
  const std::atomic<bool>* interrupt_;
  ResidentSimplex simplex_;
  std::unique_ptr<SessionSolver> session_;
};

}  // namespace

std::unique_ptr<PatchedSolver> open_patched_solver(const Model& model, const Solution& base,
                                                   const std::atomic<bool>* interrupt) {
  return std::make_unique<ResidentSolver>(model, base, interrupt);
}

}  // namespace pinchpoint::optim
