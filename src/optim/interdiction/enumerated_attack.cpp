// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/enumerated_attack.hpp"

#include "core/base/ensure.hpp"
#include "optim/interdiction/follower/patched_lp.hpp"

namespace pinchpoint::optim {

namespace {

class Enumeration {
 public:
  explicit Enumeration(const AttackProblem& problem)
      : problem_(problem), lp_(open_patched_lp(*problem.model, problem.base)) {}

  EnumeratedAttack run() {
    visit({}, 0, problem_.cost_limit);
    return std::move(worst_);
  }

 private:
  void visit(const std::vector<std::int32_t>& chosen, std::size_t next, double left) {
    const double value = value_of(chosen);
    if (value > worst_.value) {
      worst_.value = value;
      worst_.chosen = chosen;
    }
    for (std::size_t target = next; target < problem_.targets.size(); ++target) {
      if (problem_.targets[target].cost > left) continue;
      std::vector<std::int32_t> more = chosen;
      more.push_back(static_cast<std::int32_t>(target));
      visit(more, target + 1, left - problem_.targets[target].cost);
    }
  }

  double value_of(const std::vector<std::int32_t>& chosen) {
    ++worst_.sets;
    const double without_answer = problem_.no_answer == NoAnswer::endless_loss ? infinity : -infinity;
    const Patch patch = combine_patches(*problem_.model, problem_.targets, chosen);
    if (is_crossed(patch)) return without_answer;
    Solution solution = lp_->solve(patch, {.method = Method::simplex});
    if (solution.status == Status::infeasible) solution = lp_->solve_again(patch, {.method = Method::simplex});
    if (solution.status == Status::infeasible) return without_answer;
    ensure(solution.status == Status::optimal, "an LP of the enumeration has no optimum");
    return solution.objective;
  }

  const AttackProblem& problem_;
  std::unique_ptr<PatchedLp> lp_;
  EnumeratedAttack worst_;
};

}  // namespace

EnumeratedAttack enumerate_attacks(const AttackProblem& problem) { return Enumeration(problem).run(); }

}  // namespace pinchpoint::optim
