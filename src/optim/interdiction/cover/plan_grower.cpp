// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/plan_grower.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/parallel.hpp"
#include "optim/interdiction/follower/plan_check.hpp"
#include "optim/interdiction/follower/spared_targets.hpp"

namespace pinchpoint::optim {

namespace {

// LPs after which a plan is used as it stands: each halves what is tried, or takes it away for good.
constexpr int most_lps_a_plan = 16;
// A basis that took more pivots from the last one is worth a factor of its own.
constexpr std::int64_t far_pivots = 50;
// Share of the level's loss that is added to what a target costs, so that of two cheap ones the more wanted goes first.
constexpr double least_harm = 0.02;

std::vector<std::int32_t> with(const std::vector<std::int32_t>& set, const std::vector<std::int32_t>& more) {
  std::vector<std::int32_t> joined = set;
  joined.insert(joined.end(), more.begin(), more.end());
  std::sort(joined.begin(), joined.end());
  return joined;
}

}  // namespace

/// A plan on its way: without `lost`, `now` is the cheapest.
struct PlanGrower::State {
  std::vector<std::int32_t> lost;
  TargetSet open;     ///< still to be taken away
  TargetSet refused;  ///< too dear
  GrownBasis hint;
  std::span<const double> wish;
  bool has_grown = false;  ///< the last step took targets away: two in a row, and it may take more
  std::size_t chunk = 0;   ///< most targets to take at once; 0: as many as their losses one by one allow
  Solution now{};
  GrownBasis own{};  ///< of `now`, or of a plan not long before it
};

PlanGrower::PlanGrower(const Follower& follower) : follower_(follower), lp_(follower.open_lp()) {}

/// Targets that one set has and the other not, as far as their loss alone is one.
std::size_t PlanGrower::distance(const std::vector<std::int32_t>& one, const std::vector<std::int32_t>& other) const {
  std::vector<std::int32_t> apart;
  std::set_symmetric_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(apart));
  return static_cast<std::size_t>(std::count_if(apart.begin(), apart.end(), [this](std::int32_t target) {
    return follower_.strength()[static_cast<std::size_t>(target)] > 0;
  }));
}

/// From the nearest basis at hand.
Solution PlanGrower::solve(State& state, const std::vector<std::int32_t>& lost, double level) {
  ++lps_;
  const AttackProblem& problem = follower_.problem();
  const Patch patch = combine_patches(*problem.model, problem.targets, lost);
  Solution solution;
  solution.status = Status::infeasible;
  if (is_crossed(patch)) return solution;
  SolveOptions how{.method = Method::simplex, .interrupt = follower_.options().interrupt};
  how.time_limit = std::max(0.0, follower_.options().time_limit - follower_.seconds());
  const GrownBasis* nearest = nullptr;
  std::size_t least = distance(lost, {});
  for (const GrownBasis* known : {&state.hint, &state.own}) {
    const std::size_t away = known->basis ? distance(lost, known->lost) : least;
    if (away >= least) continue;
    least = away;
    nearest = known;
  }
  solution = lp_->solve(patch, how, level, nearest ? nearest->basis : nullptr);
  if (solution.status == Status::optimal)
    spare_targets(*problem.model, problem.targets, patch, solution.value, solution.activity);
  const bool is_far = solution.iterations > far_pivots || nearest == nullptr;
  if (solution.status == Status::optimal && solution.objective <= level && is_far && !solution.column_basis.empty())
    state.own = {lost, std::make_shared<BasisCode>(BasisCode{solution.column_basis, solution.row_basis})};
  return solution;
}

/// Open targets that the plan at hand uses, cheapest first by its duals, as many as these say the level allows.
std::vector<std::int32_t> PlanGrower::affordable(State& state, double level) const {
  const AttackProblem& problem = follower_.problem();
  const std::vector<std::uint8_t> used = used_targets(problem.targets, state.now.value, state.now.activity);
  const std::vector<double> gain = dual_gains(*problem.model, problem.targets, {}, state.now).gain;
  const auto gain_of = [&](std::int32_t target) { return gain[static_cast<std::size_t>(target)]; };
  std::vector<std::int32_t> wanted;
  for (const std::int32_t target : state.open.members()) {
    if (used[static_cast<std::size_t>(target)] == 0 || state.refused.contains(target)) continue;
    if (state.now.objective + gain_of(target) > level)
      state.refused.insert(target);
    else
      wanted.push_back(target);
  }
  const auto harm_of = [&](std::int32_t target) {
    return std::max(gain_of(target), follower_.strength()[static_cast<std::size_t>(target)]);
  };
  const double allowance = least_harm * (level - follower_.problem().base.objective);
  const auto price_of = [&](std::int32_t target) {
    const double wish = state.wish.empty() ? 1 : state.wish[static_cast<std::size_t>(target)];
    return (harm_of(target) + allowance) / wish;
  };
  std::stable_sort(wanted.begin(), wanted.end(), [&](auto one, auto other) { return price_of(one) < price_of(other); });
  if (state.chunk == 0) {
    double sum = state.now.objective;
    for (const std::int32_t target : wanted) state.chunk += (sum += harm_of(target)) <= level ? 1 : 0;
    state.chunk = std::max<std::size_t>(1, state.chunk);
  }
  wanted.resize(std::min(wanted.size(), state.chunk));
  return wanted;
}

/// Takes more targets away; false if none can be.
bool PlanGrower::extend(State& state, double level) {
  const std::vector<std::int32_t> more = affordable(state, level);
  if (more.empty()) return false;
  std::vector<std::int32_t> lost = with(state.lost, more);
  Solution solution = solve(state, lost, level);
  if (solution.status == Status::optimal && solution.objective <= level) {
    state.lost = std::move(lost);
    state.now = std::move(solution);
    state.chunk = state.has_grown ? 2 * more.size() : more.size();
    state.has_grown = !state.has_grown;
  } else if (more.size() == 1) {
    state.refused.insert(more.front());
  } else {
    state.chunk = more.size() / 2;
    state.has_grown = false;
  }
  return true;
}

