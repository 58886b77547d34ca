// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/cover_search.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "optim/interdiction/cover/beam.hpp"
#include "optim/interdiction/follower/plan_check.hpp"
#include "optim/interdiction/follower/spared_targets.hpp"

namespace pinchpoint::optim {

namespace {

// A plan that costs a rounding more than the worst set counts as no dearer.
constexpr double value_tolerance = 1e-9;
// Nodes worked on at a time, whatever the number of threads: what one learns the others of its batch do not know.
constexpr std::size_t batch = 8;
// Spreading: open sets wanted and draws made for them a batch; below so many found, the search takes over.
constexpr int sets_wanted = 400;
constexpr double most_draws = 2e6;
constexpr double draws_a_set = 20;
constexpr int few_sets = 8;
// It also takes over when batches no longer pay: the open share falls by less than this factor over four of them.
constexpr double least_progress = 0.95;
constexpr std::size_t batches_compared = 4;
// Wish for a target of no open set, against 1 more for the most frequent; and the least random factor.
constexpr double least_wish = 0.1;
constexpr double least_factor = 0.1;
// Of the worst set: rounds, and targets tried in the place of one.
constexpr int most_exchange_rounds = 4;
constexpr std::size_t most_exchanges = 1000;
// Between two looks at the clock.
constexpr std::size_t sets_at_a_time = 64;

}  // namespace

CoverSearch::CoverSearch(Follower& follower)
    : follower_(follower),
      pool_(follower.problem().targets.size()),
      growers_(follower),
      sampler_(follower.problem().targets, pool_),
      random_(2),
      hints_(batch) {}

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
  proved_ = without_any_;
  pool_.add({without_any_, TargetSet(all.size())});
}

bool CoverSearch::try_first_sets() {
  std::vector<Chosen> sets;
  const std::vector<Target>& targets = follower_.problem().targets;
  for (std::size_t at = 0; at < targets.size(); ++at) {
    if (targets[at].cost <= follower_.problem().cost_limit) sets.push_back({static_cast<std::int32_t>(at)});
  }
  for (Beam beam(follower_); !sets.empty(); sets = beam.next_sets()) {
    if (!take_all(sets, [&](const Reply& reply) { beam.note(reply); })) return false;
  }
  return true;
}

/// Of the sets with one target less that are known, the basis of the worst: it is the farthest from the base.
GrownBasis CoverSearch::nearest_known(const Chosen& set) const {
  const Known* worst = nullptr;
  for (const std::int32_t target : set) {
    Chosen rest = set;
    std::erase(rest, target);
    const auto found = known_.find(rest);
    if (found != known_.end() && (worst == nullptr || found->second.value > worst->value)) worst = &found->second;
  }
  return worst != nullptr ? worst->basis : GrownBasis{};
}

/// Answers sets and notes what is learnt; false if the search was stopped.
bool CoverSearch::take_all(const std::vector<Chosen>& sets, const std::function<void(const Reply&)>& note) {
  std::vector<Question> questions;
  for (const Chosen& set : sets) questions.push_back({set, nearest_known(set)});
  for (std::size_t first = 0; first < questions.size(); first += sets_at_a_time) {
    const std::size_t count = std::min(sets_at_a_time, questions.size() - first);
    for (Reply& reply : growers_.answer(std::span(questions).subspan(first, count))) {
      if (follower_.is_stopped()) return false;
      note(reply);
      if (!take(std::move(reply))) return false;
    }
    report();
  }
  return true;
}

bool CoverSearch::try_exchanges() {
  double before = -infinity;
  for (int round = 0; round < most_exchange_rounds && follower_.worst_value() > before; ++round) {
    before = follower_.worst_value();
    const Chosen worst = follower_.worst();
    if (!try_larger(worst)) return false;
    for (const std::int32_t leaving : worst) {
      Chosen rest = worst;
      std::erase(rest, leaving);
      if (!try_larger(rest)) return false;
    }
  }
  return true;
}

/// One more target; what the plan does not use costs nothing more to lose.
bool CoverSearch::try_larger(const Chosen& rest) {
  const double limit = follower_.problem().cost_limit;
  TargetSet fitting(follower_.problem().targets.size());
  for (std::size_t at = 0; at < follower_.problem().targets.size(); ++at) fitting.insert(static_cast<std::int32_t>(at));
  drop_unaffordable(fitting, limit - follower_.cost_of(rest));
  if (fitting.count() == 0) return true;
  bool has_plan = false;
  const auto note = [&](const Reply& reply) {
    has_plan = reply.is_optimal;
    if (has_plan) fitting.keep_only(reply.plan.used);
  };
  if (!take_all({rest}, note)) return false;
  if (!has_plan) return true;
  std::vector<Chosen> sets;
  for (const std::int32_t target : strongest_first(fitting)) {
    if (std::binary_search(rest.begin(), rest.end(), target)) continue;
    Chosen set = with(rest, target);
    if (sets.size() < most_exchanges && !follower_.has_tried(set)) sets.push_back(std::move(set));
  }
  return take_all(sets, [](const Reply&) {});
}

