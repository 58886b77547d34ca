// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/plan_maker.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "optim/interdiction/follower/plan_check.hpp"

namespace pinchpoint::optim {

namespace {

// Part of a target's capacity that counts as little use when plans are weighed again.
constexpr double little_use = 0.02;

/// Calls work(i) for i below count on at most `threads` threads; exceptions come through.
template <class Work>
void run_each(std::size_t count, int threads, const Work& work) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t at = 0; at < count; ++at) work(at);
    return;
  }
  std::atomic<std::size_t> next = 0;
  std::vector<std::exception_ptr> failures(count);
  const auto loop = [&] {
    for (std::size_t at = next++; at < count; at = next++) {
      try {
        work(at);
      } catch (...) {
        failures[at] = std::current_exception();
      }
    }
  };
  std::vector<std::thread> helpers;
  for (int helper = 1; helper < threads && static_cast<std::size_t>(helper) < count; ++helper)
    helpers.emplace_back(loop);
  loop();
  for (std::thread& helper : helpers) helper.join();
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

}  // namespace

PlanMaker::PlanMaker(Follower& follower, PlanPool& pool) : follower_(follower), pool_(pool), lps_(slots) {}

/// Weights ~ 1 / use pull targets of little use to no use at all.
void PlanMaker::weigh_again(const Solution& solution, std::vector<double>& weight) const {
  const AttackProblem& problem = follower_.problem();
  for (std::size_t target = 0; target < weight.size(); ++target) {
    double use = 0;
    for (const BoundChange& change : problem.targets[target].patch.columns) {
      const auto at = static_cast<std::size_t>(change.index);
      const double whole = problem.model->upper[at] - change.upper;
      if (whole > 0 && std::isfinite(whole)) use = std::max(use, (solution.value[at] - change.upper) / whole);
    }
    weight[target] /= little_use + std::max(0.0, use);
  }
}

PlanMaker::Draft PlanMaker::draft(LeanPlanLp& lp, const PlanOrder& order, double level) const {
  const AttackProblem& problem = follower_.problem();
  const Patch patch = combine_patches(*problem.model, problem.targets, order.chosen);
  Draft draft;
  draft.weight = order.weight;
  if (is_crossed(patch)) return draft;
  if (order.start != nullptr) lp.start_from(*order.start);
  for (int pass = 0; pass < (order.weigh_again ? 2 : 1); ++pass) {
    SolveOptions how{.method = Method::simplex, .interrupt = follower_.options().interrupt};
    how.time_limit = std::max(0.0, follower_.options().time_limit - follower_.seconds());
    if (pass > 0) weigh_again(draft.solution, draft.weight);
    how.primal_simplex = order.weigh_again;
    Solution solution = lp.solve(patch, draft.weight, level, how);
    if (solution.status != Status::optimal) break;
    draft.solution = std::move(solution);
  }
  if (draft.solution.status != Status::optimal) return draft;
  PlanCheck check = check_plan(*problem.model, patch, draft.solution.value);
  draft.solution.objective = check.value;
  draft.solution.activity = std::move(check.activity);
  draft.is_within = check.value <= level && check.violation <= plan_tolerance;
  return draft;
}

void PlanMaker::add(const PlanOrder& order, Draft draft) {
  const std::vector<std::uint8_t> used =
      used_targets(follower_.problem().targets, draft.solution.value, draft.solution.activity);
  PooledPlan plan{draft.solution.objective, TargetSet(used.size()), {}, std::move(draft.weight), order.chosen};
  for (std::size_t at = 0; at < used.size(); ++at) {
    if (used[at] != 0) plan.used.insert(static_cast<std::int32_t>(at));
  }
  // What misses the patch it was solved under does so by rounding.
  for (const std::int32_t target : order.chosen) plan.used.erase(target);
  plan.basis.column_basis = std::move(draft.solution.column_basis);
  plan.basis.row_basis = std::move(draft.solution.row_basis);
  pool_.add(std::move(plan));
}

PlanNews PlanMaker::make_exact(const PlanOrder& order, double level) {
  Draft draft;
  draft.weight = order.weight;
  draft.solution = follower_.answer_attack(order.chosen);
  if (follower_.is_stopped()) return PlanNews::stopped;
  if (draft.solution.status != Status::optimal) return PlanNews::no_answer;
  if (draft.solution.objective > level) {
    follower_.try_richest(order.chosen, draft.solution);
    return PlanNews::worse_set;
  }
  const AttackProblem& problem = follower_.problem();
  const Patch patch = combine_patches(*problem.model, problem.targets, order.chosen);
  PlanCheck check = check_plan(*problem.model, patch, draft.solution.value);
  if (check.violation > plan_tolerance) all_checked_ = false;
  draft.solution.activity = std::move(check.activity);
  add(order, std::move(draft));
  return PlanNews::plan;
}

std::vector<PlanNews> PlanMaker::make(std::vector<PlanOrder> orders, double level) {
  std::vector<PlanNews> news(orders.size(), PlanNews::stopped);
  for (std::size_t first = 0; first < orders.size(); first += slots) {
    const std::size_t count = std::min(slots, orders.size() - first);
    std::vector<Draft> drafts(count);
    run_each(count, follower_.options().threads, [&](std::size_t at) {
      if (!lps_[at]) lps_[at] = std::make_unique<LeanPlanLp>(follower_.problem());
      drafts[at] = draft(*lps_[at], orders[first + at], level);
    });
    for (std::size_t at = 0; at < count; ++at) {
      if (follower_.is_stopped()) return news;
      const PlanOrder& order = orders[first + at];
      news[first + at] = PlanNews::plan;
      if (drafts[at].is_within)
        add(order, std::move(drafts[at]));
      else
        news[first + at] = make_exact(order, level);
    }
  }
  return news;
}

}  // namespace pinchpoint::optim
