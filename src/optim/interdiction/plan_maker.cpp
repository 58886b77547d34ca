// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/plan_maker.hpp"

#include <algorithm>

#include "optim/interdiction/plan_check.hpp"

namespace pinchpoint::optim {

namespace {

// Rounds of dropping before everything but the set itself is dropped.
constexpr int most_drops = 8;
// LPs spent on letting a plan use fewer targets.
constexpr int most_growths = 6;
// Gains of duals promise too much when dropping (v is convex), and too little when adding.
constexpr double drop_margin = 1.5;
constexpr double grow_margin = 0.6;
// Largest violation of a row, bound or patch, scaled, of a plan that a proof may rest on.
constexpr double plan_tolerance = 1e-7;

}  // namespace

TargetSet PlanMaker::start(const std::vector<std::int32_t>& chosen) {
  TargetSet lost(target_count(), chosen);
  const std::int32_t nearest = pool_.nearest(chosen);
  if (nearest < 0) return lost;
  const PooledPlan& plan = pool_.plan(static_cast<std::size_t>(nearest));
  for (std::size_t at = 0; at < target_count(); ++at) {
    const auto target = static_cast<std::int32_t>(at);
    if (!plan.used.contains(target)) lost.insert(target);
  }
  follower_.start_any_from(plan.basis);
  return lost;
}

void PlanMaker::answer(Point& point) {
  point.solution = follower_.answer_any(point.lost.members());
  if (point.solution.status != Status::optimal) return;
  const std::vector<std::uint8_t> used =
      used_targets(follower_.problem().targets, point.solution.value, point.solution.activity);
  point.used = TargetSet(target_count());
  for (std::size_t at = 0; at < used.size(); ++at) {
    const auto target = static_cast<std::int32_t>(at);
    if (used[at] != 0 && !point.lost.contains(target)) point.used.insert(target);
  }
}

bool PlanMaker::is_within(const Point& point, double level) const {
  return point.solution.status == Status::optimal && point.solution.objective <= level;
}

std::vector<double> PlanMaker::gains(const Point& point) const {
  const AttackProblem& problem = follower_.problem();
  return dual_gains(*problem.model, problem.targets, {}, point.solution).gain;
}

void PlanMaker::drop_dearest(Point& point, const std::vector<std::int32_t>& chosen, double level, int round) {
  std::vector<std::int32_t> extra = point.lost.members();
  std::erase_if(extra, [&](auto target) { return std::find(chosen.begin(), chosen.end(), target) != chosen.end(); });
  const bool has_duals = point.solution.status == Status::optimal;
  const std::vector<double> gain = has_duals ? gains(point) : follower_.strength();
  std::stable_sort(extra.begin(), extra.end(), [&](auto one, auto other) {
    return gain[static_cast<std::size_t>(one)] > gain[static_cast<std::size_t>(other)];
  });
  const std::size_t half = (extra.size() + 1) / 2;
  double needed = has_duals ? drop_margin * (point.solution.objective - level) : infinity;
  std::size_t dropped = 0;
  for (const std::int32_t target : extra) {
    const double gained = gain[static_cast<std::size_t>(target)];
    const bool is_enough = needed <= 0 || (has_duals && gained <= 0) || (!has_duals && dropped >= half);
    if (is_enough && dropped > 0 && round < most_drops) break;
    point.lost.erase(target);
    needed -= gained;
    ++dropped;
  }
}

PlanNews PlanMaker::shrink(Point& point, const std::vector<std::int32_t>& chosen, double level) {
  const TargetSet least(target_count(), chosen);
  for (int round = 0;; ++round) {
    answer(point);
    if (follower_.is_stopped()) return PlanNews::stopped;
    if (is_within(point, level)) return PlanNews::plan;
    if (point.lost == least) {
      return point.solution.status == Status::optimal ? PlanNews::worse_set : PlanNews::no_answer;
    }
    if (point.solution.status == Status::optimal) follower_.try_richest(point.lost.members(), point.solution);
    if (follower_.is_stopped()) return PlanNews::stopped;
    drop_dearest(point, chosen, level, round);
  }
}

/// Used targets, cheapest by the duals first, as many as the slack is likely to pay for.
std::vector<std::int32_t> PlanMaker::cheap_to_lose(const Point& point, double slack, std::size_t most) const {
  const std::vector<double> gain = gains(point);
  const std::vector<double>& strength = follower_.strength();
  std::vector<std::int32_t> order = point.used.members();
  const auto rank = [&](std::int32_t target) {
    const auto at = static_cast<std::size_t>(target);
    return std::pair{gain[at], strength[at]};
  };
  std::stable_sort(order.begin(), order.end(), [&](auto one, auto other) { return rank(one) < rank(other); });
  std::size_t taken = 0;
  for (double spent = 0; taken < std::min(most, order.size()); ++taken) {
    spent += gain[static_cast<std::size_t>(order[taken])];
    if (spent > grow_margin * slack) break;
  }
  order.resize(taken);
  return order;
}

void PlanMaker::grow(Point& point, double level) {
  auto most = static_cast<std::size_t>(point.used.count() + 1) / 2;
  for (int round = 0; round < most_growths && most > 0 && !follower_.is_stopped(); ++round) {
    const std::vector<std::int32_t> more = cheap_to_lose(point, level - point.solution.objective, most);
    if (more.empty()) return;
    Point larger = point;
    for (std::size_t at = 0; at < target_count(); ++at) {
      const auto target = static_cast<std::int32_t>(at);
      if (!point.used.contains(target)) larger.lost.insert(target);
    }
    for (const std::int32_t target : more) larger.lost.insert(target);
    answer(larger);
    if (is_within(larger, level)) {
      point = std::move(larger);
      continue;
    }
    if (larger.solution.status == Status::optimal) follower_.try_richest(larger.lost.members(), larger.solution);
    most = more.size() / 2;
  }
}

PlanNews PlanMaker::make(const std::vector<std::int32_t>& chosen, double level) {
  Point point{start(chosen), {}, {}};
  const PlanNews news = shrink(point, chosen, level);
  if (news != PlanNews::plan) return news;
  grow(point, level);
  const AttackProblem& problem = follower_.problem();
  const std::vector<std::int32_t> lost = point.lost.members();
  const PlanCheck check =
      check_plan(*problem.model, combine_patches(*problem.model, problem.targets, lost), point.solution.value);
  if (check.violation > plan_tolerance) all_checked_ = false;
  PooledPlan plan{std::max(check.value, point.solution.objective), point.used, {}};
  plan.basis.column_basis = std::move(point.solution.column_basis);
  plan.basis.row_basis = std::move(point.solution.row_basis);
  pool_.add(std::move(plan));
  return PlanNews::plan;
}

}  // namespace pinchpoint::optim
