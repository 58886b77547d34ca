// SPDX-License-Identifier: Apache-2.0
#include "optim/stochastic/recourse_solver.hpp"

#include <map>
#include <memory>

#include "core/base/parallel.hpp"
#include "optim/ensemble/patched_solver.hpp"
#include "optim/ensemble/plan_pool.hpp"
#include "optim/ensemble/touched.hpp"
#include "optim/stochastic/master.hpp"

namespace pinchpoint::optim {

namespace {

constexpr double largest_violation = 1e-9;  // docs/decisions/0006: feasible to rounding

}  // namespace

RecourseSolver::RecourseSolver(const TwoStageProblem& problem, std::int32_t recourse, std::vector<std::size_t> futures,
                               const std::atomic<bool>* interrupt)
    : problem_(problem),
      recourse_(problem.recourses[static_cast<std::size_t>(recourse)]),
      futures_(std::move(futures)),
      interrupt_(interrupt) {}

RecourseSolver::Moved RecourseSolver::at(const std::vector<double>& first) const {
  Moved moved{recourse_.model, std::vector<double>(recourse_.model.row_lower.size(), 0)};
  for (const Link& link : recourse_.links)
    moved.shift[static_cast<std::size_t>(link.row)] += link.value * first[static_cast<std::size_t>(link.column)];
  for (std::size_t row = 0; row < moved.shift.size(); ++row) {
    moved.model.row_lower[row] -= moved.shift[row];
    moved.model.row_upper[row] -= moved.shift[row];
  }
  return moved;
}

Patch RecourseSolver::patch_at(std::size_t place, const Moved& moved, const std::vector<double>& first) const {
  const Future& future = problem_.futures[futures_[place]];
  std::map<std::int32_t, BoundChange> rows;
  for (const BoundChange& change : future.patch.rows) {
    const double by = moved.shift[static_cast<std::size_t>(change.index)];
    rows[change.index] = {change.index, change.lower - by, change.upper - by};
  }
  for (const Link& link : future.links) {
    const auto row = static_cast<std::size_t>(link.row);
    BoundChange& change =
        rows.try_emplace(link.row, BoundChange{link.row, moved.model.row_lower[row], moved.model.row_upper[row]})
            .first->second;
    const double by = link.value * first[static_cast<std::size_t>(link.column)];
    change.lower -= by;
    change.upper -= by;
  }
  Patch patch;
  patch.columns = future.patch.columns;
  for (const auto& [row, change] : rows) patch.rows.push_back(change);
  return patch;
}

void RecourseSolver::solve_base(const Model& moved, int threads) {
  SolveOptions options;
  options.threads = threads;
  options.interrupt = interrupt_;
  if (!base_.column_basis.empty()) {
    const auto session = backends().front().open();
    session->load(moved);
    session->set_basis(base_);
    options.method = Method::simplex;
    options.simplex_iteration_limit = warm_iterations(moved.row_count());
    base_ = session->solve(options);
    if (base_.status == Status::optimal) return;
    options.method = Method::automatic;
    options.simplex_iteration_limit = SolveOptions{}.simplex_iteration_limit;
  }
  base_ = optim::solve(moved, options);
}

RecourseAnswer RecourseSolver::prove(const Model& moved, const Patch& patch, Status status,
                                     const std::vector<double>& value, std::vector<double> row_dual) const {
  RecourseAnswer answer;
  answer.status = status;
  if (status != Status::optimal) return answer;
  answer.row_dual = std::move(row_dual);
  Sides sides(moved);
  sides.apply(patch);
  if (violation_of(moved.matrix, sides, value) <= largest_violation) answer.upper = cost_of(moved, value);
  return answer;
}

RecourseAnswer RecourseSolver::solve_cold(const Model& moved, const Patch& patch) const {
  SolveOptions options;
  options.threads = 1;
  options.interrupt = interrupt_;
  const Solution solved = optim::solve(patched(moved, patch), options);
  RecourseAnswer answer = prove(moved, patch, solved.status, solved.value, solved.row_dual);
  answer.message = solved.message;
  if (solved.status == Status::infeasible && solved.has_ray) answer.row_dual = solved.ray;
  return answer;
}

std::vector<RecourseAnswer> RecourseSolver::solve(const std::vector<double>& first,
                                                  const std::vector<std::size_t>& places, int threads) {
  const Moved moved = at(first);
  solve_base(moved.model, threads);
  const bool is_warm = base_.status == Status::optimal && !base_.column_basis.empty();
  std::vector<std::unique_ptr<PatchedSolver>> solvers;
  for (int thread = 0; is_warm && thread < threads; ++thread)
    solvers.push_back(open_patched_solver(moved.model, base_, interrupt_));
  std::vector<RecourseAnswer> answers(places.size());
  for_each_index(static_cast<std::size_t>(threads), places.size(), [&](std::size_t thread, std::size_t at) {
    if (interrupt_ != nullptr && *interrupt_) return;
    const Patch patch = patch_at(places[at], moved, first);
    RecourseAnswer& answer = answers[at];
    if (is_warm) {
      const PatchedEnd warm = solvers[thread]->solve(patch);
      answer = prove(moved.model, patch, warm.status, solvers[thread]->value(), solvers[thread]->row_dual());
    }
    if (answer.status != Status::optimal || answer.upper == infinity) answer = solve_cold(moved.model, patch);
  });
  return answers;
}

}  // namespace pinchpoint::optim
