// SPDX-License-Identifier: Apache-2.0
#include "optim/resident/dual_ratio.hpp"

#include <algorithm>
#include <limits>

#include "core/base/random.hpp"

namespace pinchpoint::optim::resident {

namespace {

constexpr double harris_tolerance = 5e-10;
/// A group's largest pivot is good enough from this share of the largest of all groups on, or from 1 on.
constexpr double good_share = 0.1;
/// The slope is an infeasibility: one within the tolerance needs no further step.
constexpr double least_slope = 1e-9;

struct Group {
  std::size_t begin, end;
  double largest;
};

double farthest_step(const std::vector<Candidate>& candidates, std::size_t begin) {
  double step = std::numeric_limits<double>::infinity();
  for (std::size_t at = begin; at < candidates.size(); ++at)
    step = std::min(step, (std::max(candidates[at].cost, 0.0) + harris_tolerance) / candidates[at].pivot);
  return step;
}

/// Moves the next group to candidates[begin, end) and takes its pivots from the slope.
Group next_group(std::vector<Candidate>& candidates, std::size_t begin, double& slope) {
  const double step = farthest_step(candidates, begin);
  Group group{begin, begin, 0};
  for (std::size_t at = begin; at < candidates.size(); ++at) {
    const Candidate candidate = candidates[at];
    // Divided as in the step, so that the one that set it is always within it.
    if (candidate.cost / candidate.pivot > step) continue;
    slope -= candidate.pivot * candidate.range;
    group.largest = std::max(group.largest, candidate.pivot);
    std::swap(candidates[at], candidates[group.end++]);
  }
  return group;
}

Index best_of(const std::vector<Candidate>& candidates, const Group& group) {
  const Candidate* best = nullptr;
  for (std::size_t at = group.begin; at < group.end; ++at) {
    const Candidate& candidate = candidates[at];
    const bool is_better =
        best == nullptr || candidate.pivot > best->pivot ||
        (candidate.pivot == best->pivot && scattered(candidate.variable) < scattered(best->variable));
    if (is_better) best = &candidate;
  }
  return best->variable;
}

}  // namespace

double scattered(Index number) { return unit_interval(mixed_bits(static_cast<std::uint64_t>(number) + golden_step)); }

RatioChoice test_ratios(std::vector<Candidate>& candidates, double slope) {
  std::vector<Group> groups;
  double largest = 0;
  std::size_t begin = 0;
  while (begin < candidates.size() && slope > least_slope) {
    groups.push_back(next_group(candidates, begin, slope));
    begin = groups.back().end;
    largest = std::max(largest, groups.back().largest);
  }
  if (slope > least_slope) return {};
  const double enough = std::min(good_share * largest, 1.0);
  auto group = groups.rbegin();
  while (group->largest < enough) ++group;
  return {best_of(candidates, *group), group->begin};
}

}  // namespace pinchpoint::optim::resident
