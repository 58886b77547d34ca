// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/follower/follower.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "optim/interdiction/follower/infeasible_set.hpp"

namespace pinchpoint::optim {

namespace {

std::vector<Patch> patches_of(const std::vector<Target>& targets) {
  std::vector<Patch> patches;
  for (const Target& target : targets) patches.push_back(target.patch);
  return patches;
}

}  // namespace

Follower::Follower(const AttackProblem& problem, const AttackOptions& options)
    : problem_(problem),
      options_(options),
      begin_(std::chrono::steady_clock::now()),
      smaller_(make_smaller_lp(*problem.model, patches_of(problem.targets))),
      lp_(open_patched_lp(*problem.model, problem.base, smaller_)),
      worst_value_(problem.base.objective),
      strength_(problem.targets.size(), 0.0) {}

double Follower::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

bool Follower::is_out_of_time() const {
  return seconds() > options_.time_limit || (options_.interrupt != nullptr && options_.interrupt->load());
}

double Follower::cost_of(const std::vector<std::int32_t>& chosen) const {
  double cost = 0;
  for (const std::int32_t target : chosen) cost += problem_.targets[static_cast<std::size_t>(target)].cost;
  return cost;
}

Solution Follower::solve(const std::vector<std::int32_t>& lost) {
  ++lps_;
  const Patch patch = combine_patches(*problem_.model, problem_.targets, lost);
  Solution solution;
  if (is_crossed(patch)) {
    solution.status = Status::infeasible;
    return solution;
  }
  SolveOptions how{.method = Method::simplex, .interrupt = options_.interrupt};
  how.time_limit = std::max(0.0, options_.time_limit - seconds());
  solution = lp_->solve(patch, how);
  if (solution.status == Status::infeasible) solution = lp_->solve_again(patch, how);
  if (solution.status == Status::limit_reached) stopped_ = true;
  if (solution.status == Status::failed || solution.status == Status::unbounded) {
    stopped_ = true;
    failure_ = "the solver calls an LP " + std::string(to_string(solution.status)) + " " + solution.message;
  }
  if (solution.status == Status::optimal) {
    const DualGains gains = dual_gains(*problem_.model, problem_.targets, patch, solution);
    for (std::size_t at = 0; at < strength_.size(); ++at) {
      // Of those that are lost, what their bounds would cost elsewhere, which may be without end.
      const bool is_lost = std::binary_search(lost.begin(), lost.end(), static_cast<std::int32_t>(at));
      if (!is_lost && std::isfinite(gains.gain[at])) strength_[at] = std::max(strength_[at], gains.gain[at]);
    }
  }
  return solution;
}

Solution Follower::answer_attack(const std::vector<std::int32_t>& chosen) {
  tried_.insert(chosen);
  Solution solution = solve(chosen);
  note_attack(chosen, solution);
  return solution;
}

Solution Follower::answer_all() {
  std::vector<std::int32_t> all(problem_.targets.size());
  std::iota(all.begin(), all.end(), 0);
  return solve(all);
}

void Follower::note_attack(const std::vector<std::int32_t>& chosen, const Solution& solution) {
  if (solution.status == Status::infeasible && problem_.no_answer == NoAnswer::endless_loss) {
    endless_ = true;
    stopped_ = true;
    worst_ = chosen;
    worst_value_ = infinity;
  }
  if (solution.status == Status::infeasible && problem_.no_answer == NoAnswer::forbidden) {
    const Patch patch = combine_patches(*problem_.model, problem_.targets, chosen);
    all_proved_ = all_proved_ && prove_no_answer(*problem_.model, patch, solution);
  }
  if (solution.status == Status::optimal && solution.objective > worst_value_) {
    worst_ = chosen;
    worst_value_ = solution.objective;
  }
}

void Follower::note_value(const std::vector<std::int32_t>& chosen, double value) {
  tried_.insert(chosen);
  if (chosen.size() == 1) {
    double& strength = strength_[static_cast<std::size_t>(chosen.front())];
    strength = std::max(strength, value - problem_.base.objective);
  }
  if (value <= worst_value_) return;
  worst_ = chosen;
  worst_value_ = value;
}

void Follower::try_richest(const std::vector<std::int32_t>& lost, const Solution& solution) {
  const Patch patch = combine_patches(*problem_.model, problem_.targets, lost);
  const DualGains gains = dual_gains(*problem_.model, problem_.targets, patch, solution);
  std::vector<std::int32_t> proposed = richest_set(problem_.targets, gains.gain, problem_.cost_limit);
  double bound = gains.at_nothing;
  for (const std::int32_t target : proposed) bound += gains.gain[static_cast<std::size_t>(target)];
  if (!(bound > worst_value_) || tried_.contains(proposed)) return;
  (void)answer_attack(proposed);
}

}  // namespace pinchpoint::optim
