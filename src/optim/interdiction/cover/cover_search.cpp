// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/cover_search.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "optim/interdiction/follower/plan_check.hpp"

namespace pinchpoint::optim {

namespace {

// A plan that costs a rounding more than the worst set counts as no dearer.
constexpr double value_tolerance = 1e-9;
// Spreading: open sets wanted and draws made for them a batch; below so many found, the search takes over.
constexpr int sets_wanted = 400;
constexpr int draws_a_target = 100;
constexpr int few_sets = 8;
// It also takes over when batches no longer pay: the open share falls by less than this factor over four of them.
constexpr double least_progress = 0.9;
constexpr std::size_t batches_compared = 4;
// In the search: draws below a node, and the share of open ones from which a plan of its own is worth its pivots.
constexpr int node_draws = 200;
constexpr int many_sets = 20;

std::vector<std::int32_t> with(std::vector<std::int32_t> set, std::int32_t target) {
  set.insert(std::upper_bound(set.begin(), set.end(), target), target);
  return set;
}

}  // namespace

CoverSearch::CoverSearch(Follower& follower)
    : follower_(follower),
      pool_(follower.problem().targets.size()),
      maker_(follower, pool_),
      orders_(follower, pool_) {}

void CoverSearch::follow_worst() {
  const double base = follower_.problem().base.objective;
  const double worst = follower_.worst_value();
  level_ = base + (worst - base) * (1 + slack_) + value_tolerance * std::max({1.0, std::abs(base), std::abs(worst)});
  pool_.set_level(level_);
}

double CoverSearch::upper() const { return std::max(pool_.largest_value(), follower_.worst_value()); }

void CoverSearch::add_plan_without_any() {
  const AttackProblem& problem = follower_.problem();
  const Solution solution = follower_.answer_all();
  if (solution.status != Status::optimal) return;
  std::vector<std::int32_t> all(problem.targets.size());
  std::iota(all.begin(), all.end(), 0);
  const Patch patch = combine_patches(*problem.model, problem.targets, all);
  const PlanCheck check = check_plan(*problem.model, patch, solution.value);
  if (check.violation > plan_tolerance) return;
  without_any_ = std::max(check.value, solution.objective);
  pool_.add({without_any_, TargetSet(all.size()), {}, std::vector<double>(all.size(), 1.0), {}});
}

bool CoverSearch::prove(double slack) {
  slack_ = slack;
  follow_worst();
  const std::size_t count = follower_.problem().targets.size();
  TargetSet all(count);
  for (std::size_t at = 0; at < count; ++at) all.insert(static_cast<std::int32_t>(at));
  drop_unaffordable(all, follower_.problem().cost_limit);
  return renew_plans() && spread_plans(all) && close({}, std::move(all), follower_.problem().cost_limit);
}

/// News of the last order that brought no plan, or `plan`.
PlanNews CoverSearch::make(std::vector<PlanOrder> orders) {
  const double worst = follower_.worst_value();
  PlanNews last = PlanNews::plan;
  for (const PlanNews news : maker_.make(std::move(orders), level_)) {
    if (news != PlanNews::plan) last = news;
  }
  if (follower_.worst_value() > worst) follow_worst();
  report();
  return last;
}

/// Plans of a wider slack are made again for this one: from their bases that takes few pivots.
bool CoverSearch::renew_plans() {
  const std::size_t known = pool_.size();
  std::vector<std::size_t> above;
  for (std::size_t at = 0; at < known; ++at) {
    if (!pool_.is_within_level(at) && !pool_.has_unhurt(pool_.plan(at).chosen)) above.push_back(at);
  }
  for (std::size_t first = 0; first < above.size(); first += PlanMaker::slots) {
    std::vector<PlanOrder> orders;
    for (std::size_t at = first; at < std::min(first + PlanMaker::slots, above.size()); ++at) {
      orders.push_back(orders_.again(above[at]));
    }
    if (make(std::move(orders)) == PlanNews::stopped) return false;
  }
  return true;
}

bool CoverSearch::spread_plans(const TargetSet& all) {
  std::vector<double> shares;
  while (true) {
    const OpenSets sets = orders_.sample({}, all, sets_wanted, draws_a_target * all.count());
    if (sets.found < few_sets) return true;
    shares.push_back(static_cast<double>(sets.found) / sets.drawn);
    const std::size_t batches = shares.size();
    if (batches > batches_compared && shares.back() > least_progress * shares[batches - 1 - batches_compared])
      return true;
    std::vector<PlanOrder> orders;
    for (std::size_t slot = 0; slot < PlanMaker::slots; ++slot) {
      const std::size_t at = slot * sets.sets.size() / PlanMaker::slots;
      orders.push_back(orders_.for_many(sets, shares.size() == 1 ? Chosen{} : sets.sets[at]));
    }
    if (make(std::move(orders)) == PlanNews::stopped) return false;
  }
}

void CoverSearch::drop_unaffordable(TargetSet& open, double left) const {
  for (const std::int32_t target : open.members()) {
    if (follower_.problem().targets[static_cast<std::size_t>(target)].cost > left) open.erase(target);
  }
}

bool CoverSearch::fits_one_only(const TargetSet& open, double left) const {
  double least = infinity;
  double second = infinity;
  for (const std::int32_t target : open.members()) {
    const double cost = follower_.problem().targets[static_cast<std::size_t>(target)].cost;
    second = std::min(second, std::max(least, cost));
    least = std::min(least, cost);
  }
  return least + second > left;
}

std::vector<std::int32_t> CoverSearch::strongest_first(const TargetSet& set) const {
  std::vector<std::int32_t> order = set.members();
  std::stable_sort(order.begin(), order.end(), [this](auto one, auto other) {
    return follower_.strength()[static_cast<std::size_t>(one)] > follower_.strength()[static_cast<std::size_t>(other)];
  });
  return order;
}

void CoverSearch::report() const {
  if (!follower_.options().on_progress) return;
  follower_.options().on_progress({.lower = follower_.worst_value(),
                                   .nodes = nodes_,
                                   .lps = follower_.lps(),
                                   .plans = static_cast<std::int64_t>(pool_.size()),
                                   .seconds = follower_.seconds()});
}

/// Sees to it that the pool has a plan within the level that `chosen` does not hurt.
CoverSearch::Ground CoverSearch::find_ground(const Chosen& chosen, const TargetSet& open) {
  while (!pool_.has_unhurt(chosen)) {
    if (follower_.is_stopped()) return Ground::stopped;
    const OpenSets sets = orders_.sample(chosen, open, node_draws, node_draws);
    std::vector<PlanOrder> orders;
    orders.push_back(sets.found >= many_sets ? orders_.for_many(sets, chosen) : orders_.for_one(chosen));
    const PlanNews news = make(std::move(orders));
    if (news == PlanNews::stopped) return Ground::stopped;
    if (news == PlanNews::no_answer) return Ground::barred;
  }
  return Ground::proved;
}

bool CoverSearch::close(const Chosen& chosen, TargetSet open, double left) {
  ++nodes_;
  drop_unaffordable(open, left);
  if (fits_one_only(open, left)) return close_last(chosen, std::move(open));
  // No set that holds one without an answer has an answer.
  if (const Ground ground = find_ground(chosen, open); ground != Ground::proved) return ground == Ground::barred;
  const std::int32_t plan = pool_.narrowest(pool_.unhurt(chosen), open);
  TargetSet hurt = pool_.plan(static_cast<std::size_t>(plan)).used;
  hurt.keep_only(open);
  return branch(chosen, std::move(open), strongest_first(hurt), left);
}

bool CoverSearch::branch(const Chosen& chosen, TargetSet open, const std::vector<std::int32_t>& targets, double left) {
  for (const std::int32_t target : targets) {
    // Sets with this target are the child's; without it, the next ones'.
    open.erase(target);
    const double cost = follower_.problem().targets[static_cast<std::size_t>(target)].cost;
    if (!close(with(chosen, target), open, left - cost)) return false;
  }
  return true;
}

/// One more target at most: it would have to hurt every plan that `chosen` does not.
bool CoverSearch::close_last(const Chosen& chosen, TargetSet open) {
  if (const Ground ground = find_ground(chosen, open); ground != Ground::proved) return ground == Ground::barred;
  while (true) {
    for (const std::int32_t plan : pool_.unhurt(chosen))
      open.keep_only(pool_.plan(static_cast<std::size_t>(plan)).used);
    const std::vector<std::int32_t> order = strongest_first(open);
    if (order.empty()) return true;
    const Ground ground = find_ground(with(chosen, order.front()), open);
    ++nodes_;
    if (ground == Ground::stopped) return false;
    if (ground == Ground::barred) open.erase(order.front());
  }
}

}  // namespace pinchpoint::optim