/// Notes what a reply says; false if the search was stopped.
bool CoverSearch::take(Reply reply) {
  follower_.count_lps(reply.lps);
  if (!reply.is_optimal) return settle(reply.chosen) != News::stopped;
  follower_.note_value(reply.chosen, reply.plan.value);
  if (reply.basis.basis) known_.insert_or_assign(reply.chosen, Known{reply.plan.value, std::move(reply.basis)});
  pool_.add(std::move(reply.plan));
  return true;
}

bool CoverSearch::prove(double slack) {
  slack_ = slack;
  follow_worst();
  const std::size_t count = follower_.problem().targets.size();
  TargetSet all(count);
  for (std::size_t at = 0; at < count; ++at) all.insert(static_cast<std::int32_t>(at));
  if (!spread_plans(all) || !close_each({{{}, std::move(all), follower_.problem().cost_limit}})) return false;
  proved_ = std::min(proved_, upper());
  return true;
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
                                   .upper = proved_,
                                   .nodes = nodes_,
                                   .lps = follower_.lps(),
                                   .plans = static_cast<std::int64_t>(pool_.size()),
                                   .seconds = follower_.seconds()});
}

/// Targets of sets that no plan proves yet are wanted away, the more such sets hold them the more; times a random
/// factor, so that plans differ.
std::vector<double> CoverSearch::wishes(const OpenSets& sets) {
  std::vector<double> wish(follower_.problem().targets.size(), 0.0);
  for (const Chosen& set : sets.sets) {
    for (const std::int32_t target : set) ++wish[static_cast<std::size_t>(target)];
  }
  const double most = std::max(1.0, *std::max_element(wish.begin(), wish.end()));
  for (double& one : wish) one = (least_wish + one / most) * (least_factor + (1 - least_factor) * random_.draw());
  return wish;
}

/// Draws that are enough to meet most sets, however few they are.
int CoverSearch::draws_wanted(const TargetSet& all) const {
  double least = infinity;
  for (const Target& target : follower_.problem().targets) least = std::min(least, target.cost);
  const double cuts = std::min(std::floor(follower_.problem().cost_limit / least), static_cast<double>(all.count()));
  double sets = 1;
  for (double cut = 0; cut < cuts && sets < most_draws; ++cut) sets *= (all.count() - cut) / (cut + 1);
  return static_cast<int>(std::min(most_draws, draws_a_set * std::max(1.0, sets)));
}

/// First plans: for sets drawn at random that none proves yet, until few are left or plans no longer pay.
bool CoverSearch::spread_plans(const TargetSet& all) {
  std::vector<double> shares;
  const int most = draws_wanted(all);
  while (true) {
    const OpenSets sets = sampler_.draw({}, all.members(), follower_.problem().cost_limit, sets_wanted, most);
    const double share = static_cast<double>(sets.found) / sets.drawn;
    if (sets.found < few_sets) return true;
    shares.push_back(share);
    const std::size_t batches = shares.size();
    if (batches > batches_compared && share > least_progress * shares[batches - 1 - batches_compared]) return true;
    std::vector<GrowthOrder> orders;
    for (std::size_t slot = 0; slot < batch; ++slot) {
      const Chosen& set = sets.sets[slot * sets.sets.size() / batch];
      orders.push_back({set, all, false, hints_[slot], wishes(sets)});
    }
    const std::vector<Growth> grown = grow(orders);
    for (std::size_t slot = 0; slot < batch; ++slot) {
      if (follower_.is_stopped()) return false;
      if (grown[slot].last.basis) hints_[slot] = grown[slot].last;
      if (!grown[slot].is_done && settle(orders[slot].chosen) == News::stopped) return false;
    }
  }
}

std::vector<Growth> CoverSearch::grow(const std::vector<GrowthOrder>& orders) {
  std::vector<Growth> grown = growers_.grow(orders, level_);
  for (Growth& growth : grown) {
    follower_.count_lps(growth.lps);
    for (PooledPlan& plan : growth.plans) pool_.add(std::move(plan));
  }
  report();
  return grown;
}

