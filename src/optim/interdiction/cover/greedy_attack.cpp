// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/greedy_attack.hpp"

#include <algorithm>

namespace pinchpoint::optim {

namespace {

// Candidates tried with an LP each; 8 found what 32 found on networks of 1,000 targets.
constexpr std::size_t tries_a_step = 8;
constexpr int most_exchange_rounds = 3;

/// Targets that still fit, those the answer's duals rate highest first; targets of no gain follow by strength.
std::vector<std::int32_t> best_next(const Follower& follower, const std::vector<std::int32_t>& set,
                                    const Solution& answer) {
  const AttackProblem& problem = follower.problem();
  const std::vector<double> gain = dual_gains(*problem.model, problem.targets, {}, answer).gain;
  const double left = problem.cost_limit - follower.cost_of(set);
  std::vector<std::int32_t> order;
  for (std::size_t at = 0; at < problem.targets.size(); ++at) {
    const auto target = static_cast<std::int32_t>(at);
    const bool is_in = std::binary_search(set.begin(), set.end(), target);
    if (!is_in && problem.targets[at].cost <= left) order.push_back(target);
  }
  const auto rank = [&](std::int32_t target) {
    const auto at = static_cast<std::size_t>(target);
    return std::pair{gain[at], follower.strength()[at]};
  };
  const std::size_t kept = std::min(tries_a_step, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                    [&](auto one, auto other) {
                      return std::pair{rank(other), one} < std::pair{rank(one), other};
                    });
  order.resize(kept);
  return order;
}

struct Step {
  std::vector<std::int32_t> set;
  Solution answer;
};

/// Adds the target whose loss is worst, of those tried; false if none fits.
bool add_worst(Follower& follower, Step& step) {
  Step best;
  for (const std::int32_t target : best_next(follower, step.set, step.answer)) {
    if (follower.is_stopped()) return false;
    Step next{with(step.set, target), {}};
    if (next.set.size() > 1 && follower.has_tried(next.set)) continue;
    next.answer = follower.answer_attack(next.set);
    if (next.answer.status != Status::optimal) continue;
    if (best.set.empty() || next.answer.objective > best.answer.objective) best = std::move(next);
  }
  if (best.set.empty()) return false;
  step = std::move(best);
  return true;
}

/// Takes one target out and fills up again, for each target; true if that was worse for the follower.
bool exchange(Follower& follower, const std::vector<std::int32_t>& set) {
  const double before = follower.worst_value();
  for (const std::int32_t leaving : set) {
    if (follower.is_stopped()) return false;
    Step step{set, {}};
    std::erase(step.set, leaving);
    step.answer = follower.answer_attack(step.set);
    if (step.answer.status != Status::optimal) continue;
    while (add_worst(follower, step)) continue;
  }
  return follower.worst_value() > before;
}

}  // namespace

void try_greedy_attacks(Follower& follower) {
  Step step{{}, follower.problem().base};
  follower.try_richest({}, step.answer);
  if (!follower.worst().empty()) step = {follower.worst(), follower.answer_attack(follower.worst())};
  while (add_worst(follower, step)) continue;
  for (int round = 0; round < most_exchange_rounds && !follower.is_stopped(); ++round) {
    const std::vector<std::int32_t> worst = follower.worst();
    if (!exchange(follower, worst)) return;
  }
}

}  // namespace pinchpoint::optim
