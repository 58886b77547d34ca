// SPDX-License-Identifier: Apache-2.0
#include "optim/ensemble/patched_solver.hpp"

namespace pinchpoint::optim {

namespace {

/// The solver's own dual simplex from the base's basis, in a session of its own: what a session remembers of earlier
/// solves would make answers depend on which thread had which scenario.
PatchedSolution solve_by_session(const Model& model, const Patch& patch, const Solution& base,
                                 const std::atomic<bool>* interrupt) {
  const auto session = backends().front().open();
  session->load(patched(model, patch));
  session->set_basis(base);
  SolveOptions options;
  options.method = Method::simplex;
  options.few_pivots = true;
  options.threads = 1;
  options.interrupt = interrupt;
  Solution solved = session->solve(options);
  return {solved.status, std::move(solved.value), std::move(solved.row_dual), solved.iterations, solved.message};
}

/// The resident dual simplex; the session takes what rounding spoils.
class ResidentSolver : public PatchedSolver {
 public:
  using PatchedSolver::solve;
  ResidentSolver(const Model& model, const Solution& base, const std::atomic<bool>* interrupt)
      : model_(model), base_(base), interrupt_(interrupt), simplex_(model, base) {}

  PatchedSolution solve(const Patch& patch, const ResidentSimplex::End& from, bool is_kept) override {
    const auto outcome = from ? simplex_.solve_from(from, patch) : simplex_.solve(patch);
    if (outcome != ResidentSimplex::Outcome::optimal) return solve_again(patch);
    PatchedSolution solution{Status::optimal, simplex_.values(), simplex_.row_duals(), simplex_.iterations(), {}};
    if (is_kept) solution.end = simplex_.end();
    return solution;
  }

  PatchedSolution solve_again(const Patch& patch) override {
    return solve_by_session(model_, patch, base_, interrupt_);
  }

 private:
  const Model& model_;
  const Solution& base_;
  const std::atomic<bool>* interrupt_;
  ResidentSimplex simplex_;
};

}  // namespace

std::unique_ptr<PatchedSolver> open_patched_solver(const Model& model, const Solution& base,
                                                   const std::atomic<bool>* interrupt) {
  return std::make_unique<ResidentSolver>(model, base, interrupt);
}

}  // namespace pinchpoint::optim