/// The hint's plan without what is chosen and with the third of its losses back that is wanted least; else the plan
/// without what is chosen.
void PlanGrower::begin(State& state, const GrowthOrder& order, double level) {
  std::vector<std::int32_t> kept;
  for (const std::int32_t target : order.hint.lost) {
    if (order.open.contains(target)) kept.push_back(target);
  }
  state.chunk = kept.size();
  if (!order.wish.empty() && !kept.empty()) {
    std::stable_sort(kept.begin(), kept.end(), [&](auto one, auto other) {
      return order.wish[static_cast<std::size_t>(one)] > order.wish[static_cast<std::size_t>(other)];
    });
    kept.resize(kept.size() - kept.size() / 3);
    std::vector<std::int32_t> lost = with(order.chosen, kept);
    lost.erase(std::unique(lost.begin(), lost.end()), lost.end());
    state.now = solve(state, lost, level);
    if (state.now.status == Status::optimal && state.now.objective <= level) {
      state.lost = std::move(lost);
      state.chunk = kept.size() / 4 + 1;
      return;
    }
  }
  state.now = solve(state, order.chosen, level);
}

/// What the matrix says of a solution without `lost`; nothing if it is no plan within the level.
std::optional<PooledPlan> PlanGrower::checked_plan(const std::vector<std::int32_t>& lost, const Solution& now,
                                                   double level) const {
  const AttackProblem& problem = follower_.problem();
  const PlanCheck check = check_plan(*problem.model, combine_patches(*problem.model, problem.targets, lost), now.value);
  if (check.value > level || check.violation > plan_tolerance) return std::nullopt;
  const std::vector<std::uint8_t> used = used_targets(problem.targets, now.value, check.activity);
  PooledPlan plan{check.value, TargetSet(used.size())};
  for (std::size_t at = 0; at < used.size(); ++at) {
    if (used[at] != 0) plan.used.insert(static_cast<std::int32_t>(at));
  }
  // What misses the patch it was solved under does so by rounding.
  for (const std::int32_t target : lost) plan.used.erase(target);
  return plan;
}

bool PlanGrower::add_plan(const GrowthOrder& order, double level, Growth& growth) {
  State state{order.chosen, order.open, TargetSet(follower_.problem().targets.size()), order.hint, order.wish};
  begin(state, order, level);
  if (state.now.status != Status::optimal || state.now.objective > level) return false;
  for (int lps = 1; lps < most_lps_a_plan && !follower_.is_stopped() && extend(state, level);) ++lps;
  auto plan = checked_plan(state.lost, state.now, level);
  if (!plan) return false;
  growth.plans.push_back(std::move(*plan));
  growth.last = {state.lost, nullptr};
  if (!state.now.column_basis.empty()) {
    growth.last.basis = std::make_shared<BasisCode>(BasisCode{state.now.column_basis, state.now.row_basis});
  }
  return true;
}

Reply PlanGrower::answer(const Question& question) {
  const std::vector<std::int32_t>& chosen = question.chosen;
  const AttackProblem& problem = follower_.problem();
  Reply reply;
  reply.chosen = chosen;
  lps_ = 0;
  State state{chosen, TargetSet(problem.targets.size()), TargetSet(problem.targets.size()), question.hint, {}};
  const Solution now = solve(state, chosen, infinity);
  reply.lps = lps_;
  if (now.status != Status::optimal) return reply;
  auto plan = checked_plan(chosen, now, infinity);
  if (!plan) return reply;
  reply.is_optimal = true;
  reply.plan = std::move(*plan);
  reply.gain = dual_gains(*problem.model, problem.targets, {}, now).gain;
  reply.use = amounts_used(problem.targets, now.value, now.activity);
  reply.basis = state.own.basis ? std::move(state.own) : question.hint;
  return reply;
}

Growth PlanGrower::grow(const GrowthOrder& order, double level) {
  Growth growth;
  GrowthOrder rest = order;
  lps_ = 0;
  while (!follower_.is_stopped()) {
    const int before = rest.open.count();
    if (!add_plan(rest, level, growth)) {
      growth.suspect = order.chosen;
      break;
    }
    rest.open.keep_only(growth.plans.back().used);
    const std::vector<std::int32_t> left = rest.open.members();
    growth.is_done = !order.is_last || left.empty();
    if (growth.is_done) break;
    if (rest.open.count() == before) {
      growth.suspect = with(order.chosen, {left.front()});
      break;
    }
  }
  growth.lps = lps_;
  return growth;
}

template <class Result, class Work>
std::vector<Result> PlanGrowers::run(std::size_t count, const Work& work) {
  const auto threads = std::min(count, static_cast<std::size_t>(std::max(1, follower_.options().threads)));
  while (growers_.size() < threads) growers_.emplace_back(follower_);
  std::vector<Result> grown(count);
  for_each_index(threads, count, [&](std::size_t thread, std::size_t at) { grown[at] = work(growers_[thread], at); });
  return grown;
}

std::vector<Growth> PlanGrowers::grow(const std::vector<GrowthOrder>& orders, double level) {
  return run<Growth>(orders.size(), [&](PlanGrower& grower, std::size_t at) { return grower.grow(orders[at], level); });
}

std::vector<Reply> PlanGrowers::answer(std::span<const Question> questions) {
  return run<Reply>(questions.size(), [&](PlanGrower& grower, std::size_t at) { return grower.answer(questions[at]); });
}

}  // namespace pinchpoint::optim
