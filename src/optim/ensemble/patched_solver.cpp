// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/patched_solver.hpp"

namespace pinchpoint::optim {

namespace {

/// The resident dual simplex; a session takes what rounding spoils.
class ResidentSolver : public PatchedSolver {
 public:
  using PatchedSolver::solve;
  ResidentSolver(const Model& model, const Solution& base, const std::atomic<bool>* interrupt)
      : model_(model), base_(base), interrupt_(interrupt), simplex_(model, base.basis()) {}

  PatchedEnd solve(const Patch& patch, const ResidentSimplex::End& from, double enough) override {
    using enum ResidentSimplex::Outcome;
    ResidentSimplex::Limits limits;
    limits.enough = enough;
    has_end_ = false;
    const auto outcome = from ? simplex_.solve_from(from, patch, limits) : simplex_.solve(patch, limits);
    if (outcome != optimal && outcome != good_enough) return solve_again(patch);
    is_by_session_ = false;
    has_end_ = outcome == optimal;
    return {Status::optimal, outcome == optimal, simplex_.iterations(), {}};
  }

  /// The solver's own dual simplex from where the last solve ended, or else from the base's basis, in a session of its
  /// own: what a session remembers of earlier solves would make answers depend on which thread had which scenario.
  PatchedEnd solve_again(const Patch& patch) override {
    const auto session = backends().front().open();
    session->load(patched(model_, patch));
    session->set_basis(has_end_ ? ended() : base_);
    SolveOptions options;
    options.method = Method::simplex;
    options.few_pivots = true;
    options.threads = 1;
    options.interrupt = interrupt_;
    is_by_session_ = true;
    solved_ = session->solve(options);
    return {solved_.status, true, solved_.iterations, solved_.message};
  }

  const std::vector<double>& value() const override { return is_by_session_ ? solved_.value : simplex_.values(); }
  const std::vector<double>& row_dual() const override {
    return is_by_session_ ? solved_.row_dual : simplex_.row_duals();
  }
  ResidentSimplex::End end() const override { return is_by_session_ ? nullptr : simplex_.end(); }

 private:
  [[nodiscard]] Solution ended() const {
    Solution ended;
    BasisCode basis = simplex_.basis();
    ended.column_basis = std::move(basis.column_basis);
    ended.row_basis = std::move(basis.row_basis);
    return ended;
  }

  const Model& model_;
  const Solution& base_;
  const std::atomic<bool>* interrupt_;
  ResidentSimplex simplex_;
  Solution solved_;
  bool is_by_session_ = false;
  bool has_end_ = false;  ///< the last solve was optimal by the resident simplex
};

/// Solves the smaller LP and says what that means for the whole.
class ReducedSolver : public PatchedSolver {
 public:
  using PatchedSolver::solve;
  ReducedSolver(const Reduction& reduction, const Solution& base, const std::atomic<bool>* interrupt)
      : reduction_(reduction), solver_(reduction.model(), base, interrupt) {}

  PatchedEnd solve(const Patch& patch, const ResidentSimplex::End& from, double enough) override {
    return read(patch, solver_.solve(reduction_.reduced(patch), from, enough));
  }
  PatchedEnd solve_again(const Patch& patch) override {
    return read(patch, solver_.solve_again(reduction_.reduced(patch)));
  }
  const std::vector<double>& value() const override { return value_; }
  const std::vector<double>& row_dual() const override { return row_dual_; }
  ResidentSimplex::End end() const override { return solver_.end(); }

 private:
  PatchedEnd read(const Patch& patch, PatchedEnd end) {
    if (end.status != Status::optimal) return end;
    value_ = reduction_.whole_values(patch, solver_.value());
    if (end.has_duals) row_dual_ = reduction_.whole_duals(patch, solver_.row_dual());
    return end;
  }

  const Reduction& reduction_;
  ResidentSolver solver_;
  std::vector<double> value_, row_dual_;
};

}  // namespace

std::unique_ptr<PatchedSolver> open_patched_solver(const Reduction& reduction, const Solution& base,
                                                   const std::atomic<bool>* interrupt) {
  return std::make_unique<ReducedSolver>(reduction, base, interrupt);
}

std::unique_ptr<PatchedSolver> open_patched_solver(const Model& model, const Solution& base,
                                                   const std::atomic<bool>* interrupt) {
  return std::make_unique<ResidentSolver>(model, base, interrupt);
}

}  // namespace pinchpoint::optim