/// Asks the follower itself about a set for which no plan could be made.
CoverSearch::News CoverSearch::settle(const Chosen& suspect) {
  Solution solution = follower_.answer_attack(suspect);
  if (follower_.is_stopped()) return News::stopped;
  if (solution.status != Status::optimal) return News::barred;
  follower_.try_richest(suspect, solution);
  const AttackProblem& problem = follower_.problem();
  const Patch patch = combine_patches(*problem.model, problem.targets, suspect);
  spare_targets(*problem.model, problem.targets, patch, solution.value, solution.activity);
  const PlanCheck check = check_plan(*problem.model, patch, solution.value);
  follow_worst();
  if (check.violation > plan_tolerance || check.value > level_) all_checked_ = false;
  const std::vector<std::uint8_t> used = used_targets(problem.targets, solution.value, check.activity);
  PooledPlan plan{std::min(check.value, level_), TargetSet(used.size())};
  for (std::size_t at = 0; at < used.size(); ++at) {
    if (used[at] != 0) plan.used.insert(static_cast<std::int32_t>(at));
  }
  for (const std::int32_t target : suspect) plan.used.erase(target);
  pool_.add(std::move(plan));
  return News::proved;
}

/// Sees to it that the pool has a plan within the level that `chosen` does not hurt.
CoverSearch::News CoverSearch::find_ground(Node& node) {
  if (pool_.has_unhurt(node.chosen)) return News::proved;
  const Growth growth = grow({{node.chosen, node.open, false, node.hint}}).front();
  if (growth.last.basis) node.hint = growth.last;
  if (growth.is_done) return News::proved;
  return growth.suspect.empty() ? News::stopped : settle(growth.suspect);
}

bool CoverSearch::close(Node node) {
  ++nodes_;
  // No set that holds one without an answer has an answer.
  const News news = find_ground(node);
  if (news != News::proved) return news == News::barred;
  return close_each(branches(node));
}

/// One branch a target that the narrowest plan uses: sets with it, and without those before it.
std::vector<CoverSearch::Node> CoverSearch::branches(const Node& node) const {
  const std::int32_t plan = pool_.narrowest(pool_.unhurt(node.chosen), node.open);
  TargetSet hurt = pool_.plan(static_cast<std::size_t>(plan)).used;
  hurt.keep_only(node.open);
  std::vector<Node> branches;
  TargetSet open = node.open;
  for (const std::int32_t target : strongest_first(hurt)) {
    open.erase(target);
    const double cost = follower_.problem().targets[static_cast<std::size_t>(target)].cost;
    branches.push_back({with(node.chosen, target), open, node.left - cost, node.hint});
  }
  return branches;
}

bool CoverSearch::close_each(std::vector<Node> nodes) {
  std::vector<Node> last;
  for (Node& node : nodes) {
    drop_unaffordable(node.open, node.left);
    if (fits_one_only(node.open, node.left)) {
      last.push_back(std::move(node));
      if (last.size() < batch) continue;
      if (!close_last(std::exchange(last, {}))) return false;
    } else {
      if (!close_last(std::exchange(last, {})) || !close(std::move(node))) return false;
    }
  }
  return close_last(std::move(last));
}

/// Leaves the targets that every plan uses that `chosen` does not hurt.
void CoverSearch::keep_unproved(const Chosen& chosen, TargetSet& open) const {
  for (const std::int32_t plan : pool_.unhurt(chosen)) open.keep_only(pool_.plan(static_cast<std::size_t>(plan)).used);
}

/// One more target at most: it would have to hurt every plan that `chosen` does not.
bool CoverSearch::close_last(std::vector<Node> nodes) {
  nodes_ += static_cast<std::int64_t>(nodes.size());
  while (true) {
    std::vector<GrowthOrder> orders;
    std::vector<Node> left;
    for (Node& node : nodes) {
      keep_unproved(node.chosen, node.open);
      if (pool_.has_unhurt(node.chosen) && node.open.count() == 0) continue;
      orders.push_back({node.chosen, node.open, true, node.hint});
      left.push_back(std::move(node));
    }
    nodes = std::move(left);
    if (nodes.empty()) return true;
    const std::vector<Growth> grown = grow(orders);
    for (std::size_t at = grown.size(); at-- > 0;) {
      if (grown[at].is_done) continue;
      Chosen suspect = grown[at].suspect;
      if (pool_.has_unhurt(nodes[at].chosen) && nodes[at].open.count() == 0) continue;
      // A plan without what is chosen may be known though none could be grown: then one open target more.
      if (suspect == nodes[at].chosen && pool_.has_unhurt(suspect))
        suspect = with(suspect, nodes[at].open.members()[0]);
      const News news = suspect.empty() ? News::stopped : settle(suspect);
      if (news == News::stopped) return false;
      if (news == News::proved) continue;
      Node& node = nodes[at];
      if (suspect.size() == node.chosen.size())
        nodes.erase(nodes.begin() + static_cast<std::ptrdiff_t>(at));
      else
        for (const std::int32_t target : suspect) node.open.erase(target);
    }
  }
}

}  // namespace pinchpoint::optim
