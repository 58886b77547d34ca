// SPDX-License-Identifier: Apache-2.0
#include "optim/interdiction/cover/beam.hpp"

#include <algorithm>

#include "optim/interdiction/follower/spared_targets.hpp"

namespace pinchpoint::optim {

namespace {

// Worst sets of a size that are extended, and targets tried with each, by duals and by use.
constexpr std::size_t width = 24;
constexpr std::size_t most_by_gain = 4;
constexpr std::size_t most_by_rise = 2;

/// Appends the targets of the largest positive numbers, at most `most`, largest first.
void append_largest(const std::vector<double>& number, std::size_t most, std::vector<std::int32_t>& targets) {
  std::vector<std::int32_t> order;
  for (std::size_t at = 0; at < number.size(); ++at) {
    if (number[at] > 0) order.push_back(static_cast<std::int32_t>(at));
  }
  const std::size_t kept = std::min(most, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                    [&](auto one, auto other) {
                      return std::pair{number[static_cast<std::size_t>(other)], one} <
                             std::pair{number[static_cast<std::size_t>(one)], other};
                    });
  targets.insert(targets.end(), order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept));
}

}  // namespace

Beam::Beam(const Follower& follower) : follower_(follower), rises_(follower.problem().targets.size()) {
  const AttackProblem& problem = follower.problem();
  std::vector<double> value = problem.base.value;
  std::vector<double> activity = problem.base.activity;
  spare_targets(*problem.model, problem.targets, {}, value, activity);
  use_ = amounts_used(problem.targets, value, activity);
}

void Beam::note(const Reply& reply) {
  if (!reply.is_optimal) return;
  if (reply.chosen.size() == 1) note_rises(reply);
  leads_.push_back({reply.plan.value, reply.chosen, suggestions(reply)});
}

void Beam::note_rises(const Reply& reply) {
  for (std::size_t at = 0; at < use_.size(); ++at) {
    const Rise rise{reply.use[at] - use_[at], reply.chosen.front()};
    if (rise.amount <= 0 || static_cast<std::int32_t>(at) == rise.after) continue;
    auto& [first, second] = rises_[at];
    if (rise.amount > first.amount) {
      second = first;
      first = rise;
    } else if (rise.amount > second.amount) {
      second = rise;
    }
  }
}

std::vector<std::int32_t> Beam::suggestions(const Reply& reply) const {
  std::vector<double> gain = reply.gain;
  for (const std::int32_t target : reply.chosen) gain[static_cast<std::size_t>(target)] = 0;
  std::vector<std::int32_t> more;
  append_largest(gain, most_by_gain, more);
  if (reply.chosen.size() == 1) return more;
  std::vector<double> share(use_.size(), 0.0);
  for (std::size_t at = 0; at < use_.size(); ++at) {
    const double most = rises_[at].front().amount;
    if (most > 0) share[at] = (reply.use[at] - use_[at]) / most;
  }
  append_largest(share, most_by_rise, more);
  return more;
}

/// A target and the losses after which it is used most: one stands in for the other.
void Beam::add_stand_ins(std::vector<std::vector<std::int32_t>>& sets) const {
  for (std::size_t at = 0; at < rises_.size(); ++at) {
    for (const Rise& rise : rises_[at]) {
      if (rise.after >= 0) sets.push_back(with({rise.after}, static_cast<std::int32_t>(at)));
    }
  }
}

std::vector<std::vector<std::int32_t>> Beam::next_sets() {
  std::stable_sort(leads_.begin(), leads_.end(),
                   [](const Lead& one, const Lead& other) { return one.value > other.value; });
  std::vector<std::vector<std::int32_t>> sets;
  if (size_ == 1) add_stand_ins(sets);
  for (std::size_t at = 0; at < std::min(width, leads_.size()); ++at) {
    for (const std::int32_t target : leads_[at].more) {
      const std::vector<std::int32_t>& chosen = leads_[at].chosen;
      if (!std::binary_search(chosen.begin(), chosen.end(), target)) sets.push_back(with(chosen, target));
    }
  }
  const double limit = follower_.problem().cost_limit;
  std::erase_if(sets, [&](const auto& set) { return follower_.cost_of(set) > limit || follower_.has_tried(set); });
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  leads_.clear();
  ++size_;
  return sets;
}

}  // namespace pinchpoint::optim
